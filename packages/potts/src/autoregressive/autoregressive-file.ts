import { encodeSafetensors } from '@spinformer/numerics';
import { damagedFile, type OwnFile, openOwnFile } from '../own-file.ts';
import { type AutoregressiveModel, checkAutoregressive } from './autoregressive-model.ts';

const FILE: OwnFile = {
  caller: 'decodeAutoregressive',
  format: 'spinformer-autoregressive',
  version: '1',
  content: 'an autoregressive model',
  encoder: 'encodeAutoregressive',
};

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
    { format: FILE.format, version: FILE.version, notes: JSON.stringify(notes) },
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
  const { tensors, metadata } = openOwnFile(bytes, FILE);
  const { order, fields, couplings } = tensors;
  const [sites, states] = fields?.shape ?? [];
  const isFloat = couplings?.data instanceof Float32Array || couplings?.data instanceof Float64Array;
  if (!(order?.data instanceof Int32Array) || !(fields?.data instanceof Float64Array) || !isFloat)
    throw damagedFile(FILE, 'it lacks order, fields or couplings');
  const model = { sites, states, order: order.data, fields: fields.data, couplings: couplings.data };
  checkAutoregressive('decodeAutoregressive', model as AutoregressiveModel);
  return { model: model as AutoregressiveModel, notes: JSON.parse(metadata['notes'] ?? '{}') };
}
