import { DataError, decodeSafetensors, encodeSafetensors, type Safetensors } from '@spinformer/numerics';
import { type AutoregressiveModel, checkAutoregressive } from './autoregressive-model.ts';

const FORMAT = 'spinformer-autoregressive';
const VERSION = '1';

/** What the numbers of a saved autoregressive model stand for, as texts: letters, method, penalties. */
export type AutoregressiveNotes = Readonly<Record<string, string>>;

/**
 * An autoregressive model as the bytes of a safetensors file: `order` [sites], `fields` [sites, states], `couplings`
 * [pairs, states, states], in the order of {@link AutoregressiveModel}; notes in the metadata.
 *
 * @throws {ShapeError | DomainError} for a damaged model.
 */
export function encodeAutoregressive(
  model: AutoregressiveModel,
  notes: AutoregressiveNotes = {},
): Uint8Array {
  checkAutoregressive('encodeAutoregressive', model);
  const { sites, states, order, fields, couplings } = model;
  return encodeSafetensors(
    {
      order: { shape: [sites], data: order },
      fields: { shape: [sites, states], data: fields },
      couplings: { shape: [(sites * (sites - 1)) / 2, states, states], data: couplings },
    },
    { format: FORMAT, version: VERSION, notes: JSON.stringify(notes) },
  );
}

/**
 * Reads what {@link encodeAutoregressive} wrote.
 *
 * @throws {DataError} for a file that is damaged, cut off, of another kind or of a later version.
 * @throws {ShapeError | DomainError} for parameters that are no model.
 */
export function decodeAutoregressive(bytes: Uint8Array): {
  readonly model: AutoregressiveModel;
  readonly notes: AutoregressiveNotes;
} {
  const { tensors, metadata } = decodeFile(bytes);
  const { order, fields, couplings } = tensors;
  const [sites, states] = fields?.shape ?? [];
  const isFloat = couplings?.data instanceof Float32Array || couplings?.data instanceof Float64Array;
  if (!(order?.data instanceof Int32Array) || !(fields?.data instanceof Float64Array) || !isFloat)
    throw damaged('it lacks order, fields or couplings');
  const model = { sites, states, order: order.data, fields: fields.data, couplings: couplings.data };
  checkAutoregressive('decodeAutoregressive', model as AutoregressiveModel);
  return { model: model as AutoregressiveModel, notes: JSON.parse(metadata['notes'] ?? '{}') };
}

function decodeFile(bytes: Uint8Array): Safetensors {
  let file: Safetensors;
  try {
    file = decodeSafetensors(bytes);
  } catch (cause) {
    throw damaged(`it is no complete safetensors file (${(cause as Error).message})`, cause);
  }
  if (file.metadata['format'] !== FORMAT)
    throw new DataError(
      `decodeAutoregressive: this safetensors file holds ${file.metadata['format'] ?? 'something else'}, not an ` +
        'autoregressive model. Pass a file that encodeAutoregressive wrote.',
    );
  if (file.metadata['version'] !== VERSION)
    throw new DataError(
      `decodeAutoregressive: the file has version ${file.metadata['version']}, and this program reads ${VERSION}. Update spinformer.`,
    );
  return file;
}

function damaged(what: string, cause?: unknown): DataError {
  return new DataError(`decodeAutoregressive: the file is damaged: ${what}. Write the model again.`, {
    cause,
  });
}
