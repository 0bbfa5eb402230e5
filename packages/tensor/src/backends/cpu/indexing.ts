import type { KernelTable } from '../../backend.ts';
import { sizeOf } from '../../shape.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';

/** Rows by index; a negative index means no row. */
export function indexingKernels(memory: CpuMemory): Pick<KernelTable, 'gather' | 'scatterAdd' | 'oneHot'> {
  return {
    gather(table, indices) {
      const width = sizeOf(table.shape.slice(1));
      const [from, at] = [valuesOf(table), valuesOf(indices)];
      const out = zeroArray(table.dtype, at.length * width);
      for (let i = 0; i < at.length; i++)
        if (at[i] >= 0) out.set(from.subarray(at[i] * width, (at[i] + 1) * width), i * width);
      return memory.own(out, table.dtype);
    },
    scatterAdd(g, indices, rows) {
      const [from, at] = [valuesOf(g), valuesOf(indices)];
      const width = sizeOf(g.shape.slice(indices.shape.length));
      const sums = new Float64Array(rows * width);
      for (let i = 0; i < at.length; i++) {
        if (at[i] < 0) continue;
        for (let c = 0; c < width; c++) sums[at[i] * width + c] += from[i * width + c];
      }
      const out = zeroArray(g.dtype, sums.length);
      out.set(sums);
      return memory.own(out, g.dtype);
    },
    oneHot(indices, depth, dtype) {
      const at = valuesOf(indices);
      const out = zeroArray(dtype, at.length * depth);
      for (let i = 0; i < at.length; i++) if (at[i] >= 0) out[i * depth + at[i]] = 1;
      return memory.own(out, dtype);
    },
  };
}
