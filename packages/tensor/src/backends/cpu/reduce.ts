import type { KernelTable } from '../../backend.ts';
import { reducedShape, sizeOf, stridesOf } from '../../shape.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';
import { stridedOffsets } from './offsets.ts';

/** Sum and maximum over axes; sums run in float64. */
export function reduceKernels(memory: CpuMemory): Pick<KernelTable, 'reduce'> {
  return {
    reduce(op, x, axes) {
      const strides = stridesOf(x.shape);
      const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
      const pick = (chosen: readonly number[]) =>
        stridedOffsets(
          chosen.map((axis) => x.shape[axis]),
          chosen.map((axis) => strides[axis]),
        );
      const starts = pick(kept);
      const inner = pick(axes);
      const from = valuesOf(x);
      const smallest = x.dtype === 'int32' ? -(2 ** 31) : -Infinity;
      const out = zeroArray(x.dtype, sizeOf(reducedShape(x.shape, axes, false)));
      for (let i = 0; i < out.length; i++) {
        let total = op === 'sum' ? 0 : smallest;
        for (let k = 0; k < inner.length; k++) {
          const value = from[starts[i] + inner[k]];
          total = op === 'sum' ? total + value : Math.max(total, value);
        }
        out[i] = total;
      }
      return memory.own(out, x.dtype);
    },
  };
}
