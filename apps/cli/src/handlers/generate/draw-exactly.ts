import { independentEstimate, type Rng } from '@spinformer/numerics';
import {
  type AutoregressiveModel,
  drawAutoregressive,
  type GenerateTick,
  oneSiteFrequencies,
} from '@spinformer/potts';
import type { pottsGenerateOptions } from '../../commands/potts-generate.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { autoregressiveOfRun } from '../../models/autoregressive-of-run.ts';
import type { FoundModel } from '../../models/potts-file.ts';
import type { OptionValues } from '../../spec/option-spec.ts';

/**
 * The autoregressive model of a run; undefined for a run, or a file, of another method.
 * @throws {UsageError} for options that exact drawing does not have
 */
export function autoregressiveOf(
  found: FoundModel,
  { temperature, fixed, sweeps }: OptionValues<typeof pottsGenerateOptions>,
): AutoregressiveModel | undefined {
  const model = autoregressiveOfRun(found);
  if (model && (temperature !== 1 || fixed !== undefined || sweeps !== undefined))
    throw new UsageError(
      `${found.run} is an autoregressive model, which draws exactly at temperature 1: leave out --temperature, --fixed and --sweeps.`,
    );
  return model;
}

/** Independent sequences, in the form of a generation that has ended. */
export async function* drawExactlyTicks(
  model: AutoregressiveModel,
  { samples, rng }: { readonly samples: number; readonly rng: Rng },
): AsyncGenerator<GenerateTick> {
  const { logProbabilities, ...sequences } = drawAutoregressive(model, { samples, rng });
  const energy = independentEstimate(logProbabilities.map((log) => -log));
  const overlap = pairOverlap(sequences);
  const kept = { kernel: 'heat-bath', sites: model.sites, sweep: 0 } as const;
  const nothing = { keys: new Int32Array(), values: new Int32Array() };
  yield {
    ...{ step: 0, status: 'converged', sequences, state: { sampling: { ...kept, ...nothing } } },
    metrics: { sweeps: 0, energy: energy.mean, remembered: 0, rHat: 1 },
    mixing: {
      ...{ energy, thinning: 0, overlapBetween: overlap, overlapHalfway: overlap },
      ...{ remembered: 0, rememberedError: 0 },
    },
  };
}

/** Share of letters that two different sequences have in common, over all pairs. */
function pairOverlap(sequences: GenerateTick['sequences']): number {
  const { samples, sites } = sequences;
  const squares = oneSiteFrequencies(sequences).reduce((sum, share) => sum + share ** 2, 0) / sites;
  return (samples * squares - 1) / (samples - 1);
}
