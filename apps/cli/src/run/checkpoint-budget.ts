import type { PlainData } from '@spinformer/numerics';

/** Checkpoints take at most this part of the wall time. */
const SHARE = 0.005;
/** Bytes a second that a checkpoint is expected to reach before one was timed: encoding, checksum and fsync. */
const EXPECTED_RATE = 150e6;
const EXPECTED_OVERHEAD = 0.02;

/** Bytes that a state takes, counting its typed arrays. */
function stateBytes(state: PlainData): number {
  if (ArrayBuffer.isView(state)) return state.byteLength;
  if (typeof state !== 'object' || state === null) return 8;
  return Object.values(state).reduce((sum: number, value) => sum + stateBytes(value as PlainData), 0);
}

/** Decides when a checkpoint may be written, so that all of them take at most 0.5 % of the time. */
export class CheckpointBudget {
  private spent = 0;
  private expected: number | undefined;

  /**
   * Whether one may be written now, `elapsed` seconds after the run began. The state is looked at only once, because
   * to read it may mean to copy it.
   */
  allows(elapsed: number, readState: () => PlainData): boolean {
    if (this.spent + (this.expected ?? EXPECTED_OVERHEAD) > SHARE * elapsed) return false;
    this.expected ??= EXPECTED_OVERHEAD + stateBytes(readState()) / EXPECTED_RATE;
    return this.spent + this.expected <= SHARE * elapsed;
  }

  /** Tells what the last one took, in seconds. */
  charge(seconds: number): void {
    this.spent += seconds;
    this.expected = seconds;
  }
}
