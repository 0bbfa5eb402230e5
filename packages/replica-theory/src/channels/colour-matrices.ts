import { DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import { multiply, semidefiniteRoot, transpose } from '../linear-algebra/small-matrix.ts';

/** What the colours of teacher and student are to each other; C colours, rank r of the student. */
export interface ColourMatrices {
  readonly colours: number;
  readonly rank: number;
  /** B, [C, r], BB' = S_ss = Us P Us'/C. */
  readonly root: Float64Array;
  /** B⁺, [r, C]. */
  readonly inverse: Float64Array;
  /** S_tt = U P U'/C, [C, C]: the teacher's fields have covariance ρ S_tt. */
  readonly teacher: Float64Array;
  /** τ, [C, r]: row a is B⁺ S_ts' e_a with S_ts = U P Us'/C. */
  readonly overlap: Float64Array;
}

/** The identity matrix, [n, n]. */
function identityMatrix(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
}

/** P = 1 − 11'/C, which takes the mean over colours away. */
export function centring(colours: number): Float64Array {
  return identityMatrix(colours).map((value) => value - 1 / colours);
}

function checkMatrix(caller: string, name: string, matrix: ArrayLike<number>, colours: number): void {
  if (matrix.length !== colours * colours) {
    throw new ShapeError(
      `${caller}: ${name} must be [${colours}, ${colours}], got ${matrix.length} entries.`,
    );
  }
  for (let i = 0; i < matrix.length; i++) {
    if (!Number.isFinite(matrix[i])) throw new DomainError(`${caller}: ${name}[${i}] is ${matrix[i]}.`);
  }
}

/** P U P: the colour matrix with zero sums, which alone matters. @throws {ShapeError} @throws {DomainError} */
export function zeroSum(
  caller: string,
  name: string,
  matrix: ArrayLike<number> | undefined,
  colours: number,
): Float64Array {
  if (matrix === undefined) return centring(colours);
  checkMatrix(caller, name, matrix, colours);
  const p = centring(colours);
  return multiply(multiply(p, matrix, colours, colours, colours), p, colours, colours, colours);
}

/** a b'/C for [C, C] matrices with zero sums. */
export function colourCovariance(a: Float64Array, b: Float64Array, colours: number): Float64Array {
  return multiply(a, transpose(b, colours, colours), colours, colours, colours).map((x) => x / colours);
}

/**
 * Builds the colour matrices of a student with U_s and a teacher with U.
 *
 * @throws {ShapeError} when a matrix is not [colours, colours].
 * @throws {DomainError} when one is not finite or has no zero-sum part.
 */
export function colourMatrices(
  caller: string,
  colours: number,
  student?: Floats<'colours colours'>,
  teacher: Floats<'colours colours'> | undefined = student,
): ColourMatrices {
  const us = zeroSum(caller, 'colourMatrix', student, colours);
  const u = zeroSum(caller, 'teacherColourMatrix', teacher, colours);
  const { rank, root, inverse } = semidefiniteRoot(colourCovariance(us, us, colours), colours);
  const stt = colourCovariance(u, u, colours);
  if (rank === 0 || stt.every((value) => Math.abs(value) < 1e-200)) {
    throw new DomainError(`${caller}: a colour matrix has no zero-sum part, so that nothing can be learned.`);
  }
  const sts = colourCovariance(u, us, colours);
  const overlap = multiply(sts, transpose(inverse, rank, colours), colours, colours, rank);
  return { colours, rank, root, inverse, teacher: stt, overlap };
}

/** π_a ∝ exp(ρ S_tt,aa/2): how often each colour is the answer in the scenario `tilted`. */
export function tiltedClassProbabilities(
  teacher: Float64Array,
  colours: number,
  teacherVariance: number,
): Float64Array {
  const logits = Float64Array.from(
    { length: colours },
    (_, a) => (teacherVariance * teacher[a * colours + a]) / 2,
  );
  const top = logits.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const shares = logits.map((value) => Math.exp(value - top));
  const total = shares.reduce((sum, value) => sum + value, 0);
  return shares.map((value) => value / total);
}
