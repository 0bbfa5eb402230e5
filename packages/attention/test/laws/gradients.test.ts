import { seededRng } from '@spinformer/numerics';
import {
  add,
  dispose,
  flattenTree,
  type ParameterTree,
  readScalar,
  scope,
  type Tensor,
  unflattenTree,
  valueAndGrad,
} from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { factoredAttention } from '../../src/factored-attention.ts';
import { type MaskedBatch, maskedLoss, uploadBatch } from '../../src/masked-loss.ts';
import { type Masking, maskEntries } from '../../src/masking.ts';
import type { Model } from '../../src/model.ts';
import { type Penalty, penaltyTerm } from '../../src/penalty.ts';
import { standardEncoder } from '../../src/standard-encoder.ts';

/** Central differences with this step lose about 1e-10 to truncation and as much to rounding. */
const STEP = 1e-5;
const TOLERANCE = 2e-8;

const sizes = { sites: 4, states: 3 };
const known = { known: [1, 0.5, -0.2, 0.5, -1, 0.3, -0.2, 0.3, 2] };
const penalty: Penalty = { couplings: 0.1, fields: 0.2, parameters: 0.05 };
const cases: { name: string; model: Model<ParameterTree>; masking: Masking; penalty?: Penalty }[] = [
  { name: 'one head, free', model: factoredAttention(sizes), masking: 'all-sites', penalty },
  {
    name: 'two heads, symmetric',
    model: factoredAttention({ ...sizes, heads: 2, symmetric: true }),
    masking: 'one',
    penalty,
  },
  {
    name: 'softmax',
    model: factoredAttention({ ...sizes, attention: 'softmax', width: 3 }),
    masking: 'all-sites',
    penalty,
  },
  {
    name: 'known values',
    model: factoredAttention({ ...sizes, values: known, fields: false }),
    masking: 'all-sites',
  },
  {
    name: 'identity values, sees itself',
    model: factoredAttention({ ...sizes, values: 'identity', maskSelf: false }),
    masking: { bernoulli: 0.4 },
  },
  {
    name: 'encoder, relu',
    model: standardEncoder({ ...sizes, layers: 1, heads: 2, width: 4 }),
    masking: 'one',
  },
  {
    name: 'encoder, gelu, two layers',
    model: standardEncoder({ ...sizes, layers: 2, heads: 1, width: 4, feedForward: 5, activation: 'gelu' }),
    masking: { bernoulli: 0.5 },
    penalty: { parameters: 0.01 },
  },
] as never;

describe('the gradient of the masked loss', () => {
  it.each(cases)('equals central differences: $name', ({ model, masking, penalty: penalties }) => {
    const rng = seededRng(21);
    const like = model.init(rng, 'float64');
    const point = flattenTree(like).map((x) => x + 0.3 * rng.normal());
    const values = Int32Array.from({ length: 20 }, () => rng.integer(4) - 1);
    const weights = [1, 2, 0.5, 1, 3];
    const batch = uploadBatch(maskEntries(values, 4, masking, rng), 4, weights, 'float64');
    const objective = (p: ParameterTree, b: MaskedBatch): Tensor => {
      const term = penaltyTerm(penalties, model, p);
      return term ? add(maskedLoss(model)(p, b), term) : maskedLoss(model)(p, b);
    };
    const valueAt = (x: Float64Array) => scope(() => readScalar(objective(unflattenTree(x, like), batch)));
    const gradient = scope(() =>
      flattenTree(valueAndGrad(objective)(unflattenTree(point, like), batch).grads),
    );
    for (let k = 0; k < point.length; k++) {
      const above = Float64Array.from(point);
      const below = Float64Array.from(point);
      above[k] += STEP;
      below[k] -= STEP;
      const difference = (valueAt(above) - valueAt(below)) / (2 * STEP);
      expect(Math.abs(gradient[k] - difference)).toBeLessThan(TOLERANCE);
    }
    dispose(like, batch);
  });
});
