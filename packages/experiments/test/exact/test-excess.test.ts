import { seededRng } from '@spinformer/numerics';
import { generalizedConditionals, generalizedPotts, replicaSetA } from '@spinformer/potts';
import { describe, expect, it } from 'vitest';
import { testExcess } from '../../src/known-truth/test-excess.ts';

const SIZE = { sites: 6, states: 4 };
const model = replicaSetA({ ...SIZE, rng: seededRng(1) });
const rng = seededRng(2);
const samples = Int32Array.from({ length: 20 * SIZE.sites }, () => rng.integer(SIZE.states));

describe('testExcess', () => {
  it('vanishes for the truth, is positive otherwise, and is the mean divergence', () => {
    const truth = generalizedConditionals(model);
    const flat = generalizedConditionals(generalizedPotts({ ...model, siteCouplings: new Float64Array(36) }));
    expect(testExcess(truth, truth, samples)).toBe(0);
    const logs = truth.logConditionals(samples);
    const entropy = -logs.reduce((sum, value) => sum + Math.exp(value) * value, 0) / samples.length;
    expect(testExcess(truth, flat, samples)).toBeCloseTo(Math.log(4) - entropy, 12);
  });
});
