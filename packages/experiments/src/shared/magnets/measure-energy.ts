import type { Rng } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import {
  optimizeState,
  type SpinHamiltonian,
  type VmcOptions,
  type WaveFunction,
} from '@spinformer/transformer-vqs';

/** An energy per site with its standard error, which is 0 for an exact sum. */
export type MeasuredEnergy = {
  readonly energyPerSite: number;
  readonly standardError: number;
  readonly vScore: number;
};

/** The energy of a wave function at given parameters, which stay their owner's. */
export async function measureEnergy<P extends ParameterTree>(
  hamiltonian: SpinHamiltonian,
  wave: WaveFunction<P>,
  parameters: P,
  samples: VmcOptions['samples'],
  rng: Rng,
): Promise<MeasuredEnergy> {
  const options = { rng, start: parameters, samples: samples ?? 'all', steps: 0 } as const;
  for await (const { metrics } of optimizeState(hamiltonian, wave, options)) {
    const { energyPerSite, standardError, vScore } = metrics;
    return { energyPerSite, standardError, vScore };
  }
  throw new Error('measureEnergy: no energy was measured.');
}
