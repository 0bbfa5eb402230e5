import { type Floats, ShapeError } from '@spinformer/numerics';

/**
 * What one factored layer says in the language of Potts models: logit_i(a) = fields_i(a) + Σ_{j≠i} couplings_ij(a, s_j).
 * Unlike those of a Potts model, the couplings of trained rows need not be symmetric under (i, a) ↔ (j, b).
 */
export interface ConditionalCouplings {
  readonly sites: number;
  readonly states: number;
  /** [sites, states]. */
  readonly fields: Floats<'sites states'>;
  /** [sites, sites, states, states]; zero for i = j. */
  readonly couplings: Floats<'sites sites states states'> | Float32Array;
}

/**
 * The same conditionals in the zero-sum gauge: Σ_a W_ij(a, b) = Σ_b W_ij(a, b) = 0 and Σ_a h_i(a) = 0. What is taken out
 * of the couplings along b goes into the fields of site i; what is constant along a drops out of the softmax. The
 * conditionals of every site are unchanged, for asymmetric couplings too.
 *
 * @returns new arrays in float64.
 * @throws {ShapeError} if the arrays do not fit `sites` and `states`.
 * @source ekeberg2013plmdca
 */
export function toZeroSumConditionals(source: ConditionalCouplings): ConditionalCouplings {
  checkCouplings('toZeroSumConditionals', source);
  const { sites, states } = source;
  const fields = Float64Array.from(source.fields);
  const couplings = new Float64Array(source.couplings.length);
  for (let i = 0; i < sites; i++) {
    for (let j = 0; j < sites; j++) {
      if (i !== j)
        centreBlock(
          source.couplings,
          couplings,
          (i * sites + j) * states * states,
          states,
          fields,
          i * states,
        );
    }
    centreRow(fields, i * states, states);
  }
  return { sites, states, fields, couplings };
}

/** Writes the doubly centred block into `to` and adds its row means to `fields` from `site` on. */
function centreBlock(
  from: Float64Array | Float32Array,
  to: Float64Array,
  block: number,
  states: number,
  fields: Float64Array,
  site: number,
): void {
  const columnMeans = new Float64Array(states);
  for (let a = 0; a < states; a++) {
    let mean = 0;
    for (let b = 0; b < states; b++) mean += from[block + a * states + b] / states;
    fields[site + a] += mean;
    for (let b = 0; b < states; b++) {
      const centred = from[block + a * states + b] - mean;
      to[block + a * states + b] = centred;
      columnMeans[b] += centred / states;
    }
  }
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) to[block + a * states + b] -= columnMeans[b];
}

function centreRow(values: Float64Array, begin: number, length: number): void {
  let mean = 0;
  for (let k = 0; k < length; k++) mean += values[begin + k] / length;
  for (let k = 0; k < length; k++) values[begin + k] -= mean;
}

/** (W_ij(a, b) + W_ji(b, a))/2, [sites, sites, states, states], new array. */
export function symmetrise(
  couplings: ArrayLike<number>,
  sites: number,
  states: number,
): Floats<'sites sites states states'> {
  const block = states * states;
  const result = new Float64Array(sites * sites * block);
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      const ij = (i * sites + j) * block;
      const ji = (j * sites + i) * block;
      for (let a = 0; a < states; a++) {
        for (let b = 0; b < states; b++) {
          const mean = 0.5 * (couplings[ij + a * states + b] + couplings[ji + b * states + a]);
          result[ij + a * states + b] = mean;
          result[ji + b * states + a] = mean;
        }
      }
    }
  }
  return result;
}

/**
 * Refuses couplings whose arrays do not fit their sizes.
 *
 * @throws {ShapeError} naming the array, its length and the one that is wanted.
 */
export function checkCouplings(caller: string, model: ConditionalCouplings): void {
  const { sites, states } = model;
  if (model.fields.length !== sites * states) {
    throw new ShapeError(
      `${caller}: fields must have ${sites * states} entries [${sites} sites, ${states} states], got ${model.fields.length}.`,
    );
  }
  const wanted = sites * sites * states * states;
  if (model.couplings.length !== wanted) {
    throw new ShapeError(
      `${caller}: couplings must have ${wanted} entries [${sites}, ${sites}, ${states}, ${states}], got ` +
        `${model.couplings.length}. Store the full tensor, both i < j and i > j.`,
    );
  }
}
