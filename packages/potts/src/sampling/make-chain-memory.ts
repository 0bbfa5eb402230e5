import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { type AnyPotts, isGraph } from './any-model.ts';
import type { ChainMemory } from './chain-memory.ts';
import { GraphMemory } from './graph-memory.ts';
import { MultiSpinMemory } from './multi-spin-memory.ts';
import type { SampleKernel } from './sample-options.ts';
import { SweepMemory, type UpdateRule } from './sweep-memory.ts';

/**
 * Memory for many chains of a model that move by a kernel; free it after use.
 * @throws {DomainError | BackendError} for a model that the kernel does not take, or too little memory.
 */
export function chainMemory(
  runtime: WasmRuntime,
  model: AnyPotts,
  kernel: SampleKernel,
  keys: Uint32Array,
): ChainMemory {
  if (!isGraph(model))
    return denseChains(
      new SweepMemory(runtime, model, 1, keys, { reduce: true }),
      kernel === 'metropolis' ? kernel : 'heat-bath',
    );
  if (kernel === 'multi-spin') return new MultiSpinMemory(runtime, model, keys);
  return new GraphMemory(runtime, model, kernel, keys);
}

function denseChains(memory: SweepMemory, rule: UpdateRule): ChainMemory {
  return {
    sites: memory.sites,
    write: (values) => memory.write(values),
    read: () => memory.read(),
    setBetas: (betas) => memory.setBetas(betas),
    sweep: (first, sweeps) => memory.sweep(rule, first, sweeps),
    energies: () => memory.energies(),
    free: () => memory.free(),
  };
}
