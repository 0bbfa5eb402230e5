import type { Backend, KernelTable } from '../backend.ts';
import { adamKernels } from './cpu/adam.ts';
import { attentionKernels } from './cpu/attention.ts';
import { type CpuBuffer, CpuMemory, zeroArray } from './cpu/buffer.ts';
import { elementwiseKernels } from './cpu/elementwise.ts';
import { indexingKernels } from './cpu/indexing.ts';
import { layerNormKernels } from './cpu/layer-norm.ts';
import { linearAlgebraKernels } from './cpu/linear-algebra.ts';
import { matmulKernels } from './cpu/matmul.ts';
import { movementKernels } from './cpu/movement.ts';
import { positionalMixKernels } from './cpu/positional-mix.ts';
import { reduceKernels } from './cpu/reduce.ts';
import { softmaxKernels } from './cpu/softmax.ts';
import { takesDType } from './takes-dtype.ts';

/** Kernels that also take int32 operands; everything else is for floating-point numbers. */

/**
 * The plain TypeScript backend: every kernel, float32, float64 and int32, one thread, available everywhere. It is
 * written to be obviously right and is the reference that every other backend is compared with; use `wasm()` for
 * speed. Each call makes a backend with a memory count of its own.
 */
export function cpu(): Backend {
  const memory = new CpuMemory();
  return {
    name: 'cpu',
    kernels: cpuKernels(memory),
    supports: takesDType,
    upload(values, dtype) {
      const own = zeroArray(dtype, values.length);
      own.set(values);
      return memory.own(own, dtype);
    },
    read: (buffer) => Promise.resolve((buffer as CpuBuffer).values!.slice()),
    readSync: (buffer) => (buffer as CpuBuffer).values!.slice(),
    free: (buffer) => memory.free(buffer),
    bytesInUse: () => memory.bytes,
    describe: () => ({ name: 'cpu', available: true, mode: 'typescript', threads: 1 }),
    dispose() {},
  };
}

function cpuKernels(memory: CpuMemory): KernelTable {
  return {
    ...elementwiseKernels(memory),
    ...movementKernels(memory),
    ...reduceKernels(memory),
    ...indexingKernels(memory),
    ...matmulKernels(memory),
    ...softmaxKernels(memory),
    ...layerNormKernels(memory),
    ...positionalMixKernels(memory),
    ...attentionKernels(memory),
    ...adamKernels(memory),
    ...linearAlgebraKernels(memory),
  };
}
