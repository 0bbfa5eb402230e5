import type { KernelTable, Operand, TypedArray } from '../../backend.ts';
import { sizeOf } from '../../shape.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';
import { UNARY } from './functions.ts';
import { broadcastOffsets } from './offsets.ts';

/** A matrix as a strided view: entry (i, k) lies at start + i·row + k·column. */
interface View {
  readonly values: TypedArray;
  readonly row: number;
  readonly column: number;
}

function view(x: Operand, transposed: boolean): View {
  const width = x.shape[x.shape.length - 1];
  return { values: valuesOf(x), row: transposed ? 1 : width, column: transposed ? width : 1 };
}

/** Writes a·b, m×k times k×n, to `out` from `to` on; sums run in float64. */
function multiply(
  a: View,
  b: View,
  [m, k, n]: readonly number[],
  starts: readonly number[],
  out: TypedArray,
): void {
  const [startA, startB, to] = starts;
  const sums = new Float64Array(n);
  for (let i = 0; i < m; i++) {
    sums.fill(0);
    for (let l = 0; l < k; l++) {
      const factor = a.values[startA + i * a.row + l * a.column];
      const from = startB + l * b.row;
      for (let j = 0; j < n; j++) sums[j] += factor * b.values[from + j * b.column];
    }
    for (let j = 0; j < n; j++) out[to + i * n + j] = sums[j];
  }
}

/** Matrix products. */
export function matmulKernels(memory: CpuMemory): Pick<KernelTable, 'matmul' | 'dense'> {
  return {
    matmul(a, b, { transposeA, transposeB }, shape) {
      const [m, n] = shape.slice(-2);
      const k = a.shape[a.shape.length - (transposeA ? 2 : 1)];
      const lead = shape.slice(0, -2);
      const atA = broadcastOffsets(a.shape.slice(0, -2), lead);
      const atB = broadcastOffsets(b.shape.slice(0, -2), lead);
      const out = zeroArray(a.dtype, sizeOf(shape));
      const [viewA, viewB] = [view(a, transposeA), view(b, transposeB)];
      const batches = sizeOf(lead);
      for (let batch = 0; batch < batches; batch++) {
        const startA = (atA ? atA[batch] : batch) * m * k;
        const startB = (atB ? atB[batch] : batch) * k * n;
        multiply(viewA, viewB, [m, k, n], [startA, startB, batch * m * n], out);
      }
      return memory.own(out, a.dtype);
    },
    dense(x, w, bias, activation, transposeW) {
      const [rows, k] = x.shape;
      const n = w.shape[transposeW ? 0 : 1];
      const before = zeroArray(x.dtype, rows * n);
      multiply(view(x, false), view(w, transposeW), [rows, k, n], [0, 0, 0], before);
      const shift = bias && valuesOf(bias);
      if (shift) for (let i = 0; i < before.length; i++) before[i] += shift[i % n];
      if (activation === 'none') return { y: memory.own(before, x.dtype), before: null };
      const f = UNARY[activation];
      const y = zeroArray(x.dtype, before.length);
      for (let i = 0; i < y.length; i++) y[i] = f(before[i]);
      return { y: memory.own(y, x.dtype), before: memory.own(before, x.dtype) };
    },
  };
}
