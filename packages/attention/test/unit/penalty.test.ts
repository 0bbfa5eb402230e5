import { seededRng } from '@spinformer/numerics';
import { dispose, flattenTree, readScalar, scope, tensor, unflattenTree } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { conditionalModel } from '../../src/conditional-model.ts';
import { factoredAttention } from '../../src/factored-attention.ts';
import { penaltyTerm } from '../../src/penalty.ts';
import { layerCouplings, readFactoredLayer, toPotts } from '../../src/to-potts.ts';

/** A few hundred float64 squares. */
const ROUNDING = 1e-10;

describe('penaltyTerm', () => {
  it('is λ_J Σ W² over ordered pairs + λ_h Σ b² + λ Σ θ², also with several heads', async () => {
    const rng = seededRng(1);
    const model = factoredAttention({ sites: 4, states: 3, heads: 3 });
    const fresh = model.init(rng, 'float64');
    const parameters = unflattenTree(
      flattenTree(fresh).map(() => rng.normal()),
      fresh,
    );
    const { couplings, fields } = layerCouplings(await readFactoredLayer(model, parameters));
    const squares = (x: ArrayLike<number>) => Array.from(x).reduce((total, v) => total + v * v, 0);
    const wanted = 0.1 * squares(couplings) + 0.2 * squares(fields) + 0.3 * squares(flattenTree(parameters));
    const term = scope(() =>
      penaltyTerm({ couplings: 0.1, fields: 0.2, parameters: 0.3 }, model, parameters),
    )!;
    expect(Math.abs(readScalar(term) - wanted)).toBeLessThan(ROUNDING);
    expect(penaltyTerm({ couplings: 0 }, model, parameters)).toBeNull();
    dispose(fresh, parameters, term);
  });
});

describe('parameters that are not finite', () => {
  it('are refused by toPotts and by the conditional model', async () => {
    const model = factoredAttention({ sites: 4, states: 3 });
    const broken = {
      ...model.init(seededRng(2)),
      fields: tensor(new Float32Array(12).fill(Number.NaN), [4, 3]),
    };
    await expect(toPotts(model, broken)).rejects.toThrow(
      'are not finite. Take a state from before the training diverged.',
    );
    expect(() => conditionalModel(model, broken).logConditionals(Int32Array.of(0, 1, 2, 0))).toThrow(
      'the logits are not finite',
    );
    dispose(broken);
  });
});
