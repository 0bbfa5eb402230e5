import type { Rng } from '@spinformer/numerics';
import { type Tensor, withBackend } from '@spinformer/tensor';
import { runtimeOf } from '@spinformer/tensor/wasm';
import type { WaveFunction } from '../wave-function.ts';
import { tensorEvaluator } from './amplitude-evaluator.ts';
import { tensorJacobian } from './amplitude-jacobian.ts';
import { dependsOnContent } from './attention-kind.ts';
import { checkSpinTensor } from './check-spins.ts';
import { patchTranslations } from './patch-translations.ts';
import { patches } from './patches.ts';
import { transformerEvaluator } from './transformer-evaluator.ts';
import { encodeSpins, readHead } from './transformer-forward.ts';
import { transformerJacobian } from './transformer-jacobian.ts';
import {
  type TransformerArchitecture,
  type TransformerOptions,
  transformerArchitecture,
} from './transformer-options.ts';
import { initialParameters, parameterCount, type TransformerParameters } from './transformer-parameters.ts';

/** Configurations at once where tensors evaluate: enough to fill the kernels, few enough for the caches. */
const EVALUATOR_CHUNK = 256;

/** A transformer wave function, with the architecture that it was built from. */
export interface TransformerState extends WaveFunction<TransformerParameters> {
  readonly architecture: TransformerArchitecture;
}

/**
 * The vision-transformer wave function: patches of spins become tokens, layers of attention and feed-forward parts (with
 * norms before and residual connections) transform them, and their sum is read by Σ_α log cosh of complex numbers.
 *
 * With `factored` attention, the default, the weights depend on the displacement of patches alone: there are no queries
 * and keys, and log ψ is invariant under translations by whole patches.
 *
 * @param options - sizes and attention kind, see {@link TransformerOptions}.
 * @returns the state; its parameters are made by `init`.
 * @throws {DomainError} when a size is not a positive whole number, the patch does not divide the lattice, or the heads
 *   do not divide the width.
 * @throws {ConfigError} when the attention kind is unknown.
 * @source rende2025queries; viteritti2023transformer
 * @example
 * ```ts
 * const wave = transformerState({ lattice: { shape: [4, 4] }, width: 24, heads: 4, layers: 2 });
 * const parameters = wave.init(seededRng(1));
 * ```
 */
export function transformerState(options: TransformerOptions): TransformerState {
  const architecture = transformerArchitecture(options);
  const places = patches(architecture.shape, architecture.patch);
  const sites = architecture.shape.reduce((product, extent) => product * extent, 1);
  const positional = !dependsOnContent(architecture.attention);
  const state: TransformerState = {
    name: `transformer (${architecture.attention})`,
    sites,
    parameterCount: parameterCount(architecture),
    citations: [
      'viteritti2023transformer',
      'rende2025queries',
      'vaswani2017',
      'ba2016layernorm',
      'hendrycks2016gelu',
    ],
    architecture,
    ...(!architecture.positions &&
      architecture.attention !== 'factored-full' && {
        invariance: patchTranslations(architecture.shape, architecture.patch),
      }),
    init: (rng: Rng, dtype = 'float32') => initialParameters(architecture, rng, dtype),
    logAmplitude(parameters: TransformerParameters, spins: Tensor): Tensor {
      checkSpinTensor('logAmplitude', spins, sites);
      return withBackend(spins.backend, () =>
        readHead(parameters, encodeSpins(architecture, places, parameters, spins)),
      );
    },
    evaluator(parameters: TransformerParameters) {
      const runtime = positional ? runtimeOf(parameters.embed.weight.backend) : undefined;
      return runtime
        ? transformerEvaluator(runtime, architecture, places, parameters)
        : tensorEvaluator(state, parameters, EVALUATOR_CHUNK);
    },
    jacobian(parameters: TransformerParameters, spins: Int8Array, options) {
      const free = architecture.attention === 'factored' || architecture.attention === 'factored-full';
      const runtime = free ? runtimeOf(parameters.embed.weight.backend) : undefined;
      return runtime
        ? transformerJacobian(runtime, architecture, places, parameters, state.parameterCount, spins)
        : tensorJacobian(state, parameters, spins, options);
    },
  };
  return state;
}
