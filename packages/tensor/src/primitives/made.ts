import type { BufferHandle, DType, KernelName, KernelTable } from '../backend.ts';
import type { Shape } from '../shape.ts';
import { ownBuffer, type Tensor } from '../tensor.ts';
import { UnsupportedKernelError } from '../unsupported-kernel-error.ts';

/** The kernels of x's backend, once it is sure that `name` is among them for x's dtype. */
export function kernelsFor(x: Tensor, name: KernelName, dtype: DType = x.dtype): KernelTable {
  if (!x.backend.supports(name, dtype)) throw new UnsupportedKernelError(name, dtype, x.backend.name);
  return x.backend.kernels;
}

/** A kernel's result as a tensor on the backend of x. */
export function madeLike(x: Tensor, buffer: BufferHandle, shape: Shape, dtype: DType = x.dtype): Tensor {
  return ownBuffer(x.backend, buffer, shape, dtype);
}
