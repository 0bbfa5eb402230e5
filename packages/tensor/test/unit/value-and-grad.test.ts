import { describe, expect, it } from 'vitest';
import {
  cpu,
  matmul,
  readScalar,
  readSync,
  scope,
  square,
  sum,
  tensor,
  useBackend,
  valueAndGrad,
} from '../../src/index.ts';

describe('valueAndGrad', () => {
  it('gives the gradient of a quadratic form', () => {
    const backend = cpu();
    useBackend(backend);
    scope(() => {
      const w = tensor([1, 2, 3], [3, 1], 'float64');
      const x = tensor([1, 0, 2, -1, 1, 1], [2, 3], 'float64');
      const { value, grads } = valueAndGrad((p: { w: typeof w }, a: typeof x) => sum(square(matmul(a, p.w))))(
        { w },
        x,
      );
      // x·w = [7, 4]; the gradient is 2 xᵀ x w.
      expect(readScalar(value)).toBe(65);
      expect([...readSync(grads.w)]).toEqual([2 * (7 - 4), 2 * 4, 2 * (14 + 4)]);
    });
    expect(backend.bytesInUse()).toBe(0);
  });
});
