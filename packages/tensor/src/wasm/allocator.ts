import { BackendError } from '@spinformer/numerics';

const PAGE = 65536;
const ALIGNMENT = 64;
/** Blocks of at least this many bytes go back into one address-ordered list, where neighbours merge. */
const LARGE = 1 << 20;

/** Rounds up to one of four sizes per octave, so that a freed small block fits the next of about its size. */
function sizeClass(bytes: number): number {
  if (bytes <= ALIGNMENT) return ALIGNMENT;
  const step = Math.max(ALIGNMENT, 2 ** (Math.floor(Math.log2(bytes)) - 2));
  return Math.ceil(bytes / step) * step;
}

/**
 * Hands out 64-byte aligned blocks of one WebAssembly memory. Small blocks are kept by size class for the next of
 * their size, so that a training loop in steady state never grows the memory; large ones merge with their neighbours.
 */
export class Allocator {
  private readonly memory: WebAssembly.Memory;
  private readonly maximumBytes: number;
  private top: number;
  private readonly small = new Map<number, number[]>();
  private readonly large: { start: number; bytes: number }[] = [];
  private readonly sizes = new Map<number, number>();
  private inUse = 0;

  constructor(memory: WebAssembly.Memory, start: number, maximumBytes: number) {
    this.memory = memory;
    this.top = start;
    this.maximumBytes = maximumBytes;
  }

  /** Bytes handed out and not yet freed. */
  get bytesInUse(): number {
    return this.inUse;
  }

  /**
   * A block of at least `bytes` bytes; its content is arbitrary.
   * @throws {BackendError} when the memory cannot grow that far; the message names what was asked for.
   */
  allocate(bytes: number): number {
    const size = bytes < LARGE ? sizeClass(bytes) : Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    const start = (size < LARGE ? this.small.get(size)?.pop() : this.takeLarge(size)) ?? this.bump(size);
    this.sizes.set(start, size);
    this.inUse += size;
    return start;
  }

  /** Gives a block back. Freeing a block twice, or one that is not ours, is our bug and throws. */
  free(start: number): void {
    const size = this.sizes.get(start);
    if (size === undefined) throw new BackendError(`free: no block begins at ${start}. It was freed before.`);
    this.sizes.delete(start);
    this.inUse -= size;
    if (size >= LARGE) this.giveLarge(start, size);
    else {
      const list = this.small.get(size);
      if (list) list.push(start);
      else this.small.set(size, [start]);
    }
  }

  private bump(size: number): number {
    const start = this.top;
    const end = start + size;
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.grow(Math.max(missing, Math.min(this.top >> 2, 64 << 20)), missing, size);
    this.top = end;
    return start;
  }

  private grow(wanted: number, needed: number, size: number): void {
    const room = this.maximumBytes - this.memory.buffer.byteLength;
    const bytes = Math.min(wanted, room);
    try {
      if (needed > room) throw new RangeError('over the maximum');
      this.memory.grow(Math.ceil(Math.max(bytes, needed) / PAGE));
    } catch (cause) {
      const megabytes = (value: number) => `${(value / 2 ** 20).toFixed(1)} MiB`;
      throw new BackendError(
        `wasm memory: ${megabytes(size)} asked for, ${megabytes(this.inUse)} in use, at most ` +
          `${megabytes(this.maximumBytes)} to be had. Use smaller batches or free tensors with scope().`,
        { cause },
      );
    }
  }

  private takeLarge(size: number): number | undefined {
    let best = -1;
    for (let k = 0; k < this.large.length; k++) {
      const fits = this.large[k].bytes >= size;
      if (fits && (best < 0 || this.large[k].bytes < this.large[best].bytes)) best = k;
    }
    if (best < 0) return undefined;
    const block = this.large[best];
    const rest = block.bytes - size;
    // A remainder smaller than LARGE could never be handed out again from here: the block keeps it as slack.
    if (rest < LARGE) this.large.splice(best, 1);
    else this.large[best] = { start: block.start + size, bytes: rest };
    if (rest > 0 && rest < LARGE) this.slack.set(block.start, rest);
    return block.start;
  }

  private readonly slack = new Map<number, number>();

  private giveLarge(start: number, size: number): void {
    const bytes = size + (this.slack.get(start) ?? 0);
    this.slack.delete(start);
    let k = this.large.findIndex((block) => block.start > start);
    if (k < 0) k = this.large.length;
    this.large.splice(k, 0, { start, bytes });
    const next = this.large[k + 1];
    if (next && start + bytes === next.start) {
      this.large[k].bytes += next.bytes;
      this.large.splice(k + 1, 1);
    }
    const previous = this.large[k - 1];
    if (previous && previous.start + previous.bytes === start) {
      previous.bytes += this.large[k].bytes;
      this.large.splice(k, 1);
    }
  }
}
