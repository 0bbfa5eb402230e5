import { DomainError } from '@spinformer/numerics';

/** Most sites whose configurations are kept as bits of a 32-bit word. */
export const MAXIMUM_BASIS_SITES = 32;

/** Most configurations that are listed: a gibibyte of words. */
const MAXIMUM_STATES = 2 ** 28;

/** All configurations of `sites` spins of which `up` point up. */
export interface SpinBasis {
  readonly sites: number;
  readonly up: number;
  /** Number of configurations, sites! / (up! (sites − up)!). */
  readonly dimension: number;
  /** Configurations as bits, ascending; bit r set means that site r points up. */
  readonly states: Uint32Array;
  /** Position of a configuration given as bits; undefined behaviour for one outside the sector. */
  indexOf(state: number): number;
  /** Configurations first … first + samples − 1 as spins [samples, sites], ±1; by default all of them. */
  spins(first?: number, samples?: number): Int8Array;
}

/** n over k, exact as long as it is below 2^53. */
export function binomial(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let value = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) value = Math.round((value * (n - i + 1)) / i);
  return value;
}

/**
 * Enumerates a sector of fixed S^z, for exact sums over configurations, in the order of the integers.
 *
 * @param sites - 1 … 32.
 * @param up - number of up spins; default half of the sites, S^z = 0.
 * @throws {DomainError} for impossible numbers, an odd number of sites without `up`, or more than 2^28 configurations.
 * @example
 * ```ts
 * const basis = basisStates(16);
 * basis.dimension; // 12870
 * basis.indexOf(basis.states[7]); // 7
 * ```
 */
export function basisStates(sites: number, up: number = sites / 2): SpinBasis {
  if (!Number.isInteger(sites) || sites < 1 || sites > MAXIMUM_BASIS_SITES)
    throw new DomainError(`basisStates: sites must be 1 … ${MAXIMUM_BASIS_SITES}, got ${sites}.`);
  if (!Number.isInteger(up) || up < 0 || up > sites)
    throw new DomainError(
      `basisStates: ${sites} sites cannot have ${up} up spins. ` +
        (Number.isInteger(up) ? `Give 0 … ${sites}.` : 'An odd number has no sector S^z = 0: give up.'),
    );
  const dimension = binomial(sites, up);
  if (dimension > MAXIMUM_STATES)
    throw new DomainError(
      `basisStates: ${sites} sites with ${up} up spins have ${dimension.toLocaleString('en')} configurations, ` +
        `more than ${MAXIMUM_STATES.toLocaleString('en')}. Sum over samples instead.`,
    );
  const states = enumerate(sites, up, dimension);
  const tables = linTables(sites, up);
  return {
    sites,
    up,
    dimension,
    states,
    indexOf: (state) => positionOf(tables, state),
    spins: (first = 0, samples = dimension - first) => toSpins(states, sites, first, samples),
  };
}

/** Words with `up` bits of `sites`, ascending: the next one moves the lowest run of ones by Gosper's rule. */
function enumerate(sites: number, up: number, dimension: number): Uint32Array {
  const states = new Uint32Array(dimension);
  let word = up === 32 ? 2 ** 32 - 1 : 2 ** up - 1;
  for (let k = 0; k < dimension; k++) {
    states[k] = word;
    const lowest = (word & -word) >>> 0;
    const ripple = word + lowest;
    word = ripple + Math.floor(((ripple ^ word) >>> 2) / lowest);
    if (up === 0 || ripple >= 2 ** sites) break;
  }
  return states;
}

/**
 * Lin's tables: the position of a configuration is first[high half] + rank[low half], where `rank` counts smaller words
 * with as many ones, and `first` the configurations with a smaller high half.
 * @source lin1990
 */
export interface LinTables {
  /** Bits of the low half. */
  readonly half: number;
  readonly first: Uint32Array;
  readonly rank: Uint32Array;
}

/** The tables of a sector; each has at most 2^16 entries. */
export function linTables(sites: number, up: number): LinTables {
  const half = Math.ceil(sites / 2);
  const size = 2 ** half;
  const ones = new Uint8Array(size);
  const seen = new Uint32Array(half + 1);
  const rank = new Uint32Array(size);
  const first = new Uint32Array(size);
  let before = 0;
  for (let word = 0; word < size; word++) {
    ones[word] = ones[word >> 1] + (word & 1);
    rank[word] = seen[ones[word]]++;
    first[word] = before;
    if (word < 2 ** (sites - half)) before += binomial(half, up - ones[word]);
  }
  return { half, first, rank };
}

function positionOf({ half, first, rank }: LinTables, state: number): number {
  return first[state >>> half] + rank[state & (2 ** half - 1)];
}

function toSpins(states: Uint32Array, sites: number, first: number, samples: number): Int8Array {
  const spins = new Int8Array(samples * sites);
  for (let s = 0; s < samples; s++)
    for (let r = 0; r < sites; r++) spins[s * sites + r] = (states[first + s] >>> r) & 1 ? 1 : -1;
  return spins;
}
