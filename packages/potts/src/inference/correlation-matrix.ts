import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { DistinctSequences } from './distinct-sequences.ts';

/** How much of the matrix is not data. */
export interface Regularization {
  /** Share α of uniform frequencies mixed into those of the data, 0…1. */
  readonly pseudocount: number;
  /** Added to the diagonal. */
  readonly shrinkage: number;
}

/** The matrix of connected correlations in WebAssembly memory, without the last state of every site. */
export interface CorrelationMatrix {
  /** Address of C, [sites·(states − 1), sites·(states − 1)], float64, the lower triangle. */
  readonly matrix: number;
  /** sites·(states − 1). */
  readonly length: number;
  /** f_i(a) with its share of uniform ones, [sites, states]. */
  readonly frequencies: Float64Array;
  /** f_i(a) of the data alone, [sites, states]; uniform where a site is missing everywhere. */
  readonly observed: Float64Array;
}

/**
 * Writes C_ij(a, b) = f_ij(a, b) − f_i(a) f_j(b) of weighted sequences, pseudocount and shrinkage included. A missing
 * letter counts as the mean of its column, so that C stays a covariance: it adds nothing to C_ij, i ≠ j, and C_ii is that
 * of the sequences which have the letter.
 *
 * @param matrix address of (sites·(states − 1))² float64.
 * @source morcos2011, eqs. (2)–(4)
 * @complexity O(sequences · sites²)
 */
export function correlationMatrix(
  runtime: WasmRuntime,
  data: DistinctSequences,
  regularization: Regularization,
  matrix: number,
): CorrelationMatrix {
  const { sites, states, totalWeight } = data;
  const length = sites * (states - 1);
  const columns = lettersBySite(data);
  const observed = observedFrequencies(data, columns);
  const { pseudocount: share, shrinkage } = regularization;
  const frequencies = observed.map((f) => (1 - share) * f + share / states);
  const target = runtime.float64(matrix, length * length);
  const counts = new Float64Array((states + 1) ** 2);
  for (let j = 0; j < sites; j++) {
    for (let i = 0; i < j; i++) {
      countPair(columns, data.weights, i, j, states + 1, counts.fill(0));
      centre(counts, observed, i, j, states);
      writePair(target, length, counts, observed, { i, j, states, share, scale: (1 - share) / totalWeight });
    }
    writeSite(target, length, frequencies, j, states, shrinkage);
  }
  return { matrix, length, frequencies, observed };
}

/** Letters by site with `states` for a missing one, [sites, sequences]. */
function lettersBySite({ sites, states, sequences, letters }: DistinctSequences): Uint8Array {
  const columns = new Uint8Array(sites * sequences);
  for (let s = 0; s < sequences; s++)
    for (let i = 0; i < sites; i++) {
      const letter = letters[s * sites + i];
      columns[i * sequences + s] = letter < 0 ? states : letter;
    }
  return columns;
}

function observedFrequencies(data: DistinctSequences, columns: Uint8Array): Float64Array {
  const { sites, states, sequences, weights } = data;
  const observed = new Float64Array(sites * states);
  for (let i = 0; i < sites; i++) {
    const counts = new Float64Array(states + 1);
    for (let s = 0; s < sequences; s++) counts[columns[i * sequences + s]] += weights[s];
    const present = counts.subarray(0, states).reduce((sum, count) => sum + count, 0);
    for (let a = 0; a < states; a++)
      observed[i * states + a] = present > 0 ? counts[a] / present : 1 / states;
  }
  return observed;
}

/** Weighted counts of letter pairs of two sites into [stride, stride]. */
function countPair(
  columns: Uint8Array,
  weights: Float64Array,
  i: number,
  j: number,
  stride: number,
  counts: Float64Array,
): void {
  const sequences = weights.length;
  const first = columns.subarray(i * sequences, (i + 1) * sequences);
  const second = columns.subarray(j * sequences, (j + 1) * sequences);
  for (let s = 0; s < sequences; s++) counts[first[s] * stride + second[s]] += weights[s];
}

/** Turns counts of pairs that are both present into sums of w (x_i − f_i)(x_j − f_j), in place. */
function centre(counts: Float64Array, observed: Float64Array, i: number, j: number, states: number): void {
  const stride = states + 1;
  const rows = new Float64Array(states);
  const columns = new Float64Array(states);
  let total = 0;
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) {
      const count = counts[a * stride + b];
      rows[a] += count;
      columns[b] += count;
      total += count;
    }
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) {
      const fi = observed[i * states + a];
      const fj = observed[j * states + b];
      counts[a * stride + b] += fi * fj * total - fj * rows[a] - fi * columns[b];
    }
}

/** C_ij = (1 − α)(Ĉ_ij + α (f_i − 1/q)(f_j − 1/q)), which is what mixing in uniform frequencies comes to. */
function writePair(
  target: Float64Array,
  length: number,
  sums: Float64Array,
  observed: Float64Array,
  pair: { i: number; j: number; states: number; share: number; scale: number },
): void {
  const { i, j, states, share, scale } = pair;
  for (let b = 0; b < states - 1; b++) {
    const row = (j * (states - 1) + b) * length + i * (states - 1);
    const dj = share * (1 - share) * (observed[j * states + b] - 1 / states);
    for (let a = 0; a < states - 1; a++)
      target[row + a] = scale * sums[a * (states + 1) + b] + dj * (observed[i * states + a] - 1 / states);
  }
}

function writeSite(
  target: Float64Array,
  length: number,
  frequencies: Float64Array,
  site: number,
  states: number,
  shrinkage: number,
): void {
  for (let b = 0; b < states - 1; b++) {
    const row = (site * (states - 1) + b) * length + site * (states - 1);
    const fb = frequencies[site * states + b];
    for (let a = 0; a <= b; a++)
      target[row + a] = (a === b ? fb + shrinkage : 0) - fb * frequencies[site * states + a];
  }
}
