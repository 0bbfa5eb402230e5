import type { CorrelationPart } from '@spinformer/transformer-vqs';
import type { SpinProblem } from './spin-problem.ts';

/** How states are measured: many draws from few, well settled chains. */
export const MEASURING = { samples: 4096, chains: 256, burnIn: 50, maps: 512 } as const;

/** Samples of a final measurement, at least as many as a step had. */
export function measuringSamples(samples: number | 'all') {
  if (samples === 'all') return { samples };
  const { chains, burnIn } = MEASURING;
  return { samples: Math.ceil(Math.max(MEASURING.samples, samples) / chains) * chains, chains, burnIn };
}

/** All components of S·S where that is cheap or cannot be told from one. */
export function correlationPart({ model }: SpinProblem, samples: number | 'all'): CorrelationPart {
  return samples === 'all' || model.anisotropy !== 1 || model.totalSz !== 0 ? 'heisenberg' : 'ising';
}
