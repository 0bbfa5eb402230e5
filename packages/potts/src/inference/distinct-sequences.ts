import { type Configurations, DataError, DomainError, ShapeError } from '@spinformer/numerics';

/** The most states per site that inference takes: letters are stored in signed bytes. */
const MAXIMUM_STATES = 127;

/** Distinct sequences in lexicographic order, with the weights of equal ones added. */
export interface DistinctSequences {
  readonly sequences: number;
  readonly sites: number;
  readonly states: number;
  /** [sequences, sites], −1 for a missing entry. */
  readonly letters: Int8Array;
  /** [sequences], all positive. */
  readonly weights: Float64Array;
  /** Σ weights, the effective number of sequences. */
  readonly totalWeight: number;
}

/**
 * Checks configurations and brings them into the order that inference works in. Equal sequences become one with the
 * sum of their weights and sequences of weight zero vanish, which changes no objective; neighbours in the new order
 * share letters, which keeps tables in the cache.
 * @throws {ShapeError} when an array has another length than the shape says.
 * @throws {DomainError} for too few sites or states.
 * @throws {DataError} for a value that is no state, a weight that is negative or not a number, or no data at all.
 */
export function distinctSequences(data: Configurations, caller = 'inferCouplings'): DistinctSequences {
  checkShape(data, caller);
  const letters = Int8Array.from(data.values);
  const weights = checkedWeights(data, caller);
  const order = sortedRows(letters, data.sites, weights);
  return mergeEqual(data, letters, weights, order);
}

function checkShape(data: Configurations, caller: string): void {
  const { samples, sites, states, values, weights } = data;
  if (!(Number.isInteger(sites) && sites >= 2))
    throw new DomainError(`${caller}: sites must be a whole number of at least 2, got ${sites}.`);
  if (!(Number.isInteger(states) && states >= 2 && states <= MAXIMUM_STATES))
    throw new DomainError(
      `${caller}: states must be a whole number from 2 to ${MAXIMUM_STATES}, got ${states}. ` +
        'With one state there is nothing to infer.',
    );
  if (values.length !== samples * sites)
    throw new ShapeError(
      `${caller}: values must hold ${samples} × ${sites} = ${samples * sites} entries, got ${values.length}.`,
    );
  if (weights && weights.length !== samples)
    throw new ShapeError(`${caller}: weights must hold ${samples} numbers, got ${weights.length}.`);
  for (let k = 0; k < values.length; k++)
    if (!(values[k] >= -1 && values[k] < states))
      throw new DataError(
        `${caller}: sample ${Math.floor(k / sites)}, site ${k % sites} is ${values[k]}; ` +
          `states run from 0 to ${states - 1}, and −1 marks a missing entry.`,
      );
}

function checkedWeights(data: Configurations, caller: string): Float64Array {
  const weights = Float64Array.from(data.weights ?? new Float64Array(data.samples).fill(1));
  let total = 0;
  weights.forEach((weight, sample) => {
    if (!(weight >= 0 && weight < Infinity))
      throw new DataError(
        `${caller}: the weight of sample ${sample} is ${weight}; it must be at least zero.`,
      );
    total += weight;
  });
  if (!(total > 0))
    throw new DataError(`${caller}: no data: ${data.samples} samples whose weights add up to ${total}.`);
  return weights;
}

function sortedRows(letters: Int8Array, sites: number, weights: Float64Array): Int32Array {
  const rows = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
  return rows.sort((a, b) => compareRows(letters, sites, a, b) || a - b);
}

function compareRows(letters: Int8Array, sites: number, a: number, b: number): number {
  const x = a * sites;
  const y = b * sites;
  for (let i = 0; i < sites; i++) {
    const difference = letters[x + i] - letters[y + i];
    if (difference !== 0) return difference;
  }
  return 0;
}

function mergeEqual(
  data: Configurations,
  letters: Int8Array,
  weights: Float64Array,
  order: Int32Array,
): DistinctSequences {
  const { sites, states } = data;
  const out = new Int8Array(order.length * sites);
  const merged: number[] = [];
  let totalWeight = 0;
  order.forEach((row, k) => {
    totalWeight += weights[row];
    if (k > 0 && compareRows(letters, sites, row, order[k - 1]) === 0) {
      merged[merged.length - 1] += weights[row];
      return;
    }
    out.set(letters.subarray(row * sites, (row + 1) * sites), merged.length * sites);
    merged.push(weights[row]);
  });
  const sequences = merged.length;
  return {
    sequences,
    sites,
    states,
    letters: out.slice(0, sequences * sites),
    weights: Float64Array.from(merged),
    totalWeight,
  };
}
