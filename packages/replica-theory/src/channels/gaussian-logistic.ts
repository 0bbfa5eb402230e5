import { gaussLegendre, type Quadrature } from '@spinformer/numerics';
import {
  DEFAULT_HALF_WIDTH,
  DEFAULT_NODES,
  type GridOptions,
  gaussianGrid,
} from '../quadrature/gaussian-grid.ts';
import type { Channel, ChannelAverages, TestAverages } from './channel.ts';
import { logisticLoss, logisticProx, oneMinusTanh } from './logistic-prox.ts';
import { type SmoothedSigmoid, smoothedSigmoid } from './smoothed-sigmoid.ts';

/** Half of the normal line for the error rate, whose integrand has a kink at zero. */
const HALF_LINE_ORDER = 60;

/** Probability of y = +1 at each student field √q ξ, given the overlap m. */
function teacherGivenStudent(teacherVariance: number, m: number, q: number): (xi: number) => SmoothedSigmoid {
  const slope = q > 0 ? m / Math.sqrt(q) : 0;
  const smooth = smoothedSigmoid(teacherVariance - slope * slope);
  return (xi) => smooth(slope * xi);
}

/** The teacher's answers at every node; at ξ they follow from those at −ξ. */
function atNodes(grid: Quadrature, teacher: (xi: number) => SmoothedSigmoid): readonly SmoothedSigmoid[] {
  const last = grid.nodes.length - 1;
  const out = new Array<SmoothedSigmoid>(last + 1);
  for (let i = 0; 2 * i <= last; i++) {
    const { probability, slope, curvature } = teacher(grid.nodes[i]);
    out[last - i] = { probability: 1 - probability, slope, curvature: -curvature };
    out[i] = { probability, slope, curvature };
  }
  return out;
}

function average(
  grid: Quadrature,
  teacherVariance: number,
  m: number,
  q: number,
  v: number,
): ChannelAverages {
  let [mHat, qHat, vHat, trainingLoss, envelope] = [0, 0, 0, 0, 0];
  const answers = atNodes(grid, teacherGivenStudent(teacherVariance, m, q));
  const spread = Math.sqrt(q);
  // y = −1 at ξ is y = +1 at −ξ, so that only right answers +1 are summed, with weight two.
  for (let i = 0; i < grid.nodes.length; i++) {
    const { probability, slope } = answers[i];
    const weight = 2 * grid.weights[i];
    const z = logisticProx(spread * grid.nodes[i], v);
    const force = oneMinusTanh(z);
    const curvature = force * (2 - force);
    const loss = logisticLoss(z);
    mHat += weight * slope * force;
    qHat += weight * probability * force * force;
    vHat += (weight * probability * curvature) / (1 + v * curvature);
    trainingLoss += weight * probability * loss;
    envelope += weight * probability * (loss + 0.5 * v * force * force);
  }
  return { mHat, qHat, vHat, trainingLoss, envelope };
}

function errorRate(teacher: (xi: number) => SmoothedSigmoid): number {
  const half = gaussLegendre(HALF_LINE_ORDER);
  let total = 0;
  for (let i = 0; i < half.nodes.length; i++) {
    const xi = (DEFAULT_HALF_WIDTH / 2) * (half.nodes[i] + 1);
    const density = Math.exp(-0.5 * xi * xi) / Math.sqrt(2 * Math.PI);
    total += (DEFAULT_HALF_WIDTH / 2) * half.weights[i] * density * teacher(-xi).probability;
  }
  return 2 * total;
}

function test(grid: Quadrature, teacherVariance: number, m: number, q: number): TestAverages {
  const teacher = teacherGivenStudent(teacherVariance, m, q);
  const answers = atNodes(grid, teacher);
  const spread = Math.sqrt(q);
  let generalizationLoss = 0;
  for (let i = 0; i < grid.nodes.length; i++) {
    const { probability } = answers[i];
    generalizationLoss += 2 * grid.weights[i] * probability * logisticLoss(spread * grid.nodes[i]);
  }
  return { generalizationLoss, errorRate: errorRate(teacher) };
}

/** Logistic loss where inputs come first and y = ±1 follows with probability σ(2 y g*). */
export function gaussianLogistic(teacherVariance: number, options: GridOptions = {}): Channel {
  const grid = gaussianGrid(options);
  return {
    average: (m, q, v) => average(grid, teacherVariance, m, q, v),
    test: (m, q) => test(grid, teacherVariance, m, q),
    finer: () =>
      gaussianLogistic(teacherVariance, { ...options, nodes: 2 * (options.nodes ?? DEFAULT_NODES) - 1 }),
  };
}
