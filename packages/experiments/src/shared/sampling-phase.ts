import type { PlainData, Rng } from '@spinformer/numerics';
import { type PottsModel, type SampleState, sampleChains } from '@spinformer/potts';
import { innerResume, innerTicks } from './inner-ticks.ts';
import type { PhaseTick } from './phases.ts';

/** How a phase samples. */
export interface SamplingOptions {
  readonly rng: Rng;
  /** Independent chains; each gives one sample. */
  readonly chains: number;
  /** Heat-bath sweeps from a random start to the sample. */
  readonly sweeps: number;
  readonly resume?: PlainData;
}

/** Ticks of one sampling phase. */
const SAMPLING_TICKS = 10;

/**
 * Samples a Potts model by the heat bath, one sample per chain, as a phase of a study.
 *
 * @param model what to sample
 * @param options chains, sweeps and where to go on
 * @returns ticks; then the samples, [chains, sites]
 */
export async function* samplePotts(
  model: PottsModel,
  options: SamplingOptions,
): AsyncGenerator<PhaseTick, Int32Array> {
  const { rng, chains, sweeps, resume } = options;
  const ticks = sampleChains(model, {
    ...{ chains, sweeps, rng, thinning: Math.ceil(sweeps / SAMPLING_TICKS) },
    ...innerResume<SampleState>(resume),
  });
  const { configurations } = yield* innerTicks(ticks, resume, ({ step, metrics }) => ({
    fraction: step / sweeps,
    metrics: { changed: metrics.changed },
  }));
  return configurations.values;
}
