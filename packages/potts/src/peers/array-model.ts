import {
  DataError,
  decodeNpz,
  decodeSafetensors,
  encodeNpz,
  encodeSafetensors,
  type NumericArray,
  toFloat64,
} from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { fullCouplings } from '../model-file.ts';
import type { PottsFileHints, PottsFileMetadata, PottsModelReading } from './peer-file.ts';
import { agreedLetters, guessLetters } from './peer-letters.ts';
import { numbersToWrite, siteNumbers } from './site-numbers.ts';

type Arrays = Readonly<Record<string, NumericArray>>;
type ArrayFormat = 'npz' | 'safetensors';

/** Names under which programs keep fields and couplings. */
const FIELD_NAMES = ['h', 'fields', 'bias', 'v', 'V', 'h_i', 'hi'];
const COUPLING_NAMES = ['J', 'couplings', 'coupling_matrix', 'w', 'W', 'J_ij', 'Jij', 'e_ij'];

/**
 * Reads arrays from numpy's npz or a safetensors file: fields `h` [L, q], and couplings `J` as [L, L, q, q], [L, q, L, q]
 * (adabmDCA in Python) or [pairs, q, q] for i < j; also `letters` (ASCII codes) and `offsets` where they are there.
 * Other usual names are known too: `fields`, `bias`, `v`; `couplings`, `coupling_matrix`, `w`.
 *
 * @throws {DataError} for a damaged file, missing arrays, or shapes that do not fit.
 */
export function readArrayModel(
  bytes: Uint8Array,
  format: ArrayFormat,
  hints: PottsFileHints,
): PottsModelReading {
  const caller = `readPottsModelFile (${format})`;
  const { tensors, metadata } =
    format === 'npz' ? { tensors: decodeNpz(bytes), metadata: {} } : decodeSafetensors(bytes);
  const h = findArray(caller, tensors, FIELD_NAMES, 'fields h [sites, states]');
  const J = findArray(caller, tensors, COUPLING_NAMES, 'couplings J');
  if (h.shape.length !== 2 || h.shape[0] < 1 || h.shape[1] < 2)
    throw new DataError(`${caller}: fields must be [sites, states], got [${h.shape.join(', ')}].`);
  const [sites, states] = h.shape;
  const couplings = toFullTensor(caller, J, sites, states);
  const model = { sites, states, fields: toFloat64(h.data, 'h'), couplings };
  const inFile = lettersIn(tensors, metadata);
  const { letters, warnings } =
    inFile?.length === states
      ? { letters: agreedLetters(caller, inFile, hints), warnings: [] }
      : guessLetters(caller, states, hints);
  const offsets = tensors['offsets']?.data;
  return {
    model,
    ...(letters ? { letters } : {}),
    offsets: offsets?.length === sites ? Int32Array.from(toFloat64(offsets)) : siteNumbers(sites),
    description: letters ? { letters } : {},
    format,
    warnings,
  };
}

function lettersIn(tensors: Arrays, metadata: Readonly<Record<string, string>>): string | undefined {
  const codes = tensors['letters']?.data;
  return codes ? String.fromCharCode(...toFloat64(codes)) : metadata['letters'];
}

function findArray(caller: string, tensors: Arrays, names: readonly string[], what: string): NumericArray {
  const name = names.find((known) => Object.hasOwn(tensors, known));
  if (name !== undefined) return tensors[name];
  throw new DataError(
    `${caller}: the file has no ${what} under any of the names ${names.join(', ')}; it holds ` +
      `${Object.keys(tensors).join(', ') || 'no arrays'}.`,
  );
}

function toFullTensor(caller: string, { shape, data }: NumericArray, sites: number, states: number) {
  const values = data instanceof Float32Array ? data : toFloat64(data, 'J');
  const pairs = (sites * (sites - 1)) / 2;
  const is = (...wanted: number[]) => String(wanted) === String(shape);
  const full = { sites, states, couplings: values };
  if (is(pairs, states, states)) return fullCouplings(values, sites, states);
  const straight = is(sites, sites, states, states) && symmetryOf(full) !== null;
  const side = { ...full, couplings: swapAxes(values, sites, states, is(sites, states, sites, states)) };
  const model = straight ? full : is(sites, states, sites, states) ? side : null;
  if (model === null && !is(sites, sites, states, states))
    throw new DataError(
      `${caller}: couplings of shape [${shape.join(', ')}] do not fit ${sites} sites of ${states} states. ` +
        'Save [L, L, q, q], [L, q, L, q] or [pairs, q, q].',
    );
  const symmetry = model ? symmetryOf(model) : null;
  if (model === null || symmetry === null)
    throw new DataError(
      `${caller}: couplings must be symmetric, J_ij(a, b) = J_ji(b, a), or zero for i > j, with J_ii = 0.`,
    );
  if (symmetry === 'upper') mirror(model);
  return model.couplings;
}

/** [L, q, L, q] as [L, L, q, q]; the values as they are where `swap` is false. */
function swapAxes<T extends Float64Array | Float32Array>(
  values: T,
  sites: number,
  states: number,
  swap: boolean,
): T {
  if (!swap) return values;
  const swapped = values.slice() as T;
  let at = 0;
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < states; a++)
      for (let j = 0; j < sites; j++)
        for (let b = 0; b < states; b++) swapped[((i * sites + j) * states + a) * states + b] = values[at++];
  return swapped;
}

type Tensor = Pick<PottsModel, 'sites' | 'states' | 'couplings'>;

/** 'full' or 'upper' (zero for i > j); null where the diagonal is not zero or the tensor is neither. */
function symmetryOf({ sites, states, couplings }: Tensor): 'full' | 'upper' | null {
  let full = true;
  let upper = true;
  for (let i = 0; i < sites; i++)
    for (let j = 0; j <= i; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++) {
          const lower = couplings[((i * sites + j) * states + a) * states + b];
          if (i === j && lower !== 0) return null;
          if (lower !== 0) upper = false;
          if (lower !== couplings[((j * sites + i) * states + b) * states + a]) full = false;
        }
  if (full) return 'full';
  return upper ? 'upper' : null;
}

function mirror({ sites, states, couplings }: Tensor): void {
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++)
          couplings[((j * sites + i) * states + b) * states + a] =
            couplings[((i * sites + j) * states + a) * states + b];
}

/** Writes `h` [L, q], `J` [L, L, q, q], `letters` (ASCII codes) and `offsets` (residue numbers). */
export function writeArrayModel(
  model: PottsModel,
  format: ArrayFormat,
  metadata: PottsFileMetadata,
): Uint8Array {
  const { sites, states, fields, couplings } = model;
  const codes = Uint8Array.from(metadata.letters ?? '', (letter) => letter.charCodeAt(0));
  const arrays: Arrays = {
    h: { shape: [sites, states], data: fields },
    J: { shape: [sites, sites, states, states], data: couplings },
    ...(codes.length > 0 ? { letters: { shape: [codes.length], data: codes } } : {}),
    offsets: { shape: [sites], data: numbersToWrite(sites, metadata) },
  };
  if (format === 'npz') return encodeNpz(arrays, { compress: true });
  return encodeSafetensors(arrays, metadata.letters ? { letters: metadata.letters } : {});
}
