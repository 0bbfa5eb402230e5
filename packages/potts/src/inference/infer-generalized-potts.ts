import {
  ConfigError,
  type Configurations,
  DomainError,
  type LbfgsState,
  letEventsThrough,
  minimizeTicks,
  type Rng,
  ShapeError,
  type Tick,
} from '@spinformer/numerics';
import type { GeneralizedPottsModel } from '../generalized.ts';
import { identityColours } from '../generalized-couplings.ts';
import { type DistinctSequences, distinctSequences } from './distinct-sequences.ts';
import { type GeneralizedLayout, packGradient, parameterCounts, unpackModel } from './generalized-layout.ts';
import { addSquares, GeneralizedObjective, type GeneralizedPenalties } from './generalized-objective.ts';

/** Options of {@link inferGeneralizedPotts}. */
export interface GeneralizedOptions extends Partial<GeneralizedPenalties> {
  /** U: `identity` the ordinary Potts model, `known` as given, `learned` with J. */
  readonly colours: 'known' | 'learned' | 'identity';
  /** U, [heads, states, states]: needed with `known`, and the start with `learned` where given. */
  readonly colourCouplings?: Float64Array;
  /** J_ij = J_ji as in the energy; default false: every site has its own row, as an attention layer has. */
  readonly symmetric?: boolean;
  /** Products J^h ⊗ U^h that add up, at least 1; default 1. */
  readonly heads?: number;
  /** Whether fields are inferred, default `learned`; `none` keeps them zero. */
  readonly fields?: 'learned' | 'none';
  /** λ of λ Σ_{i≠j} J_ij², per unit of summed log-likelihood; default 0. */
  readonly sitePenalty?: number;
  /** λ of λ Σ U_ab²; default 0. It fixes the scale between J and U that the likelihood leaves open. */
  readonly colourPenalty?: number;
  /** λ of λ Σ h²; default 0. */
  readonly fieldPenalty?: number;
  /** Converged when the gradient per unit of weight has at most this Euclidean norm; default 1e-6. */
  readonly tolerance?: number;
  /** Most iterations, default 1000. */
  readonly maximumSteps?: number;
  /** Draws the start of J and U with `learned`, where the origin is a saddle. */
  readonly rng?: Rng;
  /** The `state` of an earlier tick with the same data and options: goes on bit for bit. */
  readonly resume?: LbfgsState;
  /** Ends with status `aborted` after the iteration under way. */
  readonly signal?: AbortSignal;
}

/** What {@link inferGeneralizedPotts} reports as it goes. */
export type GeneralizedMetrics = {
  /** Σ_s w_s Σ_i −log p(s_i | s_\i) plus penalties, in nats. */
  readonly objective: number;
  /** The objective per unit of weight and site: without penalties, nats per site. */
  readonly lossPerSite: number;
  /** Euclidean norm of the gradient per unit of weight. */
  readonly gradientNorm: number;
  readonly evaluations: number;
};

/** One iteration; every tick carries the model as it stands. */
export interface GeneralizedTick extends Tick<LbfgsState, GeneralizedMetrics> {
  readonly model: GeneralizedPottsModel;
}

/** Scale of the random start, in units of 1/√sites for J and of one for U. */
const START_SCALE = 0.5;

/**
 * Infers a generalised Potts model, J_ij(a, b) = Σ_h J^h_ij U^h_ab, by maximum pseudo-likelihood in float64: the same
 * problem that one layer of factored attention solves when it is trained to predict masked sites, solved
 * independently of it. With U given it is convex; with U learned it is convex in J and in U, but not in both.
 *
 * @param data any configurations, [samples, sites]; −1 is missing.
 * @returns ticks, one for the start and one per iteration; not converging is a status.
 * @throws {DomainError | DataError | ShapeError | ConfigError} for impossible options or data.
 * @source rende2024mapping; besag1975
 * @complexity O(sequences · sites · (heads · states² + sites)) per evaluation
 */
export async function* inferGeneralizedPotts(
  data: Configurations,
  options: GeneralizedOptions,
): AsyncGenerator<GeneralizedTick> {
  const distinct = distinctSequences(data, 'inferGeneralizedPotts');
  const layout = layoutOf(data, options);
  const { totalWeight, sites } = distinct;
  const objective = perWeight(distinct, layout, checkedPenalties(options));
  const ticks = minimizeTicks(objective, startOf(layout, options), {
    gradientTolerance: options.tolerance ?? 1e-6,
    maxIterations: options.maximumSteps ?? 1000,
    history: 12,
    ...(options.resume && { resume: options.resume }),
    ...(options.signal && { signal: options.signal }),
  });
  for await (const { step, metrics, state, status, remedy } of ticks) {
    yield {
      step,
      metrics: {
        objective: metrics.value * totalWeight,
        lossPerSite: metrics.value / sites,
        gradientNorm: metrics.gradientNorm,
        evaluations: metrics.evaluations,
      },
      state,
      status,
      ...(remedy !== undefined && { remedy }),
      model: unpackModel(layout, state.point),
    };
    await letEventsThrough();
  }
}

/** The objective divided by the total weight, so that tolerances do not depend on the amount of data. */
function perWeight(data: DistinctSequences, layout: GeneralizedLayout, penalties: GeneralizedPenalties) {
  const likelihood = new GeneralizedObjective(data, layout.heads);
  const scale = 1 / data.totalWeight;
  return (point: Float64Array, gradient: Float64Array): number => {
    const model = unpackModel(layout, point);
    const parts = {
      siteCouplings: new Float64Array(model.siteCouplings.length),
      colourCouplings: new Float64Array(model.colourCouplings.length),
      fields: new Float64Array(model.fields.length),
    };
    const value = likelihood.evaluate(model, parts) + addSquares(model, penalties, parts);
    packGradient(layout, parts, gradient);
    for (let k = 0; k < gradient.length; k++) gradient[k] *= scale;
    return value * scale;
  };
}

function layoutOf({ sites, states }: Configurations, options: GeneralizedOptions): GeneralizedLayout {
  const { colours, symmetric = false, heads = 1, fields = 'learned', colourCouplings } = options;
  if (!(Number.isInteger(heads) && heads >= 1))
    throw new DomainError(`inferGeneralizedPotts: heads must be a whole number of at least 1, got ${heads}.`);
  if (colours !== 'known' && colours !== 'learned' && colours !== 'identity')
    throw new DomainError(
      `inferGeneralizedPotts: colours must be 'known', 'learned' or 'identity', got '${colours}'.`,
    );
  if (colourCouplings && colourCouplings.length !== heads * states * states)
    throw new ShapeError(
      `inferGeneralizedPotts: colourCouplings must hold ${heads} × ${states} × ${states} numbers, got ` +
        `${colourCouplings.length}.`,
    );
  if (colours === 'known' && !colourCouplings)
    throw new ConfigError(
      "inferGeneralizedPotts: colours 'known' needs colourCouplings. Pass them, or use 'learned' or 'identity'.",
    );
  if (colours === 'identity' && heads > 1)
    throw new ConfigError(
      "inferGeneralizedPotts: colours 'identity' allows one head only: more would be one.",
    );
  const fixed = { known: colourCouplings, learned: undefined, identity: identityColours(states) };
  return { sites, states, heads, symmetric, fixedColours: fixed[colours], freeFields: fields === 'learned' };
}

function checkedPenalties(options: GeneralizedOptions): GeneralizedPenalties {
  const { sitePenalty = 0, colourPenalty = 0, fieldPenalty = 0 } = options;
  for (const [name, value] of Object.entries({ sitePenalty, colourPenalty, fieldPenalty }))
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new DomainError(
        `inferGeneralizedPotts: ${name} must be a finite number of at least 0, got ${value}.`,
      );
  return { sitePenalty, colourPenalty, fieldPenalty };
}

/** The origin where the problem is convex, otherwise a random J and the given or a random U. */
function startOf(layout: GeneralizedLayout, options: GeneralizedOptions): Float64Array {
  const { site, colour, field } = parameterCounts(layout);
  const start = new Float64Array(site + colour + field);
  if (colour === 0 || options.resume) return start;
  const { rng } = options;
  if (!rng)
    throw new ConfigError(
      "inferGeneralizedPotts: colours 'learned' starts from random couplings. Pass rng: seededRng(…).",
    );
  for (let k = 0; k < site; k++) start[k] = (START_SCALE * rng.normal()) / Math.sqrt(layout.sites);
  for (let k = 0; k < colour; k++)
    start[site + k] = options.colourCouplings?.[k] ?? START_SCALE * rng.normal();
  return start;
}
