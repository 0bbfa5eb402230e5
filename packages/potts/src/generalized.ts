import { DomainError, type Floats } from '@spinformer/numerics';
import { checkFinite, checkLength, checkSizes, type PottsModel } from './model.ts';

/**
 * The generalised Potts model, in which couplings are products: J_ij(a, b) = Σ_h J^h_ij U^h_ab, with
 * E(s) = −½ Σ_{i≠j} Σ_h J^h_ij U^h(s_i, s_j) − Σ_i h_i(s_i). One head is the model of factored attention's theory; with
 * U the identity it is the ordinary Potts model.
 */
export interface GeneralizedPottsModel {
  readonly sites: number;
  readonly states: number;
  readonly heads: number;
  /** J, [heads, sites, sites]; the diagonal is ignored. */
  readonly siteCouplings: Floats<'heads sites sites'>;
  /** U, [heads, states, states]. */
  readonly colourCouplings: Floats<'heads states states'>;
  /** h, [sites, states]. */
  readonly fields: Floats<'sites states'>;
}

/** Largest full coupling tensor that is built, in numbers: 2^28 numbers are 2 GiB. */
const MAX_COUPLINGS = 2 ** 28;

/**
 * A generalised Potts model from its parts, checked. The arrays are used as they are, not copied.
 *
 * @param parts.siteCouplings J, [heads, sites, sites], one head when `heads` is absent.
 * @param parts.colourCouplings U, [heads, states, states].
 * @param parts.fields h, [sites, states]; zero when absent.
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for impossible sizes and for a parameter that is not finite, with its index.
 * @source rende2024mapping, the generalised Potts Hamiltonian
 */
export function generalizedPotts(parts: {
  sites: number;
  states: number;
  heads?: number;
  siteCouplings: Floats<'heads sites sites'> | Float64Array;
  colourCouplings: Floats<'heads states states'> | Float64Array;
  fields?: Floats<'sites states'>;
}): GeneralizedPottsModel {
  const { sites, states, heads = 1 } = parts;
  const model: GeneralizedPottsModel = {
    sites,
    states,
    heads,
    siteCouplings: parts.siteCouplings as Float64Array,
    colourCouplings: parts.colourCouplings as Float64Array,
    fields: parts.fields ?? new Float64Array(sites * states),
  };
  checkGeneralized('generalizedPotts', model);
  return model;
}

function checkGeneralized(caller: string, model: GeneralizedPottsModel): void {
  const { sites, states, heads, siteCouplings, colourCouplings, fields } = model;
  checkSizes(caller, sites, states);
  if (!Number.isInteger(heads) || heads < 1)
    throw new DomainError(`${caller}: heads must be a whole number of at least 1, got ${heads}.`);
  checkLength(caller, 'siteCouplings', siteCouplings, heads * sites * sites, '[heads, sites, sites]');
  checkLength(caller, 'colourCouplings', colourCouplings, heads * states * states, '[heads, states, states]');
  checkLength(caller, 'fields', fields, sites * states, '[sites, states]');
  checkFinite(caller, 'siteCouplings', siteCouplings, [heads, sites, sites]);
  checkFinite(caller, 'colourCouplings', colourCouplings, [heads, states, states]);
  checkFinite(caller, 'fields', fields, [sites, states]);
}

/**
 * The full model of a generalised one, exactly: J_ij(a, b) = ½ Σ_h (J^h_ij U^h_ab + J^h_ji U^h_ba), which for symmetric
 * J and U is Σ_h J^h_ij U^h_ab. Gauges are not touched.
 *
 * @returns a new model; its fields are a copy.
 * @throws {DomainError} where the couplings would exceed 2^28 numbers, or a parameter is not finite.
 * @throws {ShapeError} for arrays of the wrong length.
 * @complexity O(heads·sites²·states²)
 */
export function toFullModel(model: GeneralizedPottsModel): PottsModel {
  checkGeneralized('toFullModel', model);
  const { sites, states, heads, siteCouplings, colourCouplings } = model;
  const size = checkFullSize('toFullModel', sites, states);
  const couplings = new Float64Array(size);
  for (let head = 0; head < heads; head++) {
    const j = siteCouplings.subarray(head * sites * sites, (head + 1) * sites * sites);
    const u = colourCouplings.subarray(head * states * states, (head + 1) * states * states);
    addHead(couplings, j, u, sites, states);
  }
  return { sites, states, fields: model.fields.slice(), couplings };
}

/**
 * The number of couplings of a full model.
 *
 * @throws {DomainError} above 2^28 numbers, with the memory that they would need.
 */
export function checkFullSize(caller: string, sites: number, states: number): number {
  const size = (sites * states) ** 2;
  if (size <= MAX_COUPLINGS) return size;
  throw new DomainError(
    `${caller}: ${sites} sites of ${states} states need ${size} couplings (${Math.ceil((size * 8) / 2 ** 30)} GiB). ` +
      'Keep the generalised form, or take fewer sites.',
  );
}

function addHead(
  couplings: Float64Array,
  j: Float64Array,
  u: Float64Array,
  sites: number,
  states: number,
): void {
  for (let i = 0; i < sites; i++) {
    for (let k = 0; k < sites; k++) {
      const forward = j[i * sites + k] / 2;
      const backward = j[k * sites + i] / 2;
      if (i === k || (forward === 0 && backward === 0)) continue;
      const start = (i * sites + k) * states * states;
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++)
          couplings[start + a * states + b] += forward * u[a * states + b] + backward * u[b * states + a];
    }
  }
}

/**
 * The same distribution with every U in zero-sum form, P U P with P = 1 − 11ᵀ/C; what leaves the couplings goes into
 * the fields, exactly, and energies shift by a constant.
 *
 * @returns a new model that shares the site couplings of the old.
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for a parameter that is not finite, with its index.
 */
export function toZeroSumColours(model: GeneralizedPottsModel): GeneralizedPottsModel {
  checkGeneralized('toZeroSumColours', model);
  const { sites, states, heads, siteCouplings } = model;
  const fields = model.fields.slice();
  const colourCouplings = model.colourCouplings.slice();
  for (let head = 0; head < heads; head++) {
    const u = colourCouplings.subarray(head * states * states, (head + 1) * states * states);
    const { rows, columns, mean } = colourMeans(u, states);
    for (let i = 0; i < sites; i++) {
      const { out, into } = siteSums(siteCouplings, head, i, sites);
      for (let a = 0; a < states; a++)
        fields[i * states + a] += (out * (rows[a] - mean) + into * (columns[a] - mean)) / 2;
    }
    for (let a = 0; a < states; a++)
      for (let b = 0; b < states; b++) u[a * states + b] += mean - rows[a] - columns[b];
  }
  return { ...model, colourCouplings, fields };
}

function siteSums(siteCouplings: Float64Array, head: number, i: number, sites: number) {
  let out = 0;
  let into = 0;
  for (let k = 0; k < sites; k++) {
    if (k === i) continue;
    out += siteCouplings[(head * sites + i) * sites + k];
    into += siteCouplings[(head * sites + k) * sites + i];
  }
  return { out, into };
}

function colourMeans(u: Float64Array, states: number) {
  const rows = new Float64Array(states);
  const columns = new Float64Array(states);
  let mean = 0;
  for (let a = 0; a < states; a++) {
    for (let b = 0; b < states; b++) {
      rows[a] += u[a * states + b] / states;
      columns[b] += u[a * states + b] / states;
    }
    mean += rows[a] / states;
  }
  return { rows, columns, mean };
}
