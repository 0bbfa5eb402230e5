import { seededRng } from '@spinformer/numerics';
import { dispose } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { conditionalModel } from '../../src/conditional-model.ts';
import { symmetrise } from '../../src/coupling-gauge.ts';
import { evaluateMasked } from '../../src/evaluate-masked.ts';
import { fromPotts } from '../../src/from-potts.ts';
import { toPotts } from '../../src/to-potts.ts';
import { logConditionalsByLoops, randomCouplings } from '../helpers/conditionals.ts';
import { exactConditionalLoss, fullCouplings, gaussianPotts, heatBath } from '../helpers/set-a.ts';

/** Sums of about fifty terms of order one. */
const EXACT = { float64: 1e-10, float32: 1e-5 };

function randomPotts(sites: number, states: number, seed: number) {
  const random = randomCouplings(sites, states, seededRng(seed));
  return { ...random, couplings: symmetrise(random.couplings, sites, states).map((x) => 0.5 * x) };
}

describe('fromPotts', () => {
  it.each(['float64', 'float32'] as const)(
    'gives the exact conditionals of a full Potts model, %s',
    (precision) => {
      const potts = randomPotts(6, 3, 1);
      const rng = seededRng(2);
      const configurations = Int32Array.from({ length: 40 * 6 }, () => rng.integer(3));
      const layer = fromPotts(potts, { precision });
      expect(layer.residual).toBeLessThan(1e-12);
      const found = conditionalModel(layer.model, layer.parameters).logConditionals(configurations);
      logConditionalsByLoops(potts, configurations).forEach((x, k) => {
        expect(Math.abs(found[k] - x)).toBeLessThan(EXACT[precision]);
      });
      dispose(layer.parameters);
    },
  );

  it('needs one head for a generalised model, and its all-sites loss is −log pseudo-likelihood / sites', async () => {
    const potts = gaussianPotts(8, 4, 1, seededRng(3));
    const data = heatBath(potts, 50, 20, seededRng(4));
    const layer = fromPotts(potts);
    expect(layer.heads).toBe(1);
    const loss = await evaluateMasked(layer.model, layer.parameters, data, {
      rng: seededRng(5),
      masking: 'all-sites',
    });
    expect(Math.abs(loss - exactConditionalLoss(potts, data))).toBeLessThan(EXACT.float64);
    dispose(layer.parameters);
  });

  it('and toPotts are inverse to one another', async () => {
    const potts = randomPotts(5, 3, 6);
    const layer = fromPotts(potts);
    const back = await toPotts(layer.model, layer.parameters, { gauge: 'as-trained' });
    expect(back.asymmetry).toBeLessThan(1e-12);
    back.couplings.forEach((x: number, k: number) => {
      expect(Math.abs(x - potts.couplings[k])).toBeLessThan(EXACT.float64);
    });
    expect([...back.fields]).toEqual([...potts.fields]);
    dispose(layer.parameters);
  });

  it('keeps the conditionals in the zero-sum gauge', async () => {
    const potts = randomPotts(5, 3, 7);
    const layer = fromPotts(potts);
    const reading = await toPotts(layer.model, layer.parameters);
    const configurations = Int32Array.from({ length: 100 }, (_, k) => (k * 7) % 3);
    const wanted = logConditionalsByLoops(potts, configurations);
    logConditionalsByLoops(reading, configurations).forEach((x, k) => {
      expect(Math.abs(x - wanted[k])).toBeLessThan(EXACT.float64);
    });
    dispose(layer.parameters);
  });

  it('reports the residual of too few heads', () => {
    const layer = fromPotts(randomPotts(6, 3, 8), { heads: 2 });
    expect(layer.heads).toBe(2);
    expect(layer.residual).toBeGreaterThan(0.1);
    dispose(layer.parameters);
  });

  it('says what is wrong with its input', () => {
    const potts = gaussianPotts(4, 3, 1, seededRng(9));
    expect(() => fromPotts({ ...potts, siteCouplings: new Float64Array(15) })).toThrow(
      'siteCouplings must have 16 entries, got 15.',
    );
    expect(() => fromPotts(fullCouplings(potts), { heads: 0 })).toThrow(
      'heads must be an integer of at least 1, got 0.',
    );
    const broken = fullCouplings(potts);
    broken.fields = new Float64Array(12).fill(Number.NaN);
    expect(() => fromPotts(broken)).toThrow(
      'couplings and fields must be finite, but fields has NaN at entry 0.',
    );
  });
});
