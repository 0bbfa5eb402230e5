import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { invertPositiveDefinite, WasmRuntime } from '../../src/wasm/index.ts';

/** |A·A⁻¹ − 1| of well-conditioned matrices of some hundred rows in float64. */
const ACCURACY = 1e-10;

/** B·Bᵀ/n + 1 of a random B, [n, n], with nonsense above the diagonal. */
function lowerTriangle(n: number, seed: number): { full: Float64Array; lower: Float64Array } {
  const rng = seededRng(seed);
  const b = Float64Array.from({ length: n * n }, () => rng.normal());
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < n; k++) sum += (b[i * n + k] * b[j * n + k]) / n;
      full[i * n + j] = sum;
    }
  const lower = full.map((value, k) => (k % n > Math.floor(k / n) ? 1e9 : value));
  return { full, lower };
}

function invert(runtime: WasmRuntime, matrix: Float64Array, n: number) {
  const pointer = runtime.allocate(8 * n * n);
  runtime.float64(pointer, n * n).set(matrix);
  const { logDeterminant } = invertPositiveDefinite(runtime, pointer, n);
  const inverse = runtime.float64(pointer, n * n).slice();
  runtime.free(pointer);
  return { logDeterminant, inverse };
}

describe('invertPositiveDefinite', () => {
  const runtime = new WasmRuntime({ threads: 1 });

  it.each([1, 2, 3, 5, 63, 64, 65, 66, 130, 191, 261])('a times the inverse is one, %i rows', (n) => {
    const { full, lower } = lowerTriangle(n, n);
    const { inverse } = invert(runtime, lower, n);
    let worst = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let sum = i === j ? 1 : 0;
        for (let k = 0; k < n; k++) sum += full[i * n + k] * inverse[k * n + j];
        worst = Math.max(worst, Math.abs(sum), Math.abs(inverse[i * n + j] - inverse[j * n + i]));
      }
    expect(worst).toBeLessThan(ACCURACY);
  });

  it('knows the determinant', () => {
    const { logDeterminant } = invert(runtime, Float64Array.of(4, 0, 0, 2, 5, 0, 1, 1, 3), 3);
    // numpy.linalg.slogdet([[4, 2, 1], [2, 5, 1], [1, 1, 3]])
    expect(logDeterminant).toBeCloseTo(Math.log(43), 12);
  });

  it('says by NaN that a matrix is not positive definite', () => {
    expect(invert(runtime, Float64Array.of(1, 0, 2, 1), 2).logDeterminant).toBeNaN();
    expect(invert(runtime, Float64Array.of(-1), 1).logDeterminant).toBeNaN();
  });

  it('gives the same bits on any number of threads', () => {
    const { lower } = lowerTriangle(300, 7);
    const two = new WasmRuntime({ threads: 2 });
    expect(invert(two, lower, 300).inverse).toEqual(invert(runtime, lower, 300).inverse);
    two.stop();
  });
});
