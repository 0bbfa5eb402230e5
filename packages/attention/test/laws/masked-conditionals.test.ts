import { seededRng } from '@spinformer/numerics';
import {
  dispose,
  flattenTree,
  mapTree,
  type ParameterTree,
  readSync,
  scope,
  tensor,
  unflattenTree,
} from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { conditionalModel, hideEachSite } from '../../src/conditional-model.ts';
import { evaluateMasked, lossOfEntries } from '../../src/evaluate-masked.ts';
import { factoredAttention } from '../../src/factored-attention.ts';
import type { Model } from '../../src/model.ts';
import { standardEncoder } from '../../src/standard-encoder.ts';
import { layerCouplings, readFactoredLayer, toPotts } from '../../src/to-potts.ts';
import { logConditionalsByLoops } from '../helpers/conditionals.ts';

/** A few dozen float64 operations on numbers of order one. */
const ROUNDING = 1e-11;
const SITES = 5;
const STATES = 3;
const rng = seededRng(31);
const values = Int32Array.from({ length: 8 * SITES }, () => rng.integer(STATES));
const data = { samples: 8, sites: SITES, states: STATES, values };
const softmax = factoredAttention({ sites: SITES, states: STATES, heads: 3, attention: 'softmax' });
const factored = factoredAttention({ sites: SITES, states: STATES, heads: 2 });
const encoder = standardEncoder({ sites: SITES, states: STATES, layers: 1, heads: 2, width: 8 });

/** Random parameters in float64, none of them zero. */
function randomParameters<P extends ParameterTree>(model: Model<P>): P {
  const fresh = model.init(rng, 'float64');
  const shaken = unflattenTree(
    flattenTree(fresh).map((x) => x + 0.5 * rng.normal()),
    fresh,
  );
  dispose(fresh);
  return shaken;
}

describe('a factored layer', () => {
  it.each([
    { name: 'free', model: factored },
    { name: 'softmax', model: softmax },
  ])('gives site i the same conditional whether or not token i is hidden: $name', async ({ model }) => {
    const parameters = randomParameters(model);
    const allSites = await evaluateMasked(model, parameters, data, { rng, masking: 'all-sites' });
    const copies = hideEachSite(values, SITES);
    const targets = copies.map((s, k) => (s < 0 ? values[Math.floor(k / SITES)] : -1));
    const hidden = { ...data, samples: 8 * SITES, values: copies };
    const oneByOne = await lossOfEntries(model, parameters, { tokens: copies, targets }, hidden, 7);
    expect(Math.abs(allSites - oneByOne)).toBeLessThan(ROUNDING);
    dispose(parameters);
  });

  it('is the Potts conditional of its couplings, with missing neighbours left out', async () => {
    const parameters = randomParameters(factored);
    const couplings = layerCouplings(await readFactoredLayer(factored, parameters));
    const gaps = values.map((s, k) => (k % 7 === 3 ? -1 : s));
    const found = conditionalModel(factored, parameters).logConditionals(gaps);
    logConditionalsByLoops(couplings, gaps).forEach((x, k) => {
      expect(Math.abs(found[k] - x)).toBeLessThan(ROUNDING);
    });
    dispose(parameters);
  });

  it('does not lose anything to a NaN on its unused diagonal', () => {
    const parameters = randomParameters(factored);
    const poisoned = mapTree(parameters, (leaf, path) => {
      const entries = Float64Array.from(readSync(leaf));
      if (path === 'mixing')
        for (let k = 0; k < 2 * SITES; k++)
          entries[Math.floor(k / SITES) * SITES ** 2 + (k % SITES) * (SITES + 1)] = Number.NaN;
      return tensor(entries, leaf.shape, 'float64');
    });
    const clean = conditionalModel(factored, parameters).logConditionals(values);
    expect(conditionalModel(factored, poisoned).logConditionals(values)).toEqual(clean);
    dispose(parameters, poisoned);
  });

  it('with symmetric parts is a Potts model as it stands', async () => {
    const model = factoredAttention({ sites: SITES, states: STATES, heads: 2, symmetric: true });
    const parameters = randomParameters(model);
    const potts = await toPotts(model, parameters);
    expect(potts.asymmetry).toBeLessThan(ROUNDING);
    const found = conditionalModel(model, parameters).logConditionals(values);
    logConditionalsByLoops(potts, values).forEach((x, k) => {
      expect(Math.abs(found[k] - x)).toBeLessThan(ROUNDING);
    });
    dispose(parameters);
  });

  it('that sees its own site is refused by all-sites and by toPotts', async () => {
    const model = factoredAttention({ sites: SITES, states: STATES, maskSelf: false });
    const parameters = model.init(rng);
    await expect(evaluateMasked(model, parameters, data, { rng, masking: 'all-sites' })).rejects.toThrow(
      'would copy the answer',
    );
    await expect(toPotts(model, parameters)).rejects.toThrow(
      'sees its own site and is no Potts model. Build it with maskSelf: true.',
    );
    dispose(parameters);
  });
});

describe('conditionalModel', () => {
  it('of an encoder hides each site in turn', () => {
    const parameters = randomParameters(encoder);
    const found = conditionalModel(encoder, parameters).logConditionals(values);
    const logits = scope(() =>
      encoder.apply(parameters, tensor(hideEachSite(values, SITES), [8 * SITES, SITES], 'int32')),
    );
    const all = readSync(logits);
    for (let k = 0; k < values.length; k++) {
      const row = all.subarray((k * SITES + (k % SITES)) * STATES, (k * SITES + (k % SITES) + 1) * STATES);
      const logSum = Math.log(Float64Array.from(row).reduce((sum, x) => sum + Math.exp(x), 0));
      for (let a = 0; a < STATES; a++)
        expect(Math.abs(found[k * STATES + a] - (row[a] - logSum))).toBeLessThan(ROUNDING);
    }
    dispose(parameters, logits);
  });

  it('says how long configurations must be, and answers nothing for none', () => {
    const parameters = encoder.init(rng);
    const conditionals = conditionalModel(encoder, parameters);
    expect(() => conditionals.logConditionals(new Int32Array(7))).toThrow(
      'configurations must be [samples, 5], got 7 entries.',
    );
    expect(conditionals.logConditionals(new Int32Array(0))).toHaveLength(0);
    dispose(parameters);
  });
});

describe('missing entries', () => {
  it('are never predicted: the loss is the mean over what is observed', async () => {
    const parameters = randomParameters(factored);
    const gaps = values.map((s, k) => (k % 4 === 1 ? -1 : s));
    const loss = await evaluateMasked(factored, parameters, { ...data, values: gaps }, { rng });
    const logP = conditionalModel(factored, parameters).logConditionals(gaps);
    let total = 0;
    let observed = 0;
    gaps.forEach((s, k) => {
      if (s < 0) return;
      total -= logP[k * STATES + s];
      observed++;
    });
    expect(Math.abs(loss - total / observed)).toBeLessThan(ROUNDING);
    dispose(parameters);
  });
});
