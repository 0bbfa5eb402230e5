import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { transformerAmplitudeKernels } from '../generated/transformer-amplitude.ts';
import type { AmplitudeEvaluator, ComplexRows } from '../wave-function.ts';
import { countSamples } from './check-spins.ts';
import { packTransformer } from './packed-transformer.ts';
import type { Patches } from './patches.ts';
import type { TransformerArchitecture } from './transformer-options.ts';
import type { TransformerParameters } from './transformer-parameters.ts';

const upToFour = (n: number) => 4 * Math.ceil(n / 4);
/** Bytes of a row: one number of each of the samples that are computed together. */
const ROW = 32;

/**
 * log ψ by a kernel that carries 8 samples (float32; 4 in float64) through all layers at once, in the first two caches and
 * on all threads. For states whose mixing weights depend on positions alone.
 */
export function transformerEvaluator(
  runtime: WasmRuntime,
  architecture: TransformerArchitecture,
  places: Patches,
  parameters: TransformerParameters,
): AmplitudeEvaluator {
  const dtype = parameters.embed.weight.dtype;
  const [job, together] = dtype === 'float32' ? ['amplitude32', 8] : ['amplitude64', 4];
  const packed = packTransformer(runtime, architecture, places, parameters, false);
  const module = runtime.load(transformerAmplitudeKernels);
  const scratchBytes = ROW * scratchRows(architecture, places);
  const sites = places.sites.length;
  return {
    logAmplitudes(spins: Int8Array): ComplexRows {
      const samples = countSamples('logAmplitudes', spins, sites);
      const rows = Math.ceil(samples / together);
      const input = runtime.allocate(spins.length + 64);
      const output = runtime.allocate(16 * together * rows + 64);
      runtime.bytes(input, spins.length).set(spins);
      if (rows > 0) runtime.run(module, job, rows, [packed.model, input, samples, output], { scratchBytes });
      const pairs = runtime.float64(output, 2 * samples);
      const result = { real: new Float64Array(samples), imaginary: new Float64Array(samples) };
      for (let s = 0; s < samples; s++) {
        result.real[s] = pairs[2 * s];
        result.imaginary[s] = pairs[2 * s + 1];
      }
      runtime.free(input);
      runtime.free(output);
      return result;
    },
    free: () => packed.free(),
  };
}

function scratchRows({ width, expansion }: TransformerArchitecture, { count, size }: Patches): number {
  const deep = Math.max(upToFour(expansion * width), upToFour(size));
  return upToFour(count) * (3 * upToFour(width) + deep) + 8;
}
