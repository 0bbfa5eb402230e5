import { innerProduct, multiply, transpose } from '../linear-algebra/small-matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import type { ColourQuadrature } from '../quadrature/colour-quadrature.ts';
import { sigmoidGrid } from '../quadrature/gaussian-grid.ts';
import { type GaussianPoints, gridPoints, quasiRandomPoints } from '../quadrature/gaussian-points.ts';

/** An orthonormal basis [n, rank] of the range of a positive semidefinite matrix. */
export function rangeBasis(matrix: Float64Array, n: number): { basis: Float64Array; rank: number } {
  const { values, vectors } = symmetricEigen(matrix, n);
  const kept = Array.from({ length: n }, (_, k) => k).filter((k) => values[k] > 1e-13 * values[n - 1]);
  const rank = kept.length;
  const basis = new Float64Array(n * rank);
  for (let i = 0; i < n; i++)
    kept.forEach((k, column) => {
      basis[i * rank + column] = vectors[i * n + k];
    });
  return { basis, rank };
}

/** The positive square root of a symmetric [n, n] matrix, negative eigenvalues taken for zero; continuous in it. */
function symmetricRoot(matrix: ArrayLike<number>, n: number): { root: Float64Array; largest: number } {
  const { values, vectors } = symmetricEigen(matrix, n);
  const scaled = vectors.map((value, i) => value * Math.sqrt(Math.max(0, values[i % n])));
  const root = multiply(scaled, transpose(vectors, n, n), n, n, n);
  return { root, largest: Math.max(0, values[n - 1]) };
}

/**
 * E (E' A E)^½ for an orthonormal basis E [n, rank]: a root of A that follows A continuously, so that common random
 * numbers stay common from one update to the next.
 */
export function rootInBasis(
  matrix: ArrayLike<number>,
  basis: Float64Array,
  n: number,
  rank: number,
): { root: Float64Array; largest: number } {
  const half = multiply(matrix, basis, n, n, rank);
  const inner = multiply(transpose(basis, n, rank), half, rank, n, rank);
  for (let i = 0; i < rank; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (inner[i * rank + j] + inner[j * rank + i]) / 2;
      inner[i * rank + j] = mean;
      inner[j * rank + i] = mean;
    }
  }
  const { root, largest } = symmetricRoot(inner, rank);
  return { root: multiply(basis, root, n, rank, rank), largest };
}

/** Widths of the inner grid: of one axis (as fine as floats), of several (9 digits). */
const LINE_RADIUS = 8.5;
const BALL_RADIUS = 6.6;

/** A grid for averages of softmax(h̄ + Rη) over η, spaced for the largest eigenvalue of RR'. */
export function teacherGrid(largest: number, dimensions: number): GaussianPoints {
  // Logits of two colours differ by 2h where h has half the variance of the vector: the sigmoid's grid applies.
  const line = sigmoidGrid(largest / 2);
  if (dimensions === 1) return gridPoints(1, line.nodes.length, Math.max(LINE_RADIUS, line.nodes.at(-1)!));
  const spacing = 1.5 * (line.nodes[1] - line.nodes[0]);
  const half = Math.max(4, Math.ceil(BALL_RADIUS / spacing));
  return gridPoints(dimensions, 2 * half + 1, half * spacing);
}

/** Teacher points for each of the student's: they cost little beside its proximal points. */
const TEACHER_POINTS = 16;

/**
 * Quasi-random points of student and teacher together: each of the student's has {@link TEACHER_POINTS} of the
 * teacher's, index by index in blocks of the student's count.
 */
export function splitAxes(
  plan: ColourQuadrature,
  studentRank: number,
  teacherRank: number,
): { student: GaussianPoints; paired: GaussianPoints } {
  const dimensions = studentRank + teacherRank;
  const student = quasiRandomPoints(
    studentRank,
    plan.size,
    plan.seed,
    `student/${plan.level}`,
    0,
    dimensions,
  );
  const blocks = Array.from({ length: TEACHER_POINTS }, (_, block) =>
    quasiRandomPoints(
      teacherRank,
      plan.size,
      plan.seed,
      `teacher-${block}/${plan.level}`,
      studentRank,
      dimensions,
    ),
  );
  const count = student.count * TEACHER_POINTS;
  const points = new Float64Array(count * teacherRank);
  blocks.forEach((block, i) => {
    points.set(block.points, i * student.count * teacherRank);
  });
  const weights = new Float64Array(count).fill(1 / count);
  return { student, paired: { count, dimensions: teacherRank, points, weights } };
}

/** p* = E softmax(g*) and D = E[diag p* − p*p*'], at one student field. */
export interface TeacherMoments {
  /** [colours]. */
  readonly probabilities: Float64Array;
  /** [colours, colours]: row a is E[p*_a (e_a − p*)]. */
  readonly slopes: Float64Array;
}

/** Averages softmax(mean + R η) over points η with weights; results are overwritten by the next call. */
export class TeacherAverager {
  readonly moments: TeacherMoments;
  readonly #colours: number;
  readonly #shifts: Float64Array;
  readonly #weights: Float64Array;
  readonly #current: Float64Array;

  /** @param root - R, [colours, dimensions]. */
  constructor(root: Float64Array, colours: number, points: GaussianPoints) {
    const { dimensions, count } = points;
    this.#colours = colours;
    this.#weights = points.weights;
    this.#shifts = multiply(points.points, transpose(root, colours, dimensions), count, dimensions, colours);
    this.#current = new Float64Array(colours);
    this.moments = {
      probabilities: new Float64Array(colours),
      slopes: new Float64Array(colours * colours),
    };
  }

  /** Adds the softmax of one field with a weight. */
  #add(mean: Float64Array, index: number, weight: number): void {
    const colours = this.#colours;
    const current = this.#current;
    let top = Number.NEGATIVE_INFINITY;
    for (let a = 0; a < colours; a++) {
      current[a] = mean[a] + this.#shifts[index * colours + a];
      if (current[a] > top) top = current[a];
    }
    let total = 0;
    for (let a = 0; a < colours; a++) {
      current[a] = Math.exp(current[a] - top);
      total += current[a];
    }
    const { probabilities, slopes } = this.moments;
    for (let a = 0; a < colours; a++) current[a] /= total;
    for (let a = 0; a < colours; a++) {
      const share = weight * current[a];
      probabilities[a] += share;
      slopes[a * colours + a] += share;
      for (let b = 0; b < colours; b++) slopes[a * colours + b] -= share * current[b];
    }
  }

  /** Averages over all points around a mean field, [colours]. */
  averageAll(mean: Float64Array): TeacherMoments {
    this.#clear();
    for (let i = 0; i < this.#weights.length; i++) this.#add(mean, i, this.#weights[i]);
    return this.moments;
  }

  /** Averages over the points that belong to the student's point `index` of `count`: index, index + count, … */
  near(mean: Float64Array, index: number, count: number): TeacherMoments {
    this.#clear();
    const share = count / this.#weights.length;
    for (let i = index; i < this.#weights.length; i += count) this.#add(mean, i, share);
    return this.moments;
  }

  #clear(): void {
    this.moments.probabilities.fill(0);
    this.moments.slopes.fill(0);
  }
}

/** Σ_c slopes[a, c] · T[c, ·] against a force: E[p*_a (e_a − p*)]' T f. */
export function alongTeacher(
  slopes: Float64Array,
  answer: number,
  overlap: Float64Array,
  force: Float64Array,
): number {
  const rank = force.length;
  const colours = overlap.length / rank;
  let total = 0;
  for (let c = 0; c < colours; c++) {
    const slope = slopes[answer * colours + c];
    total += slope * innerProduct(overlap.subarray(c * rank, (c + 1) * rank), force);
  }
  return total;
}
