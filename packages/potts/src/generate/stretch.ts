import { type Configurations, DomainError, estimate, type PottsLike } from '@spinformer/numerics';
import { energy } from '../energy.ts';
import { sampleChains } from '../sampling/sample-chains.ts';
import type { SampleState } from '../sampling/sample-options.ts';
import type { ConditionedModel } from './conditional-model.ts';
import type { GenerateOptions } from './generate-options.ts';
import { type MixingEvidence, overlapBetween, overlapWith } from './mixing.ts';

/** Draws of the energy in the second half of the sweeps, at most about so many. */
const DRAWS = 32;

/** What the chains did until a number of sweeps. */
export interface Stretch {
  readonly state: SampleState;
  readonly sequences: Configurations;
  readonly mixing: MixingEvidence;
  readonly meanEnergy: number;
  readonly aborted: boolean;
}

/** Runs the chains to half of `target` sweeps, unless they are there, and on to `target`, drawing energies. */
export async function runStretch(
  model: PottsLike,
  conditioned: ConditionedModel,
  options: GenerateOptions,
  target: number,
  from: SampleState | undefined,
): Promise<Stretch> {
  const half = Math.max(1, Math.floor(target / 2));
  const halfway = from && from.sweep >= half ? from : await advance(conditioned, options, half, half, from);
  const thinning = Math.max(1, Math.floor((target - half) / DRAWS));
  const draws: Float64Array[] = [];
  const end = await advance(conditioned, options, target, thinning, halfway, draws);
  const aborted = end.sweep < target;
  const { sites, states } = model;
  const values = conditioned.complete(end.values);
  return {
    // Half of a stretch is repeated after an interruption, so that its evidence is that of a whole one.
    state: aborted ? halfway : end,
    sequences: { samples: options.count, sites, states, values },
    aborted,
    meanEnergy: mean(draws.at(-1)) + fixedEnergy(model, options.fixed),
    mixing: evidence(conditioned, halfway.values, end.values, draws, thinning),
  };
}

function evidence(
  { model }: ConditionedModel,
  before: Int32Array,
  now: Int32Array,
  draws: readonly Float64Array[],
  thinning: number,
): MixingEvidence {
  const { sites, states } = model;
  const free = { samples: now.length / sites, sites, states, values: now };
  const between = overlapBetween(free);
  const halfway = overlapWith(free, before);
  const scale = between < 1 ? 1 / (1 - between) : 0;
  return {
    energy: energyEstimate(draws, free.samples),
    thinning,
    overlapBetween: between,
    overlapHalfway: halfway.mean,
    remembered: (halfway.mean - between) * scale,
    rememberedError: halfway.error * scale,
  };
}

function mean(values: Float64Array | undefined): number {
  return values ? values.reduce((sum, value) => sum + value, 0) / values.length : Number.NaN;
}

/** What fixed sites contribute among themselves. */
function fixedEnergy(model: PottsLike, fixed: ReadonlyMap<number, number> | undefined): number {
  if (!fixed || fixed.size === 0) return 0;
  const alone = new Int32Array(model.sites).fill(-1);
  for (const [site, state] of fixed) alone[site] = state;
  return energy(model, alone)[0];
}

/** Chains whose energies are followed: enough to compare them, few enough to keep. */
const FOLLOWED = 256;
/** Fewest draws of which an estimate is made. */
const LEAST_DRAWS = 4;

function energyEstimate(draws: readonly Float64Array[], count: number): MixingEvidence['energy'] {
  const chains = Math.min(FOLLOWED, count);
  if (draws.length < LEAST_DRAWS) {
    const none = Number.NaN;
    return {
      mean: none,
      standardError: none,
      variance: none,
      autocorrelationTime: none,
      rHat: none,
      effectiveSamples: none,
    };
  }
  const rows = new Float64Array(chains * draws.length);
  for (let c = 0; c < chains; c++)
    for (let d = 0; d < draws.length; d++) rows[c * draws.length + d] = draws[d][c];
  return estimate(rows, chains);
}

async function advance(
  { model, free }: ConditionedModel,
  options: GenerateOptions,
  sweeps: number,
  thinning: number,
  from: SampleState | undefined,
  draws?: Float64Array[],
): Promise<SampleState> {
  const { count, rng, temperature = 1, kernel, signal, runtime } = options;
  const start = from || !options.start ? undefined : startFrom(options.start, free, count);
  const ticks = sampleChains(model, {
    chains: count,
    sweeps,
    thinning,
    beta: 1 / temperature,
    rng,
    energies: draws !== undefined,
    ...(kernel && { kernel }),
    ...(start && { start }),
    ...(from && { resume: from }),
    ...(signal && { signal }),
    ...(runtime && { runtime }),
  });
  let state: SampleState | undefined;
  for await (const tick of ticks) {
    state = tick.state;
    if (tick.energies) draws?.push(tick.energies);
  }
  if (!state) throw new DomainError('generateSequences: no sweep was made.');
  return state;
}

/** Starting sequences in turn, of the free sites. */
function startFrom({ samples, sites, values }: Configurations, free: Int32Array, count: number): Int32Array {
  const start = new Int32Array(count * free.length);
  for (let c = 0; c < count; c++)
    free.forEach((site, k) => {
      start[c * free.length + k] = values[(c % samples) * sites + site];
    });
  return start;
}
