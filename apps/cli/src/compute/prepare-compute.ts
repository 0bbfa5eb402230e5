import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { CommandContext } from '../spec/command-context.ts';

/** The WebAssembly memory and threads that this process computes with, as --threads asks. */
export async function prepareRuntime(context: CommandContext): Promise<WasmRuntime> {
  const { sharedRuntime } = await import('@spinformer/tensor/wasm');
  const { threads } = context.globals;
  return sharedRuntime(threads === undefined ? {} : { threads });
}

/** Makes --backend the one that tensors are computed on, with --threads. */
export async function prepareBackend(context: CommandContext): Promise<void> {
  await prepareRuntime(context);
  const { cpu, useBackend, wasm } = await import('@spinformer/tensor');
  const { backend, threads } = context.globals;
  useBackend(backend === 'cpu' ? cpu() : await wasm(threads === undefined ? {} : { threads }));
}

/** The stream of a run: --seed as a number where it is one. */
export async function rngOf(context: CommandContext) {
  const { seededRng } = await import('@spinformer/numerics');
  const { seed } = context.globals;
  return seededRng(/^\d{1,15}$/.test(seed) ? Number(seed) : seed);
}
