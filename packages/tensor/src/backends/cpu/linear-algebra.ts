import type { KernelTable } from '../../backend.ts';
import { type CpuMemory, valuesOf } from './buffer.ts';

/** Dense float64 factorisation and triangular solves. */
export function linearAlgebraKernels(memory: CpuMemory): Pick<KernelTable, 'cholesky' | 'triangularSolve'> {
  return {
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
