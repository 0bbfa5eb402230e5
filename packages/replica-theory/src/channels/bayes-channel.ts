import type { Quadrature } from '@spinformer/numerics';
import { DEFAULT_NODES, type GridOptions, gaussianGrid, sigmoidGrid } from '../quadrature/gaussian-grid.ts';
import type { Channel, ChannelAverages } from './channel.ts';
import { gaussianLogistic } from './gaussian-logistic.ts';
import { logisticLoss } from './logistic-prox.ts';
import { smoothedSigmoid } from './smoothed-sigmoid.ts';
import { tiltedLogistic } from './tilted-logistic.ts';

/** h ↦ E[σ(2h) · loss(h)] over h ~ N(·, variance): what a sample of the posterior loses on an answer it has seen. */
function posteriorLoss(variance: number): (mean: number) => number {
  const spread = Math.sqrt(Math.max(0, variance));
  const grid = sigmoidGrid(spread * spread);
  return (mean) => {
    let total = 0;
    for (let i = 0; i < grid.nodes.length; i++) {
      const loss = logisticLoss(mean + spread * grid.nodes[i]);
      total += grid.weights[i] * Math.exp(-loss) * loss;
    }
    return total;
  };
}

/** The teacher's answers (Z₀) and the posterior's expectation of them (Z), over the student's fields. */
function gaussianAverage(
  grid: Quadrature,
  teacherVariance: number,
  m: number,
  q: number,
  v: number,
): ChannelAverages {
  let [mHat, qHat, vHat, trainingLoss, envelope] = [0, 0, 0, 0, 0];
  const ratio = q > 0 ? m / Math.sqrt(q) : 0;
  const teacher = smoothedSigmoid(teacherVariance - ratio * ratio);
  const student = smoothedSigmoid(v);
  const loss = posteriorLoss(v);
  for (let i = 0; i < grid.nodes.length; i++) {
    const weight = 2 * grid.weights[i];
    const truth = teacher(ratio * grid.nodes[i]);
    const field = Math.sqrt(q) * grid.nodes[i];
    const belief = student(field);
    const score = belief.slope / belief.probability;
    mHat += weight * truth.slope * score;
    qHat += weight * truth.probability * score * score;
    vHat += weight * truth.probability * (score * score - belief.curvature / belief.probability);
    trainingLoss += (weight * truth.probability * loss(field)) / belief.probability;
    envelope -= weight * truth.probability * Math.log(belief.probability);
  }
  return { mHat, qHat, vHat, trainingLoss, envelope };
}

/** Posterior averages where inputs come first; `envelope` is −E log Z. */
export function gaussianBayes(teacherVariance: number, options: GridOptions = {}): Channel {
  const grid = gaussianGrid(options);
  const known = gaussianLogistic(teacherVariance, options);
  return {
    average: (m, q, v) => gaussianAverage(grid, teacherVariance, m, q, v),
    test: (m, q) => {
      const { envelope } = gaussianAverage(grid, teacherVariance, m, q, teacherVariance - q);
      return { generalizationLoss: envelope, errorRate: known.test(m, q).errorRate };
    },
    finer: () =>
      gaussianBayes(teacherVariance, { ...options, nodes: 2 * (options.nodes ?? DEFAULT_NODES) - 1 }),
  };
}

/** Posterior averages of the joint law, whose likelihood is Gaussian: yx is the teacher's row plus noise. */
export function tiltedBayes(options: GridOptions = {}): Channel {
  const known = tiltedLogistic(options);
  return {
    average: (m, q, v) => ({
      mHat: 1,
      qHat: 1,
      vHat: 1,
      trainingLoss: known.test(m + v, q + v).generalizationLoss,
      envelope: Math.LN2 - q / 2,
    }),
    test: (m, q) => known.test(m, q),
    finer: () => tiltedBayes({ ...options, nodes: 2 * (options.nodes ?? DEFAULT_NODES) - 1 }),
  };
}
