import { multiply, semidefiniteRoot, transpose } from '../linear-algebra/small-matrix.ts';
import { type ColourQuadrature, colourPoints } from '../quadrature/colour-quadrature.ts';
import { ERROR_SAMPLES, type GaussianPoints, quasiRandomPoints } from '../quadrature/gaussian-points.ts';
import type { Scenario } from '../replica-problem.ts';
import type { TestAverages } from './channel.ts';
import { centring, tiltedClassProbabilities } from './colour-matrices.ts';
import { SoftmaxProx } from './softmax-prox.ts';
import { fieldLoss } from './softmax-sums.ts';
import { rangeBasis, rootInBasis, splitAxes, TeacherAverager, teacherGrid } from './teacher-fields.ts';

/** Order parameters of a student with a matrix per site, each [colours, colours]. */
export interface MatrixOrder {
  /** E[g g*'], student rows, teacher columns. */
  readonly m: Float64Array;
  /** E[g g']. */
  readonly q: Float64Array;
  /** The response. */
  readonly v: Float64Array;
}

/** Averages over one training example, per example. */
export interface MatrixAverages {
  readonly mHat: Float64Array;
  readonly qHat: Float64Array;
  readonly vHat: Float64Array;
  readonly trainingLoss: number;
  readonly envelope: number;
}

/** Visits each student field with its weight, the answers' probabilities and their slopes towards the teacher's fields. */
type FieldVisitor = (
  field: Float64Array,
  weight: number,
  probabilities: Float64Array,
  slopes: Float64Array,
) => void;

/** What does not change with the order parameters. */
interface MatrixParts {
  readonly colours: number;
  /** ρ Σ, [colours, colours]. */
  readonly teacherCovariance: Float64Array;
  readonly classes: Float64Array;
  /** Basis of the zero-sum vectors, [colours, colours − 1]. */
  readonly basis: Float64Array;
  readonly teacherBasis: Float64Array;
  readonly teacherRank: number;
  readonly points: readonly GaussianPoints[];
  readonly paired?: GaussianPoints;
}

function forEachTilted(parts: MatrixParts, { m, q }: MatrixOrder, visit: FieldVisitor): void {
  const { colours, basis } = parts;
  const rank = colours - 1;
  const { root } = rootInBasis(q, basis, colours, rank);
  const field = new Float64Array(colours);
  for (let answer = 0; answer < colours; answer++) {
    const { points, weights, count } = parts.points[answer];
    const certain = new Float64Array(colours);
    certain[answer] = 1;
    // The teacher's pull is e_y itself; only row y of the slopes is ever used, because the others weigh nothing.
    const slopes = new Float64Array(colours * colours);
    slopes[answer * colours + answer] = 1;
    for (let i = 0; i < count; i++) {
      for (let a = 0; a < colours; a++) {
        field[a] = m[a * colours + answer];
        for (let k = 0; k < rank; k++) field[a] += root[a * rank + k] * points[i * rank + k];
      }
      visit(field, parts.classes[answer] * weights[i], certain, slopes);
    }
  }
}

/** Eigenvalues of q below this fraction of the largest carry no field. */
const NO_FIELD = 1e-14;

function inverseSymmetric(matrix: Float64Array, n: number): Float64Array {
  const { root, inverse, rank } = semidefiniteRoot(matrix, n, NO_FIELD);
  if (root.length === 0) return new Float64Array(n * n);
  return multiply(transpose(inverse, rank, n), inverse, n, rank, n);
}

function forEachGaussian(parts: MatrixParts, { m, q }: MatrixOrder, visit: FieldVisitor): void {
  const { colours, basis } = parts;
  const rank = colours - 1;
  const { root } = rootInBasis(q, basis, colours, rank);
  const inner = multiply(transpose(basis, colours, rank), root, rank, colours, rank);
  const unfold = multiply(basis, inverseSymmetric(inner, rank), colours, rank, rank);
  const slope = multiply(transpose(m, colours, colours), unfold, colours, colours, rank);
  const explained = multiply(slope, transpose(slope, colours, rank), colours, rank, colours);
  const covariance = parts.teacherCovariance.map((value, i) => value - explained[i]);
  const noise = rootInBasis(covariance, parts.teacherBasis, colours, parts.teacherRank);
  const noisePoints = parts.paired ?? teacherGrid(noise.largest, parts.teacherRank);
  const averager = new TeacherAverager(noise.root, colours, noisePoints);
  const { points, weights, count } = parts.points[0];
  const field = new Float64Array(colours);
  const mean = new Float64Array(colours);
  for (let i = 0; i < count; i++) {
    field.fill(0);
    mean.fill(0);
    for (let a = 0; a < colours; a++) {
      for (let k = 0; k < rank; k++) {
        field[a] += root[a * rank + k] * points[i * rank + k];
        mean[a] += slope[a * rank + k] * points[i * rank + k];
      }
    }
    const { probabilities, slopes } = parts.paired
      ? averager.near(mean, i, count)
      : averager.averageAll(mean);
    visit(field, weights[i], probabilities, slopes);
  }
}

/** Adds weight · H (1 + VH)⁻¹ = H − HB (1 + B'HB)⁻¹ B'H at a solved proximal point. */
class ResponseSum {
  readonly total: Float64Array;
  readonly #root: Float64Array;
  readonly #rows: Float64Array;

  constructor(root: Float64Array, colours: number) {
    this.total = new Float64Array(colours * colours);
    this.#root = root;
    this.#rows = new Float64Array(root.length);
  }

  add(prox: SoftmaxProx, weight: number): void {
    const { colours, rank, probabilities: p, factor } = prox;
    const root = this.#root;
    const rows = this.#rows;
    for (let k = 0; k < rank; k++) {
      let mean = 0;
      for (let a = 0; a < colours; a++) mean += p[a] * root[a * rank + k];
      for (let a = 0; a < colours; a++) rows[a * rank + k] = p[a] * (root[a * rank + k] - mean);
    }
    for (let a = 0; a < colours; a++) {
      for (let k = 0; k < rank; k++) {
        let entry = rows[a * rank + k];
        for (let l = 0; l < k; l++) entry -= factor[k * rank + l] * rows[a * rank + l];
        rows[a * rank + k] = entry / factor[k * rank + k];
      }
    }
    for (let a = 0; a < colours; a++) {
      this.total[a * colours + a] += weight * p[a];
      for (let b = 0; b < colours; b++) {
        let entry = -p[a] * p[b];
        for (let k = 0; k < rank; k++) entry -= rows[a * rank + k] * rows[b * rank + k];
        this.total[a * colours + b] += weight * entry;
      }
    }
  }
}

function average(
  colours: number,
  order: MatrixOrder,
  forEach: (order: MatrixOrder, visit: FieldVisitor) => void,
): MatrixAverages {
  const { root, rank } = semidefiniteRoot(order.v, colours);
  const prox = new SoftmaxProx(root, colours, rank);
  const response = new ResponseSum(root, colours);
  const mHat = new Float64Array(colours * colours);
  const qHat = new Float64Array(colours * colours);
  let [trainingLoss, envelope] = [0, 0];
  const force = new Float64Array(colours);
  forEach(order, (field, weight, probabilities, slopes) => {
    for (let answer = 0; answer < colours; answer++) {
      const share = weight * probabilities[answer];
      if (share === 0) continue;
      prox.solve(field, answer);
      response.add(prox, share);
      for (let a = 0; a < colours; a++) force[a] = (a === answer ? 1 : 0) - prox.probabilities[a];
      for (let a = 0; a < colours; a++) {
        for (let b = 0; b < colours; b++) {
          qHat[a * colours + b] += share * force[a] * force[b];
          mHat[a * colours + b] += weight * force[a] * slopes[answer * colours + b];
        }
      }
      const cost = prox.force.reduce((sum, value) => sum + value * value, 0) / 2;
      trainingLoss += share * prox.loss;
      envelope += share * (prox.loss + cost);
    }
  });
  return { mHat, qHat, vHat: response.total, trainingLoss, envelope };
}

function test(
  order: MatrixOrder,
  colours: number,
  forEach: (order: MatrixOrder, visit: FieldVisitor) => void,
  forEachJump: (order: MatrixOrder, visit: FieldVisitor) => void,
): TestAverages {
  const sum = (over: typeof forEach, of: 'loss' | 'error'): number => {
    let total = 0;
    over(order, (field, weight, probabilities) => {
      for (let answer = 0; answer < colours; answer++) {
        total += weight * probabilities[answer] * fieldLoss(field, answer)[of];
      }
    });
    return total;
  };
  return { generalizationLoss: sum(forEach, 'loss'), errorRate: sum(forEachJump, 'error') };
}

/** The data's side for a student with one [colours, colours] matrix per site. */
export interface MatrixChannel {
  average(order: MatrixOrder): MatrixAverages;
  test(order: MatrixOrder): TestAverages;
}

/**
 * Cross-entropy of a student with a full matrix per site.
 *
 * @param teacher - Σ = U P U'/C, [colours, colours].
 */
export function matrixChannel(
  teacher: Float64Array,
  colours: number,
  teacherVariance: number,
  scenario: Scenario,
  plan: ColourQuadrature,
): MatrixChannel {
  const rank = colours - 1;
  const { basis: teacherBasis, rank: teacherRank } = rangeBasis(teacher, colours);
  const { basis } = rangeBasis(centring(colours), colours);
  const isTilted = scenario === 'tilted';
  const classes = tiltedClassProbabilities(teacher, colours, teacherVariance);
  const teacherCovariance = teacher.map((value) => value * teacherVariance);
  const common = { colours, teacherCovariance, classes, basis, teacherBasis, teacherRank };
  let parts: MatrixParts;
  if (plan.isGrid) {
    const grid = colourPoints(plan, rank, 'grid');
    parts = { ...common, points: new Array<GaussianPoints>(colours).fill(grid) };
  } else if (isTilted) {
    const points = Array.from({ length: colours }, (_, a) => colourPoints(plan, rank, `class-${a}`));
    parts = { ...common, points };
  } else {
    const { student, paired } = splitAxes(plan, rank, teacherRank);
    parts = { ...common, points: [student], paired };
  }
  const over = (chosen: MatrixParts) => (order: MatrixOrder, visit: FieldVisitor) =>
    (isTilted ? forEachTilted : forEachGaussian)(chosen, order, visit);
  const forEach = over(parts);
  // In the scenario `tilted` the error's integrand jumps, which grids are bad at.
  const scattered = () => quasiRandomPoints(rank, ERROR_SAMPLES, plan.seed, 'errors');
  const jumpParts =
    plan.isGrid && isTilted
      ? { ...parts, points: new Array<GaussianPoints>(colours).fill(scattered()) }
      : parts;
  return {
    average: (order) => average(colours, order, forEach),
    test: (order) => test(order, colours, forEach, over(jumpParts)),
  };
}
