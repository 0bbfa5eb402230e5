import type { PlainData, Status } from '@spinformer/numerics';
import type { PhaseTick } from './phases.ts';

/** What a computation inside a phase yields: the ticks of the other packages. */
interface InnerTick {
  readonly step: number;
  readonly status: Status;
  readonly state: unknown;
}

/** The state of a phase that is one long computation. */
export interface InnerState {
  readonly [key: string]: PlainData;
  readonly step: number;
  /** Whether the tick of this state ended the computation. */
  readonly last: boolean;
  /** The computation's own state. */
  readonly inner: PlainData;
}

/**
 * Ticks of a computation as ticks of a phase. A resumed computation may repeat the tick from which it goes on: that
 * one is not shown again, so that a resumed run has the same ticks as one that never stopped.
 *
 * @param ticks the computation, resumed where the phase is
 * @param resume the phase's own state to resume, where it is
 * @param show what a tick tells; called once for each that is shown
 * @param extra more that the state must hold, at the time of the tick
 * @returns phase ticks; then the computation's last tick
 */
export async function* innerTicks<T extends InnerTick>(
  ticks: AsyncIterable<T>,
  resume: PlainData | undefined,
  show: (tick: T) => Omit<PhaseTick, 'state'>,
  extra: () => Readonly<Record<string, PlainData>> = () => ({}),
): AsyncGenerator<PhaseTick, T> {
  let last: T | undefined;
  for await (const tick of ticks) {
    last = tick;
    if (isKnown(tick, resume as InnerState | undefined)) continue;
    const shown = show(tick);
    const more = extra();
    yield {
      ...shown,
      // Read on demand: copying it out of working memory costs.
      get state() {
        const { step, status, state } = tick;
        return { step, last: status !== 'running', inner: state as PlainData, ...more } satisfies InnerState;
      },
    };
  }
  return last!;
}

/** The computation's own state to resume, if any. */
export function innerResume<State>(resume: PlainData | undefined): { readonly resume?: State } {
  return resume === undefined ? {} : { resume: (resume as InnerState).inner as State };
}

function isKnown({ step, status }: InnerTick, begun: InnerState | undefined): boolean {
  if (!begun) return false;
  return step < begun.step || (step === begun.step && (begun.last || status === 'running'));
}
