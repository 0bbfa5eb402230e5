import type { Tensor } from '../tensor.ts';

/** Dead entries are dropped whenever a frame has grown to twice what was alive at the last look. */
const FIRST_SWEEP = 4096;

/** The tensors made since a scope began. A tensor knows the frame that owns it, so that moving one is cheap. */
export class Frame {
  readonly parent: Frame | null;
  private members: Tensor[] = [];
  private sweepAt = FIRST_SWEEP;

  constructor(parent: Frame | null) {
    this.parent = parent;
  }

  adopt(tensor: Tensor): void {
    tensor.frame = this;
    this.members.push(tensor);
    if (this.members.length >= this.sweepAt) this.sweep();
  }

  /** Disposes of every tensor that the frame still owns, and forgets the others. */
  clear(): void {
    const members = this.members;
    for (let k = 0; k < members.length; k++) if (members[k].frame === this) members[k].dispose();
    members.length = 0;
  }

  private sweep(): void {
    this.members = this.members.filter((tensor) => tensor.frame === this);
    this.sweepAt = Math.max(FIRST_SWEEP, 2 * this.members.length);
  }
}

let current: Frame | null = null;

/** The frame that new tensors belong to, or null outside every scope. */
export function currentFrame(): Frame | null {
  return current;
}

/** Begins a frame; close it with {@link closeFrame} in a `finally`. */
export function openFrame(): Frame {
  current = new Frame(current);
  return current;
}

/** Ends a frame: what it still owns is freed. */
export function closeFrame(frame: Frame): void {
  current = frame.parent;
  frame.clear();
}
