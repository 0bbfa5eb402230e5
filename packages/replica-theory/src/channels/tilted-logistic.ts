import { erfc, type Quadrature } from '@spinformer/numerics';
import { DEFAULT_NODES, type GridOptions, gaussianGrid } from '../quadrature/gaussian-grid.ts';
import type { Channel, ChannelAverages, TestAverages } from './channel.ts';
import { logisticLoss, logisticProx, oneMinusTanh } from './logistic-prox.ts';

function average(grid: Quadrature, m: number, q: number, v: number): ChannelAverages {
  let [mHat, qHat, vHat, trainingLoss, envelope] = [0, 0, 0, 0, 0];
  const spread = Math.sqrt(q);
  for (let i = 0; i < grid.nodes.length; i++) {
    const weight = grid.weights[i];
    const z = logisticProx(m + spread * grid.nodes[i], v);
    const force = oneMinusTanh(z);
    const curvature = force * (2 - force);
    const loss = logisticLoss(z);
    mHat += weight * force;
    qHat += weight * force * force;
    vHat += (weight * curvature) / (1 + v * curvature);
    trainingLoss += weight * loss;
    envelope += weight * (loss + 0.5 * v * force * force);
  }
  return { mHat, qHat, vHat, trainingLoss, envelope };
}

function test(grid: Quadrature, m: number, q: number): TestAverages {
  const spread = Math.sqrt(q);
  let generalizationLoss = 0;
  for (let i = 0; i < grid.nodes.length; i++) {
    generalizationLoss += grid.weights[i] * logisticLoss(m + spread * grid.nodes[i]);
  }
  return { generalizationLoss, errorRate: q > 0 ? 0.5 * erfc(m / Math.sqrt(2 * q)) : 0.5 };
}

/** Logistic loss on data from the joint Boltzmann law: the field of the right answer is N(m, q). */
export function tiltedLogistic(options: GridOptions = {}): Channel {
  const grid = gaussianGrid(options);
  return {
    average: (m, q, v) => average(grid, m, q, v),
    test: (m, q) => test(grid, m, q),
    finer: () => tiltedLogistic({ ...options, nodes: 2 * (options.nodes ?? DEFAULT_NODES) - 1 }),
  };
}
