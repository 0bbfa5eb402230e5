import { seededRng } from '@spinformer/numerics';
import { dispose } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { factoredAttention } from '../../src/factored-attention.ts';
import { relativeCouplingError } from '../../src/relative-coupling-error.ts';
import { toPotts } from '../../src/to-potts.ts';
import { parametersFromState } from '../../src/train-state.ts';
import { gaussianPotts, heatBath } from '../helpers/set-a.ts';
import { lastTick } from '../helpers/train.ts';

/** |ΔW|/|W| that the default gradient tolerance must reach: a tenth of what comparisons with other solvers ask for. */
const CONVERGED = 1e-4;

const truth = gaussianPotts(10, 5, 1.2, seededRng('convergence'));
const data = heatBath(truth, 800, 60, seededRng('convergence data'));

async function couplings(start: number, tolerance?: number) {
  const model = factoredAttention({ sites: 10, states: 5 });
  const tick = await lastTick(model, data, {
    rng: seededRng(start),
    optimizer: 'lbfgs',
    tickEvery: 5000,
    steps: 5000,
    ...(tolerance ? { gradientTolerance: tolerance } : {}),
  });
  expect(tick.status).toBe('converged');
  const parameters = parametersFromState(model, tick.state);
  const potts = await toPotts(model, parameters);
  dispose(parameters);
  return { ...potts, couplings: potts.asymmetric };
}

describe('L-BFGS on one head with learned values', () => {
  it('reaches the same couplings from every start, far below 1e-4', async () => {
    const best = await couplings(1, 1e-11);
    for (const start of [1, 2, 3]) {
      const found = await couplings(start);
      expect(Math.sqrt(relativeCouplingError(found, best).asymmetric)).toBeLessThan(CONVERGED);
    }
  });
});
