import type { KernelTable } from '../../backend.ts';
import { symmetricEigen } from '../../linear-algebra/symmetric-eigen.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';

/** Dense factorisations, triangular solves and symmetric products. */
export function linearAlgebraKernels(
  memory: CpuMemory,
): Pick<KernelTable, 'cholesky' | 'triangularSolve' | 'symmetricRankK' | 'eigh'> {
  return {
    symmetricRankK(a, { transpose, dtype }) {
      const [n, k] = transpose ? [a.shape[1], a.shape[0]] : a.shape;
      const from = valuesOf(a);
      const at = (i: number, p: number) => (transpose ? from[p * n + i] : from[i * k + p]);
      const out = zeroArray(dtype, n * n);
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++) {
          let sum = 0;
          for (let p = 0; p < k; p++) sum += at(i, p) * at(j, p);
          out[i * n + j] = sum;
          out[j * n + i] = sum;
        }
      return memory.own(out, dtype);
    },
    eigh(a, wantsVectors) {
      const { values, vectors } = symmetricEigen(valuesOf(a), a.shape[0]);
      return {
        values: memory.own(values, 'float64'),
        vectors: wantsVectors ? memory.own(vectors, 'float64') : null,
      };
    },
    cholesky(a) {
      const n = a.shape[0];
      const from = valuesOf(a);
      const l = new Float64Array(n * n);
      for (let j = 0; j < n; j++) {
        const dot = (i: number) => {
          let sum = 0;
          for (let k = 0; k < j; k++) sum += l[i * n + k] * l[j * n + k];
          return sum;
        };
        const pivot = from[j * n + j] - dot(j);
        const root = pivot > 0 ? Math.sqrt(pivot) : Number.NaN;
        l[j * n + j] = root;
        for (let i = j + 1; i < n; i++) l[i * n + j] = (from[i * n + j] - dot(i)) / root;
      }
      return memory.own(l, 'float64');
    },
    triangularSolve(l, b, transpose) {
      const [n, m] = b.shape;
      const from = valuesOf(l);
      const x = Float64Array.from(valuesOf(b));
      for (let step = 0; step < n; step++) {
        const i = transpose ? n - 1 - step : step;
        for (let done = 0; done < step; done++) {
          const k = transpose ? n - 1 - done : done;
          const factor = transpose ? from[k * n + i] : from[i * n + k];
          for (let c = 0; c < m; c++) x[i * m + c] -= factor * x[k * m + c];
        }
        for (let c = 0; c < m; c++) x[i * m + c] /= from[i * n + i];
      }
      return memory.own(x, 'float64');
    },
  };
}
