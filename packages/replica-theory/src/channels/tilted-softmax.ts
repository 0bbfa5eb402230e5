import { type ColourQuadrature, colourPoints, refine } from '../quadrature/colour-quadrature.ts';
import { ERROR_SAMPLES, type GaussianPoints, quasiRandomPoints } from '../quadrature/gaussian-points.ts';
import type { Channel, ChannelAverages, TestAverages } from './channel.ts';
import { type ColourMatrices, tiltedClassProbabilities } from './colour-matrices.ts';
import { expandField, fieldLoss, SoftmaxSums } from './softmax-sums.ts';

interface TiltedParts {
  readonly matrices: ColourMatrices;
  readonly classes: Float64Array;
  /** One set of points per class: the same grid, or independent quasi-random ones. */
  readonly points: readonly GaussianPoints[];
  /** Quasi-random points for the error rate, whose integrand jumps: grids are bad at it. */
  readonly errorPoints: readonly GaussianPoints[];
}

/** Calls `visit` with each class, its field √q ξ + m τ_a in reduced coordinates, and its weight. */
function forEachField(
  parts: TiltedParts,
  pointsByClass: readonly GaussianPoints[],
  m: number,
  q: number,
  visit: (answer: number, u: Float64Array, weight: number) => void,
): void {
  const { colours, rank, overlap } = parts.matrices;
  const u = new Float64Array(rank);
  const spread = Math.sqrt(q);
  for (let answer = 0; answer < colours; answer++) {
    const { points, weights, count } = pointsByClass[answer];
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < rank; k++) u[k] = spread * points[i * rank + k] + m * overlap[answer * rank + k];
      visit(answer, u, parts.classes[answer] * weights[i]);
    }
  }
}

function average(parts: TiltedParts, m: number, q: number, v: number): ChannelAverages {
  const { rank, overlap } = parts.matrices;
  const sums = new SoftmaxSums(parts.matrices, v);
  forEachField(parts, parts.points, m, q, (answer, u, weight) => {
    sums.solve(u, answer);
    let along = 0;
    for (let k = 0; k < rank; k++) along += sums.force[k] * overlap[answer * rank + k];
    sums.add(weight, weight * along);
  });
  return sums.averages();
}

function test(parts: TiltedParts, m: number, q: number): TestAverages {
  let [generalizationLoss, errorRate] = [0, 0];
  const field = new Float64Array(parts.matrices.colours);
  forEachField(parts, parts.points, m, q, (answer, u, weight) => {
    expandField(parts.matrices, u, field);
    generalizationLoss += weight * fieldLoss(field, answer).loss;
  });
  forEachField(parts, parts.errorPoints, m, q, (answer, u, weight) => {
    expandField(parts.matrices, u, field);
    errorRate += weight * fieldLoss(field, answer).error;
  });
  return { generalizationLoss, errorRate };
}

/** Cross-entropy on data from the joint Boltzmann law: fields of answer a are N(m S_ts' e_a, q S_ss). */
export function tiltedSoftmax(
  matrices: ColourMatrices,
  teacherVariance: number,
  plan: ColourQuadrature,
): Channel {
  const { colours, rank } = matrices;
  const shared = plan.isGrid ? colourPoints(plan, rank, 'grid') : undefined;
  const points = Array.from({ length: colours }, (_, a) => shared ?? colourPoints(plan, rank, `class-${a}`));
  const errorPoints = shared
    ? new Array<GaussianPoints>(colours).fill(quasiRandomPoints(rank, ERROR_SAMPLES, plan.seed, 'errors'))
    : points;
  const parts: TiltedParts = {
    matrices,
    points,
    errorPoints,
    classes: tiltedClassProbabilities(matrices.teacher, colours, teacherVariance),
  };
  return {
    average: (m, q, v) => average(parts, m, q, v),
    test: (m, q) => test(parts, m, q),
    finer: () => tiltedSoftmax(matrices, teacherVariance, refine(plan)),
  };
}
