import { DomainError } from '@spinformer/numerics';
import { checkModel, type PottsModel } from './model.ts';

/** The two ways of fixing what probabilities leave open. */
export type Gauge = 'zero-sum' | 'lattice-gas';

/**
 * The same distribution in zero-sum gauge: Σ_a h_i(a) = 0 and Σ_a J_ij(a, b) = Σ_b J_ij(a, b) = 0. What leaves the
 * couplings goes into the fields; energies shift by a constant. The gauge in which Σ J² is smallest, in which
 * Frobenius norms are compared.
 *
 * @returns a new model; couplings keep their precision (float32 stays float32).
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for a parameter that is not finite, with its index.
 * @complexity O(sites²·states²)
 */
export function toZeroSumGauge(model: PottsModel): PottsModel {
  checkModel('toZeroSumGauge', model);
  const { sites, states } = model;
  const fields = model.fields.slice();
  const couplings = model.couplings.slice();
  const block = states * states;
  const scratch = blockMeans(states);
  for (let pair = 0; pair < sites * sites; pair++) {
    const i = Math.floor(pair / sites);
    if (pair % sites === i) couplings.fill(0, pair * block, (pair + 1) * block);
    else centreBlock(couplings, pair * block, fields, i * states, states, scratch);
  }
  for (let i = 0; i < sites; i++) {
    let mean = 0;
    for (let a = 0; a < states; a++) mean += fields[i * states + a] / states;
    for (let a = 0; a < states; a++) fields[i * states + a] -= mean;
  }
  return { sites, states, fields, couplings };
}

interface BlockMeans {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
}

function blockMeans(states: number): BlockMeans {
  return { rows: new Float64Array(states), columns: new Float64Array(states) };
}

/** Centres J_ij in place and adds its row means (minus the overall mean) to h_i. */
function centreBlock(
  couplings: Float64Array | Float32Array,
  start: number,
  fields: Float64Array,
  fieldStart: number,
  states: number,
  { rows, columns }: BlockMeans,
): void {
  rows.fill(0);
  columns.fill(0);
  let mean = 0;
  for (let a = 0; a < states; a++) {
    for (let b = 0; b < states; b++) {
      const value = couplings[start + a * states + b] / states;
      rows[a] += value;
      columns[b] += value;
    }
    mean += rows[a] / states;
  }
  for (let a = 0; a < states; a++) {
    fields[fieldStart + a] += rows[a] - mean;
    for (let b = 0; b < states; b++) couplings[start + a * states + b] += mean - rows[a] - columns[b];
  }
}

/**
 * The same distribution in lattice-gas gauge: everything that involves the reference state is zero,
 * h_i(r) = J_ij(r, b) = J_ij(a, r) = 0. What leaves the couplings goes into the fields.
 *
 * @param reference the state r, 0…states−1. Default states − 1.
 * @returns a new model; couplings keep their precision.
 * @throws {DomainError} for a reference that is no state, or a parameter that is not finite.
 * @throws {ShapeError} for arrays of the wrong length.
 * @complexity O(sites²·states²)
 */
export function toLatticeGasGauge(model: PottsModel, reference = model.states - 1): PottsModel {
  checkModel('toLatticeGasGauge', model);
  const { sites, states } = model;
  if (!Number.isInteger(reference) || reference < 0 || reference >= states)
    throw new DomainError(`toLatticeGasGauge: reference must be a state 0…${states - 1}, got ${reference}.`);
  const fields = model.fields.slice();
  const couplings = model.couplings.slice();
  for (let i = 0; i < sites; i++) {
    for (let j = 0; j < sites; j++) {
      const start = (i * sites + j) * states * states;
      if (i === j) couplings.fill(0, start, start + states * states);
      else referBlock(model, start, reference, couplings, fields, i * states);
    }
    const zero = fields[i * states + reference];
    for (let a = 0; a < states; a++) fields[i * states + a] -= zero;
  }
  return { sites, states, fields, couplings };
}

/** J'(a, b) = J(a, b) − J(a, r) − J(r, b) + J(r, r), and h_i(a) gains J(a, r) − J(r, r). */
function referBlock(
  { couplings: source, states }: PottsModel,
  start: number,
  reference: number,
  couplings: Float64Array | Float32Array,
  fields: Float64Array,
  fieldStart: number,
): void {
  const corner = source[start + reference * states + reference];
  for (let a = 0; a < states; a++) {
    const right = source[start + a * states + reference];
    fields[fieldStart + a] += right - corner;
    for (let b = 0; b < states; b++)
      couplings[start + a * states + b] =
        source[start + a * states + b] - right - source[start + reference * states + b] + corner;
  }
}
