import type { Configurations, PlainData, PottsLike } from '@spinformer/numerics';
import { type InferenceState, inferCouplings, type PseudolikelihoodMethod } from '@spinformer/potts';
import { innerResume, innerTicks } from './inner-ticks.ts';
import type { PhaseTick } from './phases.ts';

/** How couplings are inferred in one phase of a study. */
export interface CouplingFitOptions {
  readonly method: PseudolikelihoodMethod;
  readonly fieldPenalty: number;
  /** Absent: the method's own choice. */
  readonly couplingPenalty?: number;
  readonly maximumSteps: number;
  readonly tolerance?: number;
  readonly resume?: PlainData;
}

/** What a coupling fit makes: a Potts model and how it was reached. */
export interface FittedCouplings {
  readonly [key: string]: PlainData;
  readonly sites: number;
  readonly states: number;
  /** [sites, states]. */
  readonly fields: Float64Array;
  /** [sites, sites, states, states]. */
  readonly couplings: Float32Array | Float64Array;
  /** Summed negative log-pseudo-likelihood with penalties, nats. */
  readonly objective: number;
  readonly status: string;
  /** What to change where the fit did not converge; empty otherwise. */
  readonly remedy: string;
}

/**
 * Infers the couplings of a full Potts model by pseudo-likelihood as a phase of a study.
 *
 * @param data the sequences, with weights or without
 * @param options method, penalties and where to go on
 * @returns ticks; then the model
 */
export async function* fitCouplings(
  data: Configurations,
  options: CouplingFitOptions,
): AsyncGenerator<PhaseTick, FittedCouplings> {
  const { resume, ...settings } = options;
  const ticks = inferCouplings(data, { ...settings, ...innerResume<InferenceState>(resume) });
  const { model, metrics, status, remedy } = yield* innerTicks(ticks, resume, (tick) => ({
    fraction: fractionDone(options, tick.step, data.sites),
    metrics: { objective: tick.metrics.objective, gradientNorm: tick.metrics.gradientNorm },
  }));
  return fitted(model!, metrics.objective, status, remedy ?? '');
}

/** The Potts model that a phase has made. */
export function fittedModel({ sites, states, fields, couplings }: FittedCouplings): PottsLike {
  return { sites, states, fields, couplings };
}

function fitted(model: PottsLike, objective: number, status: string, remedy: string): FittedCouplings {
  const { sites, states, fields, couplings } = model;
  return { sites, states, fields, couplings, objective, status, remedy };
}

/** The asymmetric method ticks once per site, the symmetric one once per iteration. */
function fractionDone({ method, maximumSteps }: CouplingFitOptions, step: number, sites: number): number {
  return method === 'plm-asymmetric' ? step / sites : step / (step + maximumSteps / 4);
}
