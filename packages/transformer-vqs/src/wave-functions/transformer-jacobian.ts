import type { Tensor } from '@spinformer/tensor';
import { rawTensor, type WasmRuntime } from '@spinformer/tensor/wasm';
import { transformerJacobianKernels } from '../generated/transformer-jacobian.ts';
import { countSamples } from './check-spins.ts';
import { packTransformer } from './packed-transformer.ts';
import type { Patches } from './patches.ts';
import type { TransformerArchitecture } from './transformer-options.ts';
import type { TransformerParameters } from './transformer-parameters.ts';

const upToFour = (n: number) => 4 * Math.ceil(n / 4);
/** Bytes of a row: one number of each of the samples that are computed together. */
const ROW = 32;

/**
 * ∂ log ψ/∂θ by a kernel that takes 8 samples (float32; 4 in float64) forward once and back for the real and imaginary
 * part together, and writes each sample's derivatives in place. For `factored` and `factored-full` attention on a wasm
 * backend.
 *
 * @returns [2, samples, parameters], owned by the caller
 */
export function transformerJacobian(
  runtime: WasmRuntime,
  architecture: TransformerArchitecture,
  places: Patches,
  parameters: TransformerParameters,
  parameterCount: number,
  spins: Int8Array,
): Tensor {
  const { backend, dtype } = parameters.embed.weight;
  const [job, together] = dtype === 'float32' ? ['jacobian32', 8] : ['jacobian64', 4];
  const samples = countSamples('jacobian', spins, places.sites.length);
  const { tensor, pointer } = rawTensor(backend, [2, samples, parameterCount], dtype)!;
  if (samples === 0) return tensor;
  const packed = packTransformer(runtime, architecture, places, parameters, true);
  const input = runtime.allocate(spins.length + 64);
  runtime.bytes(input, spins.length).set(spins);
  const longest = longestSums(architecture, places);
  const args = [packed.model, input, samples, pointer, longest];
  const scratchBytes = jacobianScratch(architecture, places);
  runtime.run(runtime.load(transformerJacobianKernels), job, Math.ceil(samples / together), args, {
    scratchBytes,
  });
  runtime.free(input);
  packed.free();
  return tensor;
}

/** Numbers in the longest parameter that is summed over the tokens. */
function longestSums(
  { width, expansion, heads, attention }: TransformerArchitecture,
  { count }: Patches,
): number {
  const positions = attention === 'factored-full' ? count * count : count;
  return Math.max(expansion * width, heads * positions);
}

/** Bytes that a thread needs, in the order in which the kernel lays them out. */
function jacobianScratch(architecture: TransformerArchitecture, places: Patches): number {
  const { width, expansion, layers } = architecture;
  const whole = upToFour(places.count);
  const [wide, deep, narrow] = [upToFour(width), upToFour(expansion * width), upToFour(places.size)];
  const depth = whole * Math.max(deep, narrow);
  const streams = whole * narrow + 8 * whole * wide + 16 * wide + 4 * depth;
  const sums = 2 * upToFour(longestSums(architecture, places)) + 8;
  const kept = layers * whole * (4 * wide + 2 * deep + 2);
  return 256 + ROW * (streams + sums + kept + 8);
}
