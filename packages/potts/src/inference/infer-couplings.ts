import type { Configurations } from '@spinformer/numerics';
import { sharedRuntime } from '@spinformer/tensor/wasm';
import { fitAsymmetric } from './asymmetric-fit.ts';
import { distinctSequences } from './distinct-sequences.ts';
import { checkInferenceMemory } from './inference-memory.ts';
import { type InferenceOptions, type InferenceTick, resolveOptions } from './inference-options.ts';
import { fitSymmetric } from './symmetric-fit.ts';

/**
 * Infers the fields and couplings of a Potts model from configurations by maximum pseudo-likelihood with L2 penalties.
 *
 * Missing entries (−1) are missing data: the site's own term is left out and the other sites see no letter there, as
 * plmc does with -g. Give gaps a state of their own to model them. Weights scale every sequence's term; nothing is
 * divided by their sum, so penalties are on the scale of plmc's -lh and -le.
 *
 * @param data any configurations, [samples, sites], with optional weights.
 * @returns ticks; the last one has `model` and a `status` other than `running`. Not converging is a status.
 * @throws {DomainError | DataError | ShapeError} for impossible options or data.
 * @throws {BackendError} when the problem does not fit into memory, before anything is computed.
 * @source ekeberg2013plmdca; hopf2017mutation
 * @complexity O(sequences · sites² · states) per evaluation; memory see {@link inferenceMemory}.
 * @example
 * ```ts
 * for await (const { metrics, status, model } of inferCouplings(alignment, { couplingPenalty: 16 })) {
 *   report(metrics.objective, status);
 *   if (model) save(model);
 * }
 * ```
 */
export async function* inferCouplings(
  data: Configurations,
  options: InferenceOptions = {},
): AsyncGenerator<InferenceTick> {
  const encoded = distinctSequences(data);
  const resolved = resolveOptions(options, data.sites);
  const runtime = options.runtime ?? sharedRuntime();
  checkInferenceMemory(runtime, data.sites, data.states, encoded.sequences, resolved.method);
  if (resolved.method === 'plm') yield* fitSymmetric(runtime, encoded, resolved);
  else yield* fitAsymmetric(runtime, encoded, resolved);
}
