import { DomainError, logSumExp, ShapeError } from '@spinformer/numerics';
import { toZeroSumGauge } from '../gauge.ts';
import type { PottsModel } from '../model.ts';
import {
  type AutoregressiveModel,
  blockStart,
  checkAutoregressive,
  inOrder,
} from './autoregressive-model.ts';
import { writeLogits } from './log-probabilities.ts';

/** Factors that are multiplied before a logarithm is taken; each lies between e^±40 or so. */
const FACTORS_PER_LOGARITHM = 16;

/**
 * How much an autoregressive model has two sites interact around reference sequences, in the shape of a Potts model:
 * J_ij(a, b) is the mean over the references of log p(a, b) − log p(a) − log p(b) + log p, the epistasis of two mutations,
 * in zero-sum gauge. `contactScores` of it are ArDCA's contact scores.
 *
 * @param sequences reference sequences, [samples, sites]: one is what ArDCA.jl takes; more give a mean.
 * @returns couplings in float64, fields zero, new.
 * @throws {ShapeError} where `sequences` holds no whole number of sequences; {DomainError} for none, or a damaged model.
 * @source trinquier2021ardca, eqs. (9), (10)
 * @complexity O(samples · sites³ · states³ / 6)
 */
export function epistaticCouplings(model: AutoregressiveModel, sequences: ArrayLike<number>): PottsModel {
  checkAutoregressive('epistaticCouplings', model);
  const { sites, states, order } = model;
  if (sequences.length % sites !== 0)
    throw new ShapeError(
      `epistaticCouplings: sequences must have ${sites} sites each, got ${sequences.length} entries.`,
    );
  const samples = sequences.length / sites;
  if (samples === 0)
    throw new DomainError('epistaticCouplings: no reference sequence. Give one of the family, [1, sites].');
  const ordered = inOrder(order, sequences);
  const sums = new Float64Array(blockStart(sites, 0, states));
  for (let s = 0; s < samples; s++)
    addThroughLaterSites(model, ordered.subarray(s * sites, (s + 1) * sites), sums);
  const epistasis = Float64Array.from(model.couplings, (coupling, k) => coupling + sums[k] / samples);
  const couplings = bySites(model, epistasis);
  return toZeroSumGauge({ sites, states, fields: new Float64Array(sites * states), couplings });
}

/**
 * Adds what the sites after a pair contribute, −Σ_{v>t} log Σ_c p_v(c) E_vu(a, c) E_vt(b, c) with E the factor by which a
 * mutation changes the odds of c: all the rest of log p depends on one of the two mutations only.
 */
function addThroughLaterSites(model: AutoregressiveModel, sequence: Int32Array, sums: Float64Array): void {
  const { sites, states } = model;
  const products = new Float64Array(sums.length).fill(1);
  const logits = new Float64Array(states);
  for (let v = 2; v < sites; v++) {
    writeLogits(model, sequence, v, logits);
    const norm = logSumExp(logits);
    const odds = changedOdds(model, sequence, v);
    const weighted = odds.map((factor, k) => factor * Math.exp(logits[k % states] - norm));
    multiplyPairs(products, odds, weighted, v, states);
    if (v % FACTORS_PER_LOGARITHM !== 0 && v < sites - 1) continue;
    for (let k = 0; k < products.length; k++) sums[k] -= Math.log(products[k]);
    products.fill(1);
  }
}

/** exp(J_vu(c, a) − J_vu(c, s_u)) for all u < v, [v, states a, states c]. */
function changedOdds(
  { states, couplings }: AutoregressiveModel,
  sequence: Int32Array,
  v: number,
): Float64Array {
  const odds = new Float64Array(v * states * states);
  for (let u = 0; u < v; u++)
    for (let a = 0; a < states; a++)
      for (let c = 0; c < states; c++) {
        const row = blockStart(v, u, states) + c * states;
        const own = sequence[u] < 0 ? 0 : couplings[row + sequence[u]];
        odds[(u * states + a) * states + c] = Math.exp(couplings[row + a] - own);
      }
  return odds;
}

/** products[t, u][b, a] *= Σ_c odds[t][b, c] · weighted[u][a, c] for all u < t < v. */
function multiplyPairs(
  products: Float64Array,
  odds: Float64Array,
  weighted: Float64Array,
  v: number,
  states: number,
): void {
  let k = 0;
  for (let t = 0; t < v; t++)
    for (let u = 0; u < t; u++)
      for (let b = 0; b < states; b++) {
        const row = (t * states + b) * states;
        for (let a = 0; a < states; a++, k++) {
          const column = (u * states + a) * states;
          let sum = 0;
          for (let c = 0; c < states; c++) sum += odds[row + c] * weighted[column + c];
          products[k] *= sum;
        }
      }
}

/** Blocks of places [t, u][b, a] as [sites, sites, states, states]. */
function bySites({ sites, states, order }: AutoregressiveModel, blocks: Float64Array): Float64Array {
  const couplings = new Float64Array((sites * states) ** 2);
  for (let t = 0; t < sites; t++)
    for (let u = 0; u < t; u++)
      for (let b = 0; b < states; b++)
        for (let a = 0; a < states; a++) {
          const value = blocks[blockStart(t, u, states) + b * states + a];
          couplings[((order[t] * sites + order[u]) * states + b) * states + a] = value;
          couplings[((order[u] * sites + order[t]) * states + a) * states + b] = value;
        }
  return couplings;
}
