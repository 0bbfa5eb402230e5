import { factoredAttention } from '@spinformer/attention';
import { seededRng } from '@spinformer/numerics';
import { generalizedPotts, replicaSetA } from '@spinformer/potts';
import { cpu, tensor, useBackend } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { positionalShare } from '../../src/mapping/attention-agreement.ts';
import { expectedExcess, maskedContexts } from '../../src/mapping/masked-contexts.ts';

const SIZE = { sites: 5, states: 3 };
const truth = replicaSetA({ ...SIZE, rng: seededRng(1) });
const rng = seededRng(2);
const values = Int32Array.from({ length: 30 * SIZE.sites }, () => rng.integer(SIZE.states));

describe('expectedExcess', () => {
  beforeAll(() => useBackend(cpu()));

  it('vanishes for the layer that is the truth, and for no couplings is what is missing from log C', () => {
    const contexts = maskedContexts(truth, values, seededRng(3));
    const { colourCouplings, siteCouplings } = truth;
    const model = factoredAttention({ ...SIZE, values: { known: colourCouplings }, fields: false });
    const excess = (mixing: Float64Array) =>
      expectedExcess(model, { mixing: tensor(mixing, [1, SIZE.sites, SIZE.sites], 'float64') }, contexts);
    expect(excess(siteCouplings)).toBeCloseTo(0, 12);
    expect(excess(new Float64Array(SIZE.sites ** 2))).toBeCloseTo(Math.log(3) - contexts.entropy, 12);
  });

  it('knows the entropy log C of a model without couplings', () => {
    const free = generalizedPotts({ ...truth, siteCouplings: new Float64Array(SIZE.sites ** 2) });
    expect(maskedContexts(free, values, seededRng(3)).entropy).toBeCloseTo(Math.log(3), 12);
  });
});

describe('positionalShare', () => {
  const looks = (noise: number, signal: number) => {
    const draws = seededRng(4);
    const means = Float64Array.from({ length: 400 }, () => signal * draws.normal());
    return Array.from({ length: 12 }, () => means.map((mean) => mean + noise * draws.normal()));
  };

  it('is one for attention by position, zero for attention by letters, a half in between', () => {
    expect(positionalShare(looks(0, 1))).toBe(1);
    expect(positionalShare(looks(1, 0))).toBeLessThan(0.02);
    expect(Math.abs(positionalShare(looks(1, 1)) - 0.5)).toBeLessThan(0.05);
  });
});
