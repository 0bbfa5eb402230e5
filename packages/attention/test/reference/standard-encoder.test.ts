import { seededRng } from '@spinformer/numerics';
import { add, dispose, mapTree, mul, readSync, scope, tensor } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { standardEncoder } from '../../src/standard-encoder.ts';
import { encoderByLoops } from '../helpers/encoder-by-loops.ts';

/** Two blocks of float64 arithmetic in another order. */
const ROUNDING = 1e-11;

const sequences = [
  [0, 1, 2, 3, 4],
  [-1, 3, 3, -1, 0],
];

describe('standardEncoder', () => {
  it.each([
    { activation: 'relu' as const, heads: 1, layers: 1, feedForward: 7 },
    { activation: 'gelu' as const, heads: 3, layers: 2, feedForward: undefined },
  ])('equals plain loops: $activation, $heads heads, $layers layers', (options) => {
    const model = standardEncoder({ sites: 5, states: 5, width: 6, ...options });
    const rng = seededRng(1);
    const fresh = model.init(rng, 'float64');
    // Biases and gains away from their initial 0 and 1, so that they are tested too.
    const parameters = scope(() =>
      mapTree(fresh, (leaf) => {
        const noise = Float64Array.from({ length: leaf.size }, () => rng.normal());
        return add(leaf, mul(tensor(noise, leaf.shape, 'float64'), tensor([0.3], [], 'float64')));
      }),
    );
    const tokens = tensor(sequences.flat(), [2, 5], 'int32');
    const logits = scope(() => model.apply(parameters, tokens));
    expect(logits.shape).toEqual([2, 5, 5]);
    const found = readSync(logits);
    const wanted = sequences.map((s) => encoderByLoops(model.shape, parameters, s)).flat(2);
    wanted.forEach((x, k) => {
      expect(Math.abs(found[k] - x)).toBeLessThan(ROUNDING);
    });
    dispose(fresh, parameters, tokens, logits);
  });
});
