import { BackendError } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { vectorsOf } from '../inference/problem-memory.ts';
import type { LearningRule } from './boltzmann-options.ts';

/**
 * Bytes of WebAssembly memory that {@link inferBoltzmann} takes at most, before it starts.
 * @param options.chains default 10,000.
 * @param options.rule `adam` keeps two more numbers for each coupling; default `natural`.
 * @param options.threads default 1; every thread has its own scratch.
 */
export function boltzmannMemory(
  sites: number,
  states: number,
  options: { readonly chains?: number; readonly rule?: LearningRule; readonly threads?: number } = {},
): number {
  const { chains = 10_000, rule = 'natural', threads = 1 } = options;
  const row = 16 * vectorsOf(states);
  const pairs = (sites * (sites - 1)) / 2;
  const arrays = (rule === 'adam' ? 5 : 3) * pairs * states * row;
  const table = sites * sites * states * row;
  const perChain = 3 * sites + 16;
  const scratch = threads * (16 * states ** 2 + 1024 * (row + 32) + 4 * row);
  return Math.ceil(1.25 * (arrays + table + pairs * (2 * row + 72) + chains * perChain + scratch));
}

/** @throws {BackendError} when learning cannot fit into the runtime's memory, with the figures and what helps. */
export function checkBoltzmannMemory(
  runtime: WasmRuntime,
  sites: number,
  states: number,
  options: { readonly chains: number; readonly rule: LearningRule },
): void {
  const bytes = boltzmannMemory(sites, states, { ...options, threads: runtime.threads });
  const free = runtime.maximumBytes - runtime.bytesInUse;
  if (bytes <= free) return;
  const gibibytes = (value: number) => `${(value / 2 ** 30).toFixed(2)} GiB`;
  throw new BackendError(
    `inferBoltzmann: ${sites} sites of ${states} states with ${options.chains} chains need about ${gibibytes(bytes)}, ` +
      `the runtime has ${gibibytes(free)} left. Leave out columns with many gaps, or use fewer chains` +
      `${options.rule === 'adam' ? " or rule 'natural'" : ''}.`,
  );
}
