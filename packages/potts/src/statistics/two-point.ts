import { type Configurations, DomainError, type Floats } from '@spinformer/numerics';
import { type Columns, columnsOf, countPlaces, scaledColumn } from './columns.ts';
import { normalised } from './one-point.ts';

/** How statistics of pairs are returned. */
export interface PairStatisticsOptions {
  /** Numbers of the result; sums are float64 in either case. Default `float64`: 8 L²q² bytes. */
  readonly precision?: 'float64' | 'float32';
}

/** Statistics of every pair of sites, [sites, sites, states, states]. */
export type PairStatistics = Floats<'sites sites states states'> | Float32Array;

/** Most numbers of one result. */
const MAX_NUMBERS = 2 ** 30;

/**
 * Weighted frequencies f_ij(a, b) of every pair of sites, over the samples in which neither is missing; on the diagonal
 * f_i(a) for a = b.
 *
 * @returns [sites, sites, states, states], new, with f_ij(a, b) = f_ji(b, a); a pair that no sample knows is zero.
 * @throws {ShapeError | DomainError} for configurations whose sizes or entries are wrong, or a result above 2^30 numbers.
 * @complexity O(samples·sites²/2 + sites²·states²)
 */
export function twoSiteFrequencies(
  data: Configurations,
  options: PairStatisticsOptions = {},
): PairStatistics {
  return everyPair('twoSiteFrequencies', data, options, (frequencies) => frequencies);
}

/**
 * Connected correlations C_ij(a, b) = f_ij(a, b) − f_i(a) f_j(b): what is left of pair frequencies beyond those of the
 * sites. With missing entries, f_i and f_j are those of the samples that know both, so that C sums to zero over a and
 * over b always.
 *
 * @returns [sites, sites, states, states], new, symmetric as {@link twoSiteFrequencies}; on the diagonal
 *   f_i(a) δ_ab − f_i(a) f_i(b).
 * @throws {ShapeError | DomainError} as {@link twoSiteFrequencies}.
 * @complexity O(samples·sites²/2 + sites²·states²)
 */
export function connectedCorrelations(
  data: Configurations,
  options: PairStatisticsOptions = {},
): PairStatistics {
  return everyPair('connectedCorrelations', data, options, connected);
}

function everyPair(
  caller: string,
  data: Configurations,
  { precision = 'float64' }: PairStatisticsOptions,
  finish: (frequencies: Float64Array, states: number) => Float64Array,
): PairStatistics {
  const size = (data.sites * data.states) ** 2;
  if (size > MAX_NUMBERS)
    throw new DomainError(
      `${caller}: ${data.sites} sites of ${data.states} states have ${size} pair statistics, more than ${MAX_NUMBERS}. ` +
        'Take a part of the sites at a time.',
    );
  const columns = columnsOf(caller, data);
  const { sites, states } = columns;
  const result = precision === 'float32' ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < sites; i++) {
    const first = scaledColumn(columns, i, states + 1);
    for (let j = i; j < sites; j++)
      writePair(result, finish(pairFrequencies(columns, first, j), states), i, j, columns);
  }
  return result;
}

/** f_ij of one pair, [states, states]; `first` is the column of i, scaled by states + 1. */
function pairFrequencies(columns: Columns, first: Int32Array, j: number): Float64Array {
  const { states } = columns;
  const counts = new Float64Array((states + 1) ** 2);
  countPlaces(first, columns, j, counts);
  const known = new Float64Array(states * states);
  for (let a = 0; a < states; a++)
    known.set(counts.subarray(a * (states + 1), a * (states + 1) + states), a * states);
  return normalised(known);
}

function connected(frequencies: Float64Array, states: number): Float64Array {
  const rows = new Float64Array(states);
  const columns = new Float64Array(states);
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) {
      rows[a] += frequencies[a * states + b];
      columns[b] += frequencies[a * states + b];
    }
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) frequencies[a * states + b] -= rows[a] * columns[b];
  return frequencies;
}

function writePair(
  result: PairStatistics,
  pair: Float64Array,
  i: number,
  j: number,
  { sites, states }: Columns,
): void {
  result.set(pair, (i * sites + j) * states * states);
  if (i === j) return;
  const to = (j * sites + i) * states * states;
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) result[to + b * states + a] = pair[a * states + b];
}
