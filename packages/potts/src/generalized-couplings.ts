import { DomainError, type Floats, type Rng } from '@spinformer/numerics';

/**
 * Site couplings of a rectangular lattice in any number of dimensions: every bond of nearest neighbours has the value
 * `coupling`. Site numbers are row-major in `shape`. A periodic side of length 2 joins its two sites by one bond, not
 * two.
 *
 * @param options.shape lengths of the sides, as [20] for a chain and [8, 8] for a square.
 * @param options.coupling strength of each bond, in units of k_B T; positive favours equal states.
 * @param options.periodic default true.
 * @returns J, [sites, sites], symmetric, new.
 * @throws {DomainError} for a side that is no whole number of at least 1, or a coupling that is not finite.
 */
export function latticeCouplings(options: {
  shape: readonly number[];
  coupling: number;
  periodic?: boolean;
}): Floats<'sites sites'> {
  const { shape, coupling, periodic = true } = options;
  if (shape.length === 0 || shape.some((side) => !Number.isInteger(side) || side < 1))
    throw new DomainError(
      `latticeCouplings: shape must list whole numbers of at least 1, got [${shape.join(', ')}].`,
    );
  const sites = shape.reduce((product, side) => product * side, 1);
  const edges: [number, number][] = [];
  let stride = sites;
  for (const side of shape) {
    stride /= side;
    for (let site = 0; site < sites; site++) {
      const position = Math.floor(site / stride) % side;
      if (position + 1 < side) edges.push([site, site + stride]);
      else if (periodic && side > 2) edges.push([site, site - position * stride]);
    }
  }
  return graphCouplings({ sites, edges, coupling });
}

/**
 * Site couplings of a given graph: one value on every edge, or a value per edge.
 *
 * @param options.edges pairs of different sites, 0…sites−1, each pair once.
 * @param options.coupling one number for all edges, or one per edge.
 * @returns J, [sites, sites], symmetric, new.
 * @throws {DomainError} for an edge that joins a site to itself or leaves the graph, and for values that are not finite
 *   or too few.
 */
export function graphCouplings(options: {
  sites: number;
  edges: readonly (readonly [number, number])[];
  coupling: number | ArrayLike<number>;
}): Floats<'sites sites'> {
  const { sites, edges, coupling } = options;
  if (typeof coupling !== 'number' && coupling.length !== edges.length)
    throw new DomainError(
      `graphCouplings: ${edges.length} edges need as many values, got ${coupling.length}.`,
    );
  const couplings = new Float64Array(sites * sites);
  edges.forEach(([i, j], index) => {
    const value = typeof coupling === 'number' ? coupling : coupling[index];
    const inside = [i, j].every((site) => Number.isInteger(site) && site >= 0 && site < sites);
    if (!inside || i === j)
      throw new DomainError(
        `graphCouplings: edge ${index} (${i}, ${j}) must join two of the sites 0…${sites - 1}.`,
      );
    if (!Number.isFinite(value))
      throw new DomainError(`graphCouplings: the coupling of edge ${index} is ${value}.`);
    couplings[i * sites + j] = couplings[j * sites + i] = value;
  });
  return couplings;
}

/**
 * Dense Gaussian site couplings, J_ij ~ N(0, β²/L) for i < j, symmetric, zero diagonal: the couplings of a
 * Sherrington–Kirkpatrick glass.
 *
 * @param options.beta scale, in units of 1/k_B T. Default 1.
 * @returns J, [sites, sites], new.
 * @throws {DomainError} for a beta that is not finite.
 */
export function gaussianCouplings(options: {
  sites: number;
  beta?: number;
  rng: Rng;
}): Floats<'sites sites'> {
  const { sites, rng } = options;
  const scale = checkBeta('gaussianCouplings', options.beta) / Math.sqrt(sites);
  return symmetric(sites, () => scale * rng.normal());
}

/**
 * Dense couplings of random sign, J_ij = ±β/√L with equal probability, symmetric, zero diagonal.
 *
 * @param options.beta scale, in units of 1/k_B T. Default 1.
 * @returns J, [sites, sites], new.
 * @throws {DomainError} for a beta that is not finite.
 */
export function signCouplings(options: { sites: number; beta?: number; rng: Rng }): Floats<'sites sites'> {
  const { sites, rng } = options;
  const scale = checkBeta('signCouplings', options.beta) / Math.sqrt(sites);
  return symmetric(sites, () => (rng.integer(2) === 0 ? scale : -scale));
}

/**
 * Gaussian couplings on a sparse random graph: every pair is joined with probability degree/(L − 1), independently,
 * and a joined pair has J_ij ~ N(0, β²/degree).
 *
 * @param options.degree mean number of neighbours, in (0, sites − 1].
 * @param options.beta scale, in units of 1/k_B T. Default 1.
 * @returns J, [sites, sites], symmetric, new.
 * @throws {DomainError} for a degree out of range or a beta that is not finite.
 */
export function sparseCouplings(options: {
  sites: number;
  degree: number;
  beta?: number;
  rng: Rng;
}): Floats<'sites sites'> {
  const { sites, degree, rng } = options;
  if (!(degree > 0 && degree <= sites - 1))
    throw new DomainError(`sparseCouplings: degree must be in (0, ${sites - 1}], got ${degree}.`);
  const scale = checkBeta('sparseCouplings', options.beta) / Math.sqrt(degree);
  return symmetric(sites, () => (rng.uniform() * (sites - 1) < degree ? scale * rng.normal() : 0));
}

/** The colour couplings of the ordinary Potts model: U_ab = 1 for a = b, otherwise 0. */
export function identityColours(states: number): Floats<'states states'> {
  return Float64Array.from({ length: states * states }, (_, k) => (k % (states + 1) === 0 ? 1 : 0));
}

/**
 * Random symmetric colour couplings, U = P (B + Bᵀ)/√2 P with B_ab ~ N(0, 1) and P = 1 − 11ᵀ/C: a matrix of the
 * Gaussian orthogonal ensemble in zero-sum form.
 *
 * @returns U, [states, states], rows and columns of sum zero, new.
 */
export function goeColours(options: { states: number; rng: Rng }): Floats<'states states'> {
  const { states, rng } = options;
  const b = Float64Array.from({ length: states * states }, () => rng.normal());
  const u = b.map((value, k) => (value + b[(k % states) * states + Math.floor(k / states)]) / Math.SQRT2);
  const means = Float64Array.from({ length: states }, (_, a) => {
    let sum = 0;
    for (let c = 0; c < states; c++) sum += u[a * states + c];
    return sum / states;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / states;
  return u.map((value, k) => value - means[Math.floor(k / states)] - means[k % states] + mean);
}

function symmetric(sites: number, draw: () => number): Float64Array {
  const couplings = new Float64Array(sites * sites);
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) couplings[i * sites + j] = couplings[j * sites + i] = draw();
  return couplings;
}

function checkBeta(caller: string, beta = 1): number {
  if (!Number.isFinite(beta)) throw new DomainError(`${caller}: beta must be a finite number, got ${beta}.`);
  return beta;
}
