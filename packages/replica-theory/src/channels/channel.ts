import type { Conjugates } from '../spectra/ridge-average.ts';

/** Averages over one training example, per example: the conjugates are still to be multiplied by the load. */
export interface ChannelAverages extends Conjugates {
  /** E[loss at the proximal point]. */
  readonly trainingLoss: number;
  /** E[Moreau envelope], the loss plus the cost of moving there. */
  readonly envelope: number;
}

/** Averages over a fresh example. */
export interface TestAverages {
  readonly generalizationLoss: number;
  readonly errorRate?: number;
}

/** The data's side of the saddle point: teacher, loss and quadrature. */
export interface Channel {
  average(m: number, q: number, v: number): ChannelAverages;
  test(m: number, q: number): TestAverages;
  /** The same with a finer quadrature. */
  finer(): Channel;
}
