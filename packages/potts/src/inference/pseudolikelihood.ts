import { type Configurations, logSumExp, type PottsLike, ShapeError } from '@spinformer/numerics';
import { GROUP_SMOOTHING, type Penalties } from './site-priors.ts';

/** The penalised pseudo-likelihood of a model and, on request, its gradient. */
export interface PseudolikelihoodValue {
  /** Σ_s w_s Σ_i −log p(s_i | s_\i) plus the penalties, in nats. */
  readonly objective: number;
  /** The objective without its penalties. */
  readonly negativeLogPseudolikelihood: number;
  /** Derivative by the fields, [sites, states]. */
  readonly fieldGradient?: Float64Array;
  /** Derivative by J_ij(a, b) with J_ji(b, a) moving along, [sites, sites, states, states]: equal at both places. */
  readonly couplingGradient?: Float64Array;
}

/**
 * The objective of symmetric pseudo-likelihood inference in plain float64, whatever the precision of the parameters:
 * the reference of the fast kernels, and the honest objective of saved parameters. Missing entries (−1) have no term
 * of their own and contribute nothing to the other sites' logits.
 * @param options.gradient also return the gradient; meant for small systems.
 * @throws {ShapeError} when data and model differ in sites or states.
 * @source ekeberg2013plmdca, eq. (9) with the symmetric penalty
 * @complexity O(samples · sites² · states)
 */
export function pseudolikelihood(
  model: PottsLike,
  data: Configurations,
  penalties: Penalties,
  options: { readonly gradient?: boolean } = {},
): PseudolikelihoodValue {
  const { sites, states } = model;
  if (data.sites !== sites || data.states !== states)
    throw new ShapeError(
      `pseudolikelihood: the model has ${sites} sites of ${states} states, the data ${data.sites} of ${data.states}.`,
    );
  const fieldGradient = new Float64Array(options.gradient ? model.fields.length : 0);
  const couplingGradient = new Float64Array(options.gradient ? model.couplings.length : 0);
  const target = options.gradient ? { fieldGradient, couplingGradient } : undefined;
  let loss = 0;
  for (let site = 0; site < sites; site++) loss += siteLoss(model, data, site, target);
  const penalty = addPenalties(model, penalties, target);
  return {
    objective: loss + penalty,
    negativeLogPseudolikelihood: loss,
    ...(target && { fieldGradient, couplingGradient }),
  };
}

interface GradientTarget {
  readonly fieldGradient: Float64Array;
  readonly couplingGradient: Float64Array;
}

/** Rows J_i·(a, b) by neighbour j and its state b, [sites, states, states], with zeros for the site itself. */
function rowsOfSite({ sites, states, couplings }: PottsLike, site: number): Float64Array {
  const block = states * states;
  const rows = new Float64Array(sites * block);
  for (let j = 0; j < sites; j++) {
    const from = (j * sites + site) * block;
    if (j !== site) rows.set(couplings.subarray(from, from + block), j * block);
  }
  return rows;
}

/** −Σ_s w_s log p(s_i | s_\i) of one site, and its gradient. One site at a time, so that its rows stay in the cache. */
function siteLoss(model: PottsLike, data: Configurations, site: number, target?: GradientTarget): number {
  const { sites, states, fields } = model;
  const { values, weights } = data;
  const rows = rowsOfSite(model, site);
  const logits = new Float64Array(states);
  let loss = 0;
  for (let s = 0; s < data.samples; s++) {
    const own = values[s * sites + site];
    const weight = weights ? weights[s] : 1;
    if (own < 0 || weight === 0) continue;
    for (let a = 0; a < states; a++) logits[a] = fields[site * states + a];
    for (let j = 0; j < sites; j++) {
      const b = values[s * sites + j];
      if (b < 0) continue;
      const from = (j * states + b) * states;
      for (let a = 0; a < states; a++) logits[a] += rows[from + a];
    }
    const norm = logSumExp(logits);
    loss += weight * (norm - logits[own]);
    if (!target) continue;
    for (let a = 0; a < states; a++) logits[a] = weight * (Math.exp(logits[a] - norm) - (a === own ? 1 : 0));
    addResidual(model, values.subarray(s * sites, (s + 1) * sites), site, logits, target);
  }
  return loss;
}

function addResidual(
  { sites, states }: PottsLike,
  row: Int32Array,
  site: number,
  residual: Float64Array,
  target: GradientTarget,
): void {
  for (let a = 0; a < states; a++) target.fieldGradient[site * states + a] += residual[a];
  for (let j = 0; j < sites; j++) {
    const b = row[j];
    if (b < 0 || j === site) continue;
    for (let a = 0; a < states; a++) {
      target.couplingGradient[((j * sites + site) * states + b) * states + a] += residual[a];
      target.couplingGradient[((site * sites + j) * states + a) * states + b] += residual[a];
    }
  }
}

function addPenalties(model: PottsLike, penalties: Penalties, target?: GradientTarget): number {
  const { fields, couplings } = model;
  let squaredFields = 0;
  let squaredCouplings = 0;
  for (const value of fields) squaredFields += value * value;
  for (const value of couplings) squaredCouplings += value * value;
  if (target) {
    fields.forEach((value, k) => {
      target.fieldGradient[k] += 2 * penalties.fieldPenalty * value;
    });
    couplings.forEach((value: number, k: number) => {
      target.couplingGradient[k] += 2 * penalties.couplingPenalty * value;
    });
  }
  // Every coupling stands in the array twice, as J_ij(a, b) and as J_ji(b, a).
  const ridge = penalties.fieldPenalty * squaredFields + (penalties.couplingPenalty * squaredCouplings) / 2;
  return penalties.groupPenalty ? ridge + addGroupPenalty(model, penalties.groupPenalty, target) : ridge;
}

/** λ_g Σ_{i<j} √(ε + |J_ij|²). */
function addGroupPenalty(
  { sites, states, couplings }: PottsLike,
  penalty: number,
  target?: GradientTarget,
): number {
  const block = states * states;
  let sum = 0;
  for (let i = 0; i < sites; i++)
    for (let j = 0; j < sites; j++) {
      if (i === j) continue;
      const start = (i * sites + j) * block;
      let squares = GROUP_SMOOTHING;
      for (let k = start; k < start + block; k++) squares += couplings[k] ** 2;
      const root = Math.sqrt(squares);
      sum += root / 2;
      for (let k = start; target && k < start + block; k++)
        target.couplingGradient[k] += (penalty * couplings[k]) / root;
    }
  return penalty * sum;
}
