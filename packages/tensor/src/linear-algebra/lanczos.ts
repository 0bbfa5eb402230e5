import { DomainError, letEventsThrough, ShapeError, type Status } from '@spinformer/numerics';
import { noise } from '../noise.ts';
import { KrylovBasis } from './krylov-basis.ts';
import { addScaled, type LinearMap, norm } from './vectors.ts';

/** Options of {@link lanczos}. */
export interface LanczosOptions {
  /** How many of the lowest eigenpairs, 1…n; default 1. */
  readonly states?: number;
  /**
   * Residual |A x − λ x| at which an eigenpair counts as found, relative to |A|, > 0; default 1e-11. The eigenvalue is
   * then right to about its square, the vector to about residual / gap.
   */
  readonly tolerance?: number;
  /** Most multiplications with A, ≥ 1; default 10,000. */
  readonly maximumProducts?: number;
  /** Vectors that are kept, ≥ 4: memory is 8 n bytes each; default 40. */
  readonly subspace?: number;
  /** The first vector, [n]; default fixed pseudo-random numbers. */
  readonly start?: ArrayLike<number>;
}

/** The lowest eigenpairs that were found. */
export interface LanczosResult {
  /** Ascending; fewer than asked for only where the status is not `converged`. */
  readonly values: Float64Array;
  /** Unit vectors [n], one for each value. */
  readonly vectors: readonly Float64Array[];
  /** |A x − λ x| of each, from one more multiplication. */
  readonly residuals: Float64Array;
  /** Multiplications with A. */
  readonly products: number;
  /** `converged`, `step-limit`, or `diverged` where a product was not finite. */
  readonly status: Status;
  readonly remedy?: string;
}

/** Where {@link lanczosTicks} stands after a few multiplications. */
export interface LanczosTick {
  /** Multiplications so far. */
  readonly step: number;
  readonly metrics: {
    /** Lowest Ritz value of the eigenpair under way: an upper bound of the eigenvalue. */
    readonly value: number;
    readonly residual: number;
    /** Eigenpairs found before it. */
    readonly found: number;
  };
  readonly status: Status;
  readonly remedy?: string;
  /** Present on the last tick. */
  readonly result?: LanczosResult;
}

/** Products between two looks at the projected matrix. */
const PRODUCTS_PER_LOOK = 4;

/**
 * The lowest eigenpairs of a symmetric matrix that is only known by its products: Lanczos with full
 * reorthogonalisation and thick restarts. Eigenpairs are sought one after another, each orthogonal to those before, so
 * that degenerate eigenvalues come as often as they should.
 *
 * @param multiply - y = A x.
 * @param n - order of the matrix.
 * @throws {DomainError | ShapeError} for an option out of its range or of the wrong length.
 * @source wu2000trlan; golub2013, section 10.3
 * @complexity each product costs 4·subspace·n operations besides.
 * @example
 * ```ts
 * const { values } = lanczos((x, out) => out.set(x.map((v, k) => k * v)), 1000);
 * // values[0] = 0 to rounding
 * ```
 */
export function lanczos(multiply: LinearMap, n: number, options: LanczosOptions = {}): LanczosResult {
  let last: LanczosTick | undefined;
  for (const tick of lanczosSteps(multiply, n, options)) last = tick;
  return last!.result!;
}

/**
 * {@link lanczos} as ticks, so that others get their turn and the run can be stopped.
 * @param options - with the signal that ends it, with status `aborted`.
 */
export async function* lanczosTicks(
  multiply: LinearMap,
  n: number,
  options: LanczosOptions & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<LanczosTick> {
  for (const tick of lanczosSteps(multiply, n, options)) {
    if (options.signal?.aborted && tick.status === 'running') {
      yield {
        ...tick,
        status: 'aborted',
        remedy: 'Stopped on request. Start again, from `start` if you kept one.',
      };
      return;
    }
    yield tick;
    await letEventsThrough();
  }
}

function* lanczosSteps(multiply: LinearMap, n: number, options: LanczosOptions): Generator<LanczosTick> {
  const resolved = resolve(n, options);
  const pairs: Eigenpair[] = [];
  let products = 0;
  let status: Status = 'running';
  while (status === 'running') {
    const start = (pairs.length === 0 && resolved.start) || noise(n, 1 + pairs.length);
    const locked = pairs.map(({ vector }) => vector);
    const basis = new KrylovBasis(multiply, start, Math.min(resolved.subspace, n - pairs.length), locked);
    let ritz = { value: Number.NaN, residual: Infinity, norm: 0 };
    while (status === 'running' && !isFound(ritz, resolved.tolerance)) {
      products += expand(basis, resolved.subspace);
      ritz = basis.isInvariant ? { ...basis.lowest(), residual: 0 } : basis.lowest();
      if (!Number.isFinite(ritz.value)) status = 'diverged';
      else if (products >= resolved.maximumProducts && !isFound(ritz, resolved.tolerance))
        status = 'step-limit';
      else
        yield {
          step: products,
          metrics: { value: ritz.value, residual: ritz.residual, found: pairs.length },
          status,
        };
    }
    if (status === 'running') pairs.push(finish(multiply, basis.lowestVector()));
    if (pairs.length === resolved.states) status = 'converged';
    products += status === 'running' || status === 'converged' ? 1 : 0;
    if (status !== 'running') yield lastTick(pairs, products, status, ritz);
  }
}

interface Eigenpair {
  readonly value: number;
  readonly vector: Float64Array;
  readonly residual: number;
}

function isFound({ residual, norm: scale }: { residual: number; norm: number }, tolerance: number): boolean {
  return residual <= tolerance * scale;
}

/** A few steps, with a restart first when there is no room; returns the number of products. */
function expand(basis: KrylovBasis, subspace: number): number {
  if (basis.isFull) basis.restart(Math.max(1, Math.floor(subspace / 3)));
  let products = 0;
  while (products < PRODUCTS_PER_LOOK && !basis.isFull) {
    basis.grow();
    products++;
    if (basis.isInvariant) break;
  }
  return products;
}

/** Rayleigh quotient and residual of a unit vector. */
function finish(multiply: LinearMap, vector: Float64Array): Eigenpair {
  const product = new Float64Array(vector.length);
  multiply(vector, product);
  const value = product.reduce((sum, x, k) => sum + x * vector[k], 0);
  addScaled(product, -value, vector);
  return { value, vector, residual: norm(product) };
}

function lastTick(
  pairs: Eigenpair[],
  products: number,
  status: Status,
  ritz: { value: number; residual: number },
): LanczosTick {
  const sorted = [...pairs].sort((a, b) => a.value - b.value);
  const remedy =
    status === 'step-limit'
      ? 'Raise maximumProducts, subspace or tolerance.'
      : status === 'diverged'
        ? 'A product was not finite. Check the map.'
        : undefined;
  const result: LanczosResult = {
    values: Float64Array.from(sorted, ({ value }) => value),
    vectors: sorted.map(({ vector }) => vector),
    residuals: Float64Array.from(sorted, ({ residual }) => residual),
    products,
    status,
    ...(remedy && { remedy }),
  };
  const metrics = { value: ritz.value, residual: ritz.residual, found: pairs.length };
  return { step: products, metrics, status, ...(remedy && { remedy }), result };
}

function resolve(n: number, options: LanczosOptions) {
  const { states = 1, tolerance = 1e-11, maximumProducts = 10_000, subspace = 40 } = options;
  if (!Number.isInteger(n) || n < 1)
    throw new DomainError(`lanczos: n must be a whole number from 1, got ${n}.`);
  if (!Number.isInteger(states) || states < 1 || states > n)
    throw new DomainError(`lanczos: states must be 1 … ${n}, got ${states}.`);
  if (!(tolerance > 0)) throw new DomainError(`lanczos: tolerance must be positive, got ${tolerance}.`);
  if (!(maximumProducts >= 1))
    throw new DomainError(`lanczos: maximumProducts must be at least 1, got ${maximumProducts}.`);
  if (!Number.isInteger(subspace) || subspace < 4)
    throw new DomainError(`lanczos: subspace must be a whole number from 4, got ${subspace}.`);
  if (options.start && options.start.length !== n)
    throw new ShapeError(`lanczos: start must have ${n} numbers, got ${options.start.length}.`);
  const start = options.start && Float64Array.from(options.start);
  if (start && !(norm(start) > 0)) throw new DomainError('lanczos: start must not be zero. Leave it out.');
  return { states, tolerance, maximumProducts, subspace: Math.min(subspace, n), start };
}
