import type { DType, KernelName } from '../backend.ts';

const INTEGER_KERNELS: ReadonlySet<KernelName> = new Set<KernelName>([
  'fill',
  'cast',
  'binary',
  'where',
  'broadcastTo',
  'reduce',
  'permute',
  'slice',
  'embed',
  'concat',
  'gather',
  'scatterAdd',
  'oneHot',
]);
const FLOAT64_KERNELS: ReadonlySet<KernelName> = new Set<KernelName>(['cholesky', 'triangularSolve', 'eigh']);

/** Whether the kernel contract has `kernel` for `dtype`: what a backend supports that has every kernel. */
export function takesDType(kernel: KernelName, dtype: DType): boolean {
  if (FLOAT64_KERNELS.has(kernel)) return dtype === 'float64';
  return dtype !== 'int32' || INTEGER_KERNELS.has(kernel);
}
