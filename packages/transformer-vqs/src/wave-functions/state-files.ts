import {
  DataError,
  decodeSafetensors,
  encodeSafetensors,
  type NumericArray,
  seededRng,
} from '@spinformer/numerics';
import { dispose, mapTree, type ParameterTree, readSync, tensor } from '@spinformer/tensor';
import type { WaveFunction } from '../wave-function.ts';
import type { TransformerArchitecture } from './transformer-options.ts';
import type { TransformerParameters } from './transformer-parameters.ts';
import { type TransformerState, transformerState } from './transformer-state.ts';

const FORMAT = 'spinformer-wave-function/1';

/** What distinguishes wave functions whose parameters cannot stand for one another, as a text. */
function describe(wave: WaveFunction<never>): string {
  const { architecture } = wave as Partial<TransformerState>;
  if (architecture) return JSON.stringify({ kind: 'transformer', ...architecture });
  const { name, sites, parameterCount } = wave;
  return JSON.stringify({ kind: name, sites, parameters: parameterCount });
}

/**
 * Parameters as the bytes of a safetensors file, one array for each tensor, with the architecture in its metadata.
 */
export function encodeParameters<P extends ParameterTree>(wave: WaveFunction<P>, parameters: P): Uint8Array {
  const arrays: Record<string, NumericArray> = {};
  mapTree(parameters, (leaf, path) => {
    arrays[path] = { shape: leaf.shape, data: readSync(leaf) };
    return leaf;
  });
  return encodeSafetensors(arrays, { format: FORMAT, architecture: describe(wave as never) });
}

/**
 * Reads parameters that {@link encodeParameters} wrote for the same architecture, in their precision, on the current
 * backend.
 *
 * @throws {DataError} when the file is damaged, another program's, or holds another architecture; the message names both.
 */
export function decodeParameters<P extends ParameterTree>(wave: WaveFunction<P>, bytes: Uint8Array): P {
  const { tensors, metadata } = readFile(bytes);
  const expected = describe(wave as never);
  if (metadata.architecture !== expected)
    throw new DataError(
      `decodeParameters: the file holds ${metadata.architecture}, but the wave function is ${expected}. ` +
        'Build the wave function that the file names, or take another file.',
    );
  const like = wave.init(seededRng(0));
  const parameters = mapTree(like, (leaf, path) => {
    const array = tensors[path];
    if (!array || array.shape.join() !== leaf.shape.join())
      throw new DataError(
        `decodeParameters: array ${path} is ${array ? `[${array.shape.join(', ')}]` : 'missing'}, expected [${leaf.shape.join(', ')}]. ` +
          'The file is damaged; take another one.',
      );
    const dtype = array.data instanceof Float64Array ? 'float64' : 'float32';
    return tensor(array.data as Float64Array, array.shape, dtype);
  });
  dispose(like);
  return parameters;
}

/**
 * Reads a transformer state together with its parameters.
 *
 * @throws {DataError} when the file holds something else.
 */
export function decodeTransformer(bytes: Uint8Array): {
  wave: TransformerState;
  parameters: TransformerParameters;
} {
  const { architecture = '{}' } = readFile(bytes).metadata;
  const { kind, shape, ...sizes } = JSON.parse(architecture) as TransformerArchitecture & { kind?: string };
  if (kind !== 'transformer')
    throw new DataError(
      `decodeTransformer: the file holds ${architecture}, not a transformer state. Use decodeParameters with its wave function.`,
    );
  const wave = transformerState({ ...sizes, lattice: { shape } });
  return { wave, parameters: decodeParameters(wave, bytes) };
}

function readFile(bytes: Uint8Array): ReturnType<typeof decodeSafetensors> {
  const file = decodeSafetensors(bytes);
  if (file.metadata.format !== FORMAT)
    throw new DataError(
      `decodeParameters: the file is ${file.metadata.format ?? 'a safetensors file of another program'}, not ${FORMAT}. ` +
        'Pass a file that encodeParameters wrote.',
    );
  return file;
}
