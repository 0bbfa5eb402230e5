import { BackendError } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { boltzmannMemory } from '../boltzmann/boltzmann-need.ts';
import type { InferenceMethod } from './inference-options.ts';
import { HISTORY } from './limited-memory.ts';
import { vectorsOf } from './problem-memory.ts';
import { SITES_IN_FLIGHT } from './site-flight.ts';
import { symmetricLength } from './symmetric-problem.ts';

/** Rows of the largest pattern table, at most: half a mebibyte or one column's letters. */
const TABLE_BYTES = 1 << 20;

/**
 * Bytes of WebAssembly memory that {@link inferCouplings} takes at most, before it starts. One memory holds 4 GiB; what
 * the process needs altogether says {@link inferenceFootprint}.
 * @param sequences distinct sequences of positive weight; for `boltzmann` they do not matter.
 * @param options.method default `plm`; `boltzmann` with the default number of chains, otherwise see
 *   {@link boltzmannMemory}.
 * @param options.threads default 1; every thread has its own scratch.
 */
export function inferenceMemory(
  sites: number,
  states: number,
  sequences: number,
  options: { readonly method?: InferenceMethod; readonly threads?: number } = {},
): number {
  const padded = 4 * vectorsOf(states);
  const row = 4 * padded;
  const rows = sites * states + 1;
  const threads = options.threads ?? 1;
  if (options.method === 'boltzmann') return boltzmannMemory(sites, states, { threads });
  if (options.method === 'mean-field' || options.method === 'gaussian')
    return closedFormMemory(sites * (states - 1), threads);
  const vectors = 5 + 2 * HISTORY;
  const data = 3 * block(sequences * sites) + 16 * block(sequences) + 12 * block(sites * row);
  const scratch = row * (rows + sequences) + TABLE_BYTES;
  if (options.method === 'plm-asymmetric') {
    const inFlight = Math.min(SITES_IN_FLIGHT, sites) * vectors * block(row * rows);
    return data + threads * block(scratch + row * (rows + 2)) + inFlight;
  }
  const variables = vectors * block(4 * symmetricLength(sites, padded));
  return data + threads * block(scratch) + variables + block(sites * row * rows);
}

/** The matrix, and what `invertPositiveDefinite` takes beside it. */
function closedFormMemory(length: number, threads: number): number {
  return block(8 * length ** 2) + 2 * block(512 * (length + 4)) + block(40_000) + threads * block(80_000);
}

/** What the runtime hands out for a block of so many bytes, at most: small ones are rounded up to a size class. */
function block(bytes: number): number {
  return bytes < 1 << 20 ? 1.25 * bytes + 64 : bytes + 64;
}

/** @throws {BackendError} when the fit cannot fit into the runtime's memory, with the figures and what helps. */
export function checkInferenceMemory(
  runtime: WasmRuntime,
  sites: number,
  states: number,
  sequences: number,
  method: InferenceMethod,
): void {
  const bytes = inferenceMemory(sites, states, sequences, { method, threads: runtime.threads });
  const free = runtime.maximumBytes - runtime.bytesInUse;
  if (bytes <= free) return;
  const gibibytes = (value: number) => `${(value / 2 ** 30).toFixed(2)} GiB`;
  const remedy =
    method !== 'plm-asymmetric'
      ? "Use method 'plm-asymmetric', which needs far less, or leave out columns with many gaps."
      : 'Leave out columns with many gaps, or infer with fewer threads.';
  throw new BackendError(
    `inferCouplings: ${sites} sites of ${states} states and ${sequences} sequences need about ${gibibytes(bytes)}, ` +
      `the runtime has ${gibibytes(free)} left. ${remedy}`,
  );
}
