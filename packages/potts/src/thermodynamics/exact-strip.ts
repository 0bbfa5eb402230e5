import { DomainError } from '@spinformer/numerics';
import { leadingEigenvalues } from './leading-eigenvalues.ts';
import { type Dual, type Strip, StripColumns } from './strip-columns.ts';

/** Largest number of configurations of a column: for open strips, infinite ones, and ones closed along their length. */
const LARGEST = { open: 2 ** 20, infinite: 2 ** 16, closed: 2 ** 12 } as const;

/** Options of {@link exactStrip}. */
export interface StripOptions extends Strip {
  /** Sites along the strip, at least 1, or Infinity (the default). */
  readonly length?: number;
  /** Whether a strip of finite length closes along it. Default true. */
  readonly closed?: boolean;
}

/** A strip's thermodynamics at inverse temperature β, exactly. */
export interface ExactStrip {
  /** log Z; Infinity for an infinite strip. */
  readonly logZ: number;
  /** log Z per site. */
  readonly logZPerSite: number;
  /** ⟨E⟩ per site. */
  readonly energyPerSite: number;
  /** ξ = 1/ln(λ₀/|λ₁|) along an infinite strip, in sites; NaN for a finite one. */
  readonly correlationLength: number;
}

/**
 * Log Z and energy of a strip of a square lattice by its transfer matrix, exactly up to rounding, and the correlation
 * length where it is infinite. A column is added edge by edge, so that the matrix is never written down.
 *
 * @throws {DomainError | ShapeError} for impossible sizes, couplings that are not symmetric, or columns of too many
 *   configurations: 2^20 for open strips, 2^16 for infinite ones, 2^12 for ones that close along their length.
 * @throws {ConvergenceError} where two eigenvalues nearly coincide.
 * @source wu1982potts; kaufman1949 (two states)
 * @complexity O(length·width·states^(width+1)); closed O(length·width·states^(2·width+1))
 * @example
 * ```ts
 * exactStrip({ width: 8, states: 3, coupling: Math.log(1 + Math.sqrt(3)) }).correlationLength;
 * ```
 */
export function exactStrip(options: StripOptions): ExactStrip {
  const { length = Number.POSITIVE_INFINITY, closed = true, width } = options;
  if (!(length === Number.POSITIVE_INFINITY || (Number.isInteger(length) && length >= 1)))
    throw new DomainError(
      `exactStrip: length must be a whole number of at least 1 or Infinity, got ${length}.`,
    );
  if (length === Number.POSITIVE_INFINITY) return infiniteStrip(options);
  // As on every lattice here, a closed side of two sites joins them once.
  const wraps = closed && length > 2;
  const columns = new StripColumns('exactStrip', options, wraps ? LARGEST.closed : LARGEST.open);
  const [logZ, slope] = wraps ? closedStrip(columns, length) : openStrip(columns, length);
  const sites = width * length;
  return { logZ, logZPerSite: logZ / sites, energyPerSite: -slope / sites, correlationLength: Number.NaN };
}

function infiniteStrip(options: StripOptions): ExactStrip {
  const columns = new StripColumns('exactStrip', options, LARGEST.infinite);
  const still = new Float64Array(columns.size);
  const apply = (value: Float64Array) => columns.apply({ value, slope: still }).value;
  const { first, second, vector } = leadingEigenvalues(apply, columns.size);
  const { slope } = columns.apply({ value: vector, slope: still });
  const derivative = slope.reduce((sum, value, k) => sum + value * vector[k], 0) / first;
  return {
    logZ: Number.POSITIVE_INFINITY,
    logZPerSite: Math.log(first) / options.width,
    energyPerSite: -derivative / options.width,
    correlationLength: second === 0 ? 0 : 1 / Math.log(first / Math.abs(second)),
  };
}

/** log Z and its derivative by β. */
function openStrip(columns: StripColumns, length: number): [number, number] {
  const ends = columns.ends();
  const [{ value, slope }, log] = power(columns, ends, length - 1);
  let z = 0;
  let dz = 0;
  for (let k = 0; k < value.length; k++) {
    z += ends.value[k] * value[k];
    dz += ends.slope[k] * value[k] + ends.value[k] * slope[k];
  }
  return [log + Math.log(z), dz / z];
}

/** The trace of T^length, column configuration by column configuration. */
function closedStrip(columns: StripColumns, length: number): [number, number] {
  const logs: number[] = [];
  const slopes: number[] = [];
  for (let k = 0; k < columns.size; k++) {
    const start = { value: new Float64Array(columns.size), slope: new Float64Array(columns.size) };
    start.value[k] = 1;
    const [{ value, slope }, log] = power(columns, start, length);
    logs.push(log + Math.log(value[k]));
    slopes.push(slope[k] / value[k]);
  }
  const top = logs.reduce((most, log) => Math.max(most, log), Number.NEGATIVE_INFINITY);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return [top + Math.log(total), weights.reduce((sum, weight, k) => sum + weight * slopes[k], 0) / total];
}

/** T^count v with its derivative, scaled, and the logarithm of the scale. */
function power(columns: StripColumns, v: Dual, count: number): [Dual, number] {
  let log = 0;
  let current = v;
  for (let step = 0; step < count; step++) {
    const next = columns.apply(current);
    const top = next.value.reduce((most, value) => Math.max(most, value), 0);
    log += Math.log(top);
    current = { value: next.value.map((x) => x / top), slope: next.slope.map((x) => x / top) };
  }
  return [current, log];
}
