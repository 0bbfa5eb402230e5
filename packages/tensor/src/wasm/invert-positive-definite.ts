import { inverseKernels } from '../generated/inverse.ts';
import type { WasmRuntime } from './runtime.ts';

/** Columns eliminated at once, and rows of a slice; both multiples of four. */
const BLOCK = 64;
const SLICE = 64;

/** What an inversion in place found. */
export interface Inversion {
  /** Logarithm of the determinant of the matrix; NaN where it is not positive definite, and the matrix then is lost. */
  readonly logDeterminant: number;
}

/**
 * Replaces a symmetric positive definite float64 matrix in the runtime's memory by −a⁻¹, in place and on all threads:
 * for matrices that are too large to be held twice. Results do not depend on the number of threads.
 *
 * @param pointer address of a [n, n], of which the lower triangle is read; both triangles are written.
 * @throws {BackendError} when the memory does not hold another 128·n numbers.
 * @complexity n³/2 multiplications; (128·n + 4160)·8 bytes beside the matrix
 */
export function invertPositiveDefinite(runtime: WasmRuntime, pointer: number, n: number): Inversion {
  const kernels = runtime.load(inverseKernels);
  const panelBytes = 8 * BLOCK * (n + 4);
  const panels = runtime.allocate(2 * panelBytes);
  const blocks = runtime.allocate(8 * BLOCK * (BLOCK + 1));
  const slices = Math.ceil(n / SLICE);
  const scratchBytes = 128 + 8 * (2 * SLICE + 8) * (BLOCK + 4);
  let logDeterminant = 0;
  try {
    for (let start = 0; start < n; start += BLOCK) {
      const width = Math.min(BLOCK, n - start);
      const args = [pointer, n, start, width, panels, panels + panelBytes, blocks, SLICE];
      runtime.run(kernels, 'pivot', 1, args);
      const pivots = runtime.float64(blocks + 8 * width * width, width);
      for (const value of pivots) logDeterminant += Math.log(value);
      if (Number.isNaN(logDeterminant)) return { logDeterminant };
      runtime.run(kernels, 'panels', slices, args, { scratchBytes });
      runtime.run(kernels, 'sweep', slices, args, { scratchBytes });
      runtime.run(kernels, 'put', slices, args);
    }
    runtime.run(kernels, 'mirror', slices, [pointer, n, 0, 0, 0, 0, 0, SLICE]);
    return { logDeterminant };
  } finally {
    runtime.free(panels);
    runtime.free(blocks);
  }
}
