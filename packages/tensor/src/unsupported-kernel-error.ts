import { BackendError } from '@spinformer/numerics';
import type { DType, KernelName } from './backend.ts';

/** A backend lacks a kernel, or has it not for this dtype. Nothing falls back silently. */
export class UnsupportedKernelError extends BackendError {
  readonly kernel: KernelName;
  readonly dtype: DType;
  readonly backend: string;

  constructor(kernel: KernelName, dtype: DType, backend: string) {
    super(
      `${kernel}: the ${backend} backend has no such kernel for ${dtype}. ` +
        'Cast the operands to a dtype that it has, or move them to cpu() or wasm().',
    );
    this.kernel = kernel;
    this.dtype = dtype;
    this.backend = backend;
  }
}
