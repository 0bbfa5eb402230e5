import type { Configurations } from '@spinformer/numerics';
import { sharedRuntime } from '@spinformer/tensor/wasm';
import { fitAsymmetric } from './asymmetric-fit.ts';
import { fitBoltzmann } from './boltzmann-fit.ts';
import { fitClosedForm } from './closed-form-fit.ts';
import { type ClosedFormOptions, resolveClosedForm } from './closed-form-options.ts';
import { distinctSequences } from './distinct-sequences.ts';
import { checkInferenceMemory } from './inference-memory.ts';
import {
  type BoltzmannInferenceOptions,
  checkedMethod,
  type InferenceMethod,
  type InferenceOptions,
  type InferenceTick,
} from './inference-options.ts';
import { type PseudolikelihoodOptions, resolveOptions } from './pseudolikelihood-options.ts';
import { fitSymmetric } from './symmetric-fit.ts';

/**
 * Infers the fields and couplings of a Potts model from configurations: by maximum pseudo-likelihood (default), naive
 * mean field, a multivariate Gaussian, or Boltzmann learning. All report the same metrics and end with the same model.
 *
 * Missing entries (−1) are missing data. Under pseudo-likelihood the site's own term is left out and the other sites see
 * no letter there, as plmc does with -g; the other methods leave them out pair by pair. Give gaps a state of their own
 * to model them. Weights scale every sequence's term; nothing is divided by their sum, so penalties of
 * pseudo-likelihood are on the scale of plmc's -lh and -le.
 *
 * @param data any configurations, [samples, sites], with optional weights.
 * @param options told apart by `method`; an option of another method is refused.
 * @returns ticks; the last one has `model` and a `status` other than `running`. Not converging is a status.
 * @throws {DomainError | DataError | ShapeError} for impossible options or data.
 * @throws {BackendError} when the problem does not fit into memory, before anything is computed.
 * @source ekeberg2013plmdca; hopf2017mutation; morcos2011; baldassi2014gaussian
 * @complexity pseudo-likelihood O(sequences · sites² · states) per evaluation; mean field and Gaussian
 *   O(sequences · sites² + (sites · states)³); memory see {@link inferenceMemory}.
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
  const method = checkedMethod(options);
  if (method === 'boltzmann') yield* fitBoltzmann(data, options as BoltzmannInferenceOptions);
  else yield* fitDistinct(data, options as PseudolikelihoodOptions | ClosedFormOptions);
}

/** The methods that work on distinct sequences. */
async function* fitDistinct(
  data: Configurations,
  options: PseudolikelihoodOptions | ClosedFormOptions,
): AsyncGenerator<InferenceTick> {
  const encoded = distinctSequences(data);
  const runtime = options.runtime ?? sharedRuntime();
  const check = (method: InferenceMethod) =>
    checkInferenceMemory(runtime, data.sites, data.states, encoded.sequences, method);
  if (isClosedForm(options)) {
    const resolved = resolveClosedForm(options);
    check(resolved.method);
    yield* fitClosedForm(runtime, encoded, resolved);
    return;
  }
  const resolved = resolveOptions(options, data.sites);
  check(resolved.method);
  if (resolved.method === 'plm') yield* fitSymmetric(runtime, encoded, resolved);
  else yield* fitAsymmetric(runtime, encoded, resolved);
}

function isClosedForm(options: PseudolikelihoodOptions | ClosedFormOptions): options is ClosedFormOptions {
  return options.method === 'mean-field' || options.method === 'gaussian';
}
