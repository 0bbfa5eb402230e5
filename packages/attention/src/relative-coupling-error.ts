import { DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import { type ConditionalCouplings, symmetrise, toZeroSumConditionals } from './coupling-gauge.ts';

/** Distances between learned and true couplings, both in the zero-sum gauge. */
export interface CouplingError {
  /** |W − W*|²/|W*|² over all ordered pairs, with every row of W as trained. */
  readonly asymmetric: number;
  /** The same after (W_ij(a, b) + W_ji(b, a))/2: the error of the Potts model that one would use. */
  readonly symmetrised: number;
}

/**
 * The squared relative error of couplings, comparable between parametrisations because both sides are brought to the
 * zero-sum gauge first.
 *
 * @param learned - couplings as trained, for instance `toPotts(…)` with its `asymmetric` tensor.
 * @param truth - the couplings that made the data.
 * @returns two dimensionless numbers; 0 is perfect, 1 is as bad as no couplings at all.
 * @throws {ShapeError} if the sizes differ.
 * @throws {DomainError} if the truth has no couplings.
 */
export function relativeCouplingError(
  learned: ConditionalCouplings,
  truth: ConditionalCouplings,
): CouplingError {
  if (learned.sites !== truth.sites || learned.states !== truth.states) {
    throw new ShapeError(
      `relativeCouplingError: sizes differ, learned has ${learned.sites} sites and ${learned.states} states, truth ` +
        `${truth.sites} and ${truth.states}.`,
    );
  }
  const { sites, states } = truth;
  const found = toZeroSumConditionals(learned).couplings;
  const wanted = toZeroSumConditionals(truth).couplings;
  const norm = squaredDistance(wanted, null);
  if (norm === 0) {
    throw new DomainError(
      'relativeCouplingError: the true couplings are all zero in the zero-sum gauge, nothing to compare with.',
    );
  }
  return {
    asymmetric: squaredDistance(found, wanted) / norm,
    symmetrised: squaredDistance(symmetrise(found, sites, states), wanted) / norm,
  };
}

/** How a learned colour matrix V compares with the true U, apart from the scale that (A, V) → (cA, V/c) leaves free. */
export interface ColourComparison {
  /** Cosine between the zero-sum parts of V and U, in [−1, 1]; the sign is free too. */
  readonly cosine: number;
  /** ±|V|/|U| with the sign of the cosine: multiply A by it to compare A with the true site couplings. */
  readonly scale: number;
}

/**
 * Compares colour couplings up to the free scale of a one-head layer.
 *
 * @param values - V, [states, states].
 * @param truth - U, [states, states].
 * @throws {ShapeError} if either is not [states, states].
 */
export function compareColours(
  values: ArrayLike<number>,
  truth: ArrayLike<number>,
  states: number,
): ColourComparison {
  if (values.length !== states * states || truth.length !== states * states) {
    throw new ShapeError(
      `compareColours: both matrices must have ${states * states} entries, got ${values.length} and ${truth.length}.`,
    );
  }
  const v = zeroSumMatrix(values, states);
  const u = zeroSumMatrix(truth, states);
  const lengthV = Math.sqrt(squaredDistance(v, null));
  const lengthU = Math.sqrt(squaredDistance(u, null));
  let dot = 0;
  for (let k = 0; k < v.length; k++) dot += v[k] * u[k];
  const cosine = dot / (lengthV * lengthU);
  return { cosine, scale: (Math.sign(cosine) * lengthV) / lengthU };
}

/** P M P with P = 1 − 11ᵀ/states: rows and columns sum to zero. */
export function zeroSumMatrix(matrix: ArrayLike<number>, states: number): Floats<'states states'> {
  const rows = new Float64Array(states);
  const columns = new Float64Array(states);
  let mean = 0;
  for (let a = 0; a < states; a++) {
    for (let b = 0; b < states; b++) {
      const x = matrix[a * states + b] / states;
      rows[a] += x;
      columns[b] += x;
      mean += x / states;
    }
  }
  return Float64Array.from(
    { length: states * states },
    (_, k) => matrix[k] - rows[Math.floor(k / states)] - columns[k % states] + mean,
  );
}

function squaredDistance(x: ArrayLike<number>, y: ArrayLike<number> | null): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += (x[k] - (y ? y[k] : 0)) ** 2;
  return total;
}
