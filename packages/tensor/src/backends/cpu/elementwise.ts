import type { KernelTable } from '../../backend.ts';
import { sizeOf } from '../../shape.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';
import { BINARY, UNARY, UNARY_SLOPE } from './functions.ts';
import { broadcastOffsets } from './offsets.ts';

type Kernels = Pick<
  KernelTable,
  'fill' | 'cast' | 'unary' | 'unaryGrad' | 'binary' | 'where' | 'broadcastTo'
>;

/** Kernels that treat each element by itself. */
export function elementwiseKernels(memory: CpuMemory): Kernels {
  return {
    fill: (length, value, dtype) => memory.own(zeroArray(dtype, length).fill(value), dtype),
    cast(x, dtype) {
      const out = zeroArray(dtype, sizeOf(x.shape));
      out.set(valuesOf(x));
      return memory.own(out, dtype);
    },
    unary(op, x) {
      const f = UNARY[op];
      const from = valuesOf(x);
      const out = zeroArray(x.dtype, from.length);
      for (let i = 0; i < out.length; i++) out[i] = f(from[i]);
      return memory.own(out, x.dtype);
    },
    unaryGrad(op, x, y, g) {
      const slope = UNARY_SLOPE[op];
      const [xs, ys, gs] = [valuesOf(x), valuesOf(y), valuesOf(g)];
      const out = zeroArray(x.dtype, gs.length);
      for (let i = 0; i < out.length; i++) out[i] = gs[i] * slope(xs[i], ys[i]);
      return memory.own(out, x.dtype);
    },
    binary(op, a, b, shape) {
      const f = BINARY[op];
      const [as, bs] = [valuesOf(a), valuesOf(b)];
      const ia = broadcastOffsets(a.shape, shape);
      const ib = broadcastOffsets(b.shape, shape);
      const out = zeroArray(a.dtype, sizeOf(shape));
      for (let i = 0; i < out.length; i++) out[i] = f(as[ia ? ia[i] : i], bs[ib ? ib[i] : i]);
      return memory.own(out, a.dtype);
    },
    where(condition, a, b, shape) {
      const [cs, as, bs] = [valuesOf(condition), valuesOf(a), valuesOf(b)];
      const ic = broadcastOffsets(condition.shape, shape);
      const ia = broadcastOffsets(a.shape, shape);
      const ib = broadcastOffsets(b.shape, shape);
      const out = zeroArray(a.dtype, sizeOf(shape));
      for (let i = 0; i < out.length; i++)
        out[i] = cs[ic ? ic[i] : i] !== 0 ? as[ia ? ia[i] : i] : bs[ib ? ib[i] : i];
      return memory.own(out, a.dtype);
    },
    broadcastTo(x, shape) {
      const from = valuesOf(x);
      const at = broadcastOffsets(x.shape, shape);
      const out = zeroArray(x.dtype, sizeOf(shape));
      for (let i = 0; i < out.length; i++) out[i] = from[at ? at[i] : i];
      return memory.own(out, x.dtype);
    },
  };
}
