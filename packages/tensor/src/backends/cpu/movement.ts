import type { KernelTable } from '../../backend.ts';
import { sizeOf, stridesOf } from '../../shape.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';
import { stridedOffsets } from './offsets.ts';

/** Kernels that only move numbers. */
export function movementKernels(
  memory: CpuMemory,
): Pick<KernelTable, 'permute' | 'slice' | 'embed' | 'concat'> {
  return {
    permute(x, permutation) {
      const strides = stridesOf(x.shape);
      const shape = permutation.map((axis) => x.shape[axis]);
      const at = stridedOffsets(
        shape,
        permutation.map((axis) => strides[axis]),
      );
      const from = valuesOf(x);
      const out = zeroArray(x.dtype, from.length);
      for (let i = 0; i < out.length; i++) out[i] = from[at[i]];
      return memory.own(out, x.dtype);
    },
    slice(x, begin, size) {
      const strides = stridesOf(x.shape);
      const at = stridedOffsets(size, strides, offsetOf(begin, strides));
      const from = valuesOf(x);
      const out = zeroArray(x.dtype, at.length);
      for (let i = 0; i < out.length; i++) out[i] = from[at[i]];
      return memory.own(out, x.dtype);
    },
    embed(x, shape, begin) {
      const strides = stridesOf(shape);
      const at = stridedOffsets(x.shape, strides, offsetOf(begin, strides));
      const from = valuesOf(x);
      const out = zeroArray(x.dtype, sizeOf(shape));
      for (let i = 0; i < at.length; i++) out[at[i]] = from[i];
      return memory.own(out, x.dtype);
    },
    concat(xs, axis) {
      const width = (shape: readonly number[]) => sizeOf(shape.slice(axis));
      const rows = sizeOf(xs[0].shape.slice(0, axis));
      const total = xs.reduce((sum, x) => sum + width(x.shape), 0);
      const out = zeroArray(xs[0].dtype, rows * total);
      let column = 0;
      for (const x of xs) {
        const from = valuesOf(x);
        const own = width(x.shape);
        for (let row = 0; row < rows; row++)
          out.set(from.subarray(row * own, (row + 1) * own), row * total + column);
        column += own;
      }
      return memory.own(out, xs[0].dtype);
    },
  };
}

function offsetOf(begin: readonly number[], strides: readonly number[]): number {
  return begin.reduce((sum, index, axis) => sum + index * strides[axis], 0);
}
