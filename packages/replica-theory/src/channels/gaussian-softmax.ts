import { type ColourQuadrature, colourPoints, refine } from '../quadrature/colour-quadrature.ts';
import type { GaussianPoints } from '../quadrature/gaussian-points.ts';
import type { Channel, ChannelAverages, TestAverages } from './channel.ts';
import type { ColourMatrices } from './colour-matrices.ts';
import { expandField, fieldLoss, SoftmaxSums } from './softmax-sums.ts';
import {
  alongTeacher,
  rangeBasis,
  rootInBasis,
  splitAxes,
  TeacherAverager,
  type TeacherMoments,
  teacherGrid,
} from './teacher-fields.ts';

interface GaussianParts {
  readonly matrices: ColourMatrices;
  readonly teacherVariance: number;
  /** The student's fields. */
  readonly student: GaussianPoints;
  /** The teacher's remaining noise, blocks of one point for each of the student's; absent when it has its own grid. */
  readonly paired?: GaussianPoints;
  /** An orthonormal basis of the range of S_tt, [colours, teacherRank]. */
  readonly basis: Float64Array;
  readonly teacherRank: number;
}

/** Calls `visit` with each student field √q ξ in reduced coordinates and what the teacher answers there. */
function forEachField(
  parts: GaussianParts,
  m: number,
  q: number,
  visit: (u: Float64Array, weight: number, teacher: TeacherMoments) => void,
): void {
  const { colours, rank, overlap, teacher } = parts.matrices;
  const slope = q > 0 ? m / Math.sqrt(q) : 0;
  const covariance = teacher.map((value, i) => {
    const [a, b] = [Math.floor(i / colours), i % colours];
    let explained = 0;
    for (let k = 0; k < rank; k++) explained += overlap[a * rank + k] * overlap[b * rank + k];
    return parts.teacherVariance * value - slope * slope * explained;
  });
  const { root, largest } = rootInBasis(covariance, parts.basis, colours, parts.teacherRank);
  const noise = parts.paired ?? teacherGrid(largest, parts.teacherRank);
  const averager = new TeacherAverager(root, colours, noise);
  const { points, weights, count } = parts.student;
  const u = new Float64Array(rank);
  const mean = new Float64Array(colours);
  for (let i = 0; i < count; i++) {
    for (let a = 0; a < colours; a++) {
      mean[a] = 0;
      for (let k = 0; k < rank; k++) mean[a] += slope * overlap[a * rank + k] * points[i * rank + k];
    }
    for (let k = 0; k < rank; k++) u[k] = Math.sqrt(q) * points[i * rank + k];
    visit(u, weights[i], parts.paired ? averager.near(mean, i, count) : averager.averageAll(mean));
  }
}

function average(parts: GaussianParts, m: number, q: number, v: number): ChannelAverages {
  const { colours, overlap } = parts.matrices;
  const sums = new SoftmaxSums(parts.matrices, v);
  forEachField(parts, m, q, (u, weight, { probabilities, slopes }) => {
    for (let answer = 0; answer < colours; answer++) {
      sums.solve(u, answer);
      const along = weight * alongTeacher(slopes, answer, overlap, sums.force);
      sums.add(weight * probabilities[answer], along);
    }
  });
  return sums.averages();
}

function test(parts: GaussianParts, m: number, q: number): TestAverages {
  const { colours } = parts.matrices;
  let [generalizationLoss, errorRate] = [0, 0];
  const field = new Float64Array(colours);
  forEachField(parts, m, q, (u, weight, { probabilities }) => {
    expandField(parts.matrices, u, field);
    for (let answer = 0; answer < colours; answer++) {
      const { loss, error } = fieldLoss(field, answer);
      generalizationLoss += weight * probabilities[answer] * loss;
      errorRate += weight * probabilities[answer] * error;
    }
  });
  return { generalizationLoss, errorRate };
}

/** Cross-entropy where inputs come first and the answer follows with probabilities softmax(g*). */
export function gaussianSoftmax(
  matrices: ColourMatrices,
  teacherVariance: number,
  plan: ColourQuadrature,
): Channel {
  const { colours, rank, teacher } = matrices;
  const { basis, rank: teacherRank } = rangeBasis(teacher, colours);
  const common = { matrices, teacherVariance, basis, teacherRank };
  const points = plan.isGrid
    ? { student: colourPoints(plan, rank, 'grid') }
    : splitAxes(plan, rank, teacherRank);
  const parts: GaussianParts = { ...common, ...points };
  return {
    average: (m, q, v) => average(parts, m, q, v),
    test: (m, q) => test(parts, m, q),
    finer: () => gaussianSoftmax(matrices, teacherVariance, refine(plan)),
  };
}
