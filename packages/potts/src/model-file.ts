import { encodeSafetensors, type Safetensors } from '@spinformer/numerics';
import type { Alignment, ReferenceSequence } from './alignment.ts';
import { consensusLetters } from './alignment-consensus.ts';
import { checkModel, type PottsModel } from './model.ts';
import { damagedFile, type OwnFile, openOwnFile } from './own-file.ts';

/** What the numbers of a model stand for, so that a saved model can be read without its alignment. */
export interface PottsDescription {
  /** `letters[state]`. */
  readonly letters?: string;
  /** Symbols of the alphabet, gap included. */
  readonly alphabet?: string;
  readonly gaps?: 'state' | 'ignore';
  /** 0-based column of the alignment for each site. */
  readonly columns?: Int32Array;
  readonly reference?: ReferenceSequence;
  /** Most frequent letter of each site. */
  readonly consensus?: string;
  /** Gauge of the parameters, as 'zero-sum'; 'as-inferred' where none was fixed. */
  readonly gauge?: string;
  /** Anything else worth keeping, as texts: method, penalties, effective number of sequences, versions. */
  readonly notes?: Readonly<Record<string, string>>;
}

/** A model read from a file. */
export interface PottsModelFile {
  readonly model: PottsModel;
  readonly description: PottsDescription;
}

const FILE: OwnFile = {
  caller: 'decodePottsModel',
  format: 'spinformer-potts',
  version: '1',
  content: 'a Potts model',
  encoder: 'encodePottsModel',
};

/** Describes the sites and states of a model that is inferred from an alignment. */
export function describeAlignment(alignment: Alignment): PottsDescription {
  const { letters, alphabet, gaps, columns, reference } = alignment;
  return {
    letters,
    alphabet: alphabet.symbols,
    gaps,
    columns,
    ...(reference ? { reference } : {}),
    consensus: consensusLetters(alignment),
  };
}

/**
 * A model as the bytes of a safetensors file: `fields` [sites, states], `couplings` [pairs, states, states] of the pairs
 * i < j in the order (0,1), (0,2), …, and what they stand for in the metadata. Couplings keep their precision.
 *
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for a parameter that is not finite, with its index.
 */
export function encodePottsModel(model: PottsModel, description: PottsDescription = {}): Uint8Array {
  checkModel('encodePottsModel', model);
  const { sites, states } = model;
  const couplings = packedCouplings(model);
  const { columns, reference, notes, ...texts } = description;
  const integers = { columns, residueNumbers: reference?.residueNumbers };
  const tensors: Record<string, Safetensors['tensors'][string]> = {
    fields: { shape: [sites, states], data: model.fields },
    couplings: { shape: [(sites * (sites - 1)) / 2, states, states], data: couplings },
  };
  for (const [name, data] of Object.entries(integers))
    if (data) tensors[name] = { shape: [data.length], data };
  const about = {
    ...texts,
    ...(reference ? { reference: { name: reference.name, letters: reference.letters } } : {}),
    notes,
  };
  const text = JSON.stringify(about);
  return encodeSafetensors(tensors, {
    format: FILE.format,
    version: FILE.version,
    description: text,
    checksum: checksum(text, model.fields, couplings),
  });
}

/**
 * Reads what {@link encodePottsModel} wrote.
 *
 * @throws {DataError} for a file that is damaged, cut off, of another kind or of a later version.
 */
export function decodePottsModel(bytes: Uint8Array): PottsModelFile {
  const { tensors, metadata } = openOwnFile(bytes, FILE);
  const fields = tensors['fields'];
  const packed = tensors['couplings'];
  const [sites, states] = fields?.shape ?? [];
  if (!(fields?.data instanceof Float64Array) || !isFloats(packed?.data) || !sites || !states)
    throw damagedFile(FILE, 'it lacks fields or couplings');
  if (packed.data.length !== ((sites * (sites - 1)) / 2) * states * states)
    throw damagedFile(FILE, `its couplings do not fit ${sites} sites of ${states} states`);
  const text = metadata['description'] ?? '';
  const model = { sites, states, fields: fields.data, couplings: fullCouplings(packed.data, sites, states) };
  // A parameter that is no number is the better thing to say of a file than a wrong checksum.
  checkModel('decodePottsModel', model);
  if (metadata['checksum'] !== checksum(text, fields.data, packed.data))
    throw damagedFile(FILE, 'its checksum is wrong');
  return { model, description: readDescription(text, tensors) };
}

function readDescription(text: string, tensors: Safetensors['tensors']): PottsDescription {
  const { reference, notes, ...texts } = JSON.parse(text);
  const columns = tensors['columns']?.data as Int32Array | undefined;
  const residueNumbers = tensors['residueNumbers']?.data as Int32Array | undefined;
  return {
    ...texts,
    ...(columns ? { columns } : {}),
    ...(reference && residueNumbers ? { reference: { ...reference, residueNumbers } } : {}),
    ...(notes ? { notes } : {}),
  };
}

function isFloats(data: unknown): data is Float64Array | Float32Array {
  return data instanceof Float64Array || data instanceof Float32Array;
}

/** The blocks i < j of the couplings, [pairs, states, states]: what {@link fullCouplings} unpacks. */
export function packedCouplings({ sites, states, couplings }: PottsModel): Float64Array | Float32Array {
  const block = states * states;
  const packed = couplings.slice(0, ((sites * (sites - 1)) / 2) * block);
  let next = 0;
  for (let i = 0; i < sites; i++) {
    const width = (sites - 1 - i) * block;
    const start = (i * sites + i + 1) * block;
    packed.set(couplings.subarray(start, start + width), next);
    next += width;
  }
  return packed;
}

/** The full tensor of the blocks i < j, with J_ji(b, a) = J_ij(a, b) and J_ii = 0. */
export function fullCouplings<T extends Float64Array | Float32Array>(
  packed: T,
  sites: number,
  states: number,
): T {
  const couplings = new (packed.constructor as new (length: number) => T)((sites * states) ** 2);
  let next = 0;
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      for (let a = 0; a < states; a++) {
        for (let b = 0; b < states; b++) {
          const value = packed[next++];
          couplings[((i * sites + j) * states + a) * states + b] = value;
          couplings[((j * sites + i) * states + b) * states + a] = value;
        }
      }
    }
  }
  return couplings;
}

/** FNV-1a over the description and the bytes of the parameters: finds damage, not forgery. */
function checksum(text: string, ...arrays: readonly (Float64Array | Float32Array)[]): string {
  let hash = 0x811c9dc5;
  for (const data of [new TextEncoder().encode(text), ...arrays]) {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    for (let k = 0; k < bytes.length; k++) hash = Math.imul(hash ^ bytes[k], 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
