import type { PlainData } from '../contracts.ts';
import { DataError, DomainError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import type { NumericArray, NumericData } from './numeric-array.ts';
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts';

const FORMAT = 'spinformer-checkpoint/1';
const NO_CRC = '00000000';
const CRC_MARK = new TextEncoder().encode('"crc32":"');

/** What stands in the skeleton where JSON has no word: `{"$array": "3"}`, `{"$number": "NaN"}`, `{"$object": {…}}`. */
type Skeleton = null | boolean | number | string | Skeleton[] | { [key: string]: Skeleton };

function child(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** Takes plain data apart into a skeleton of JSON and a list of arrays. */
class Dismantler {
  readonly arrays: [string, NumericArray][] = [];
  readonly #ancestors = new Set<unknown>();

  skeleton(value: unknown, path: string): Skeleton {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? '-0' : `${value}` };
    }
    if (isCheckpointArray(value)) {
      const name = `${this.arrays.length}`.padStart(6, '0');
      this.arrays.push([name, { shape: [value.length], data: value }]);
      return { $array: name };
    }
    if (typeof value !== 'object')
      throw notPlain(path, value === undefined ? 'undefined' : `a ${typeof value}`);
    if (this.#ancestors.has(value)) throw notPlain(path, 'an object that contains itself');
    this.#ancestors.add(value);
    const result = Array.isArray(value)
      ? Array.from(value, (item, index) => this.skeleton(item, `${path}[${index}]`))
      : this.#object(value, path);
    this.#ancestors.delete(value);
    return result;
  }

  #object(value: object, path: string): Skeleton {
    const prototype = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) {
      throw notPlain(path, `a ${value.constructor?.name ?? 'class instance'}`);
    }
    const entries = Object.entries(value).map(([key, item]): [string, Skeleton] => [
      key,
      this.skeleton(item, child(path, key)),
    ]);
    const object = Object.fromEntries(entries);
    return entries.some(([key]) => key.startsWith('$')) ? { $object: object } : object;
  }
}

function isCheckpointArray(value: unknown): value is Float64Array | Float32Array | Int32Array | Uint8Array {
  return (
    value instanceof Float64Array ||
    value instanceof Float32Array ||
    value instanceof Int32Array ||
    value instanceof Uint8Array
  );
}

function notPlain(path: string, what: string): DomainError {
  return new DomainError(
    `encodeCheckpoint: ${path} is ${what}. Plain data are null, booleans, numbers, texts, Float64Array, Float32Array, Int32Array, Uint8Array, and lists and objects of these.`,
  );
}

function damaged(what: string): DataError {
  return new DataError(`decodeCheckpoint: ${what} Take an earlier checkpoint.`);
}

/** Puts plain data together again. */
function assemble(skeleton: Skeleton, arrays: Readonly<Record<string, NumericArray>>): PlainData {
  if (typeof skeleton !== 'object' || skeleton === null) return skeleton;
  if (Array.isArray(skeleton)) return skeleton.map((item) => assemble(item, arrays));
  const keys = Object.keys(skeleton);
  const tag = keys.length === 1 && keys[0].startsWith('$') ? keys[0] : '';
  if (tag === '$number') return Number(skeleton[tag]);
  if (tag === '$array') {
    const data: NumericData | undefined = arrays[String(skeleton[tag])]?.data;
    if (!isCheckpointArray(data)) throw damaged(`array ${JSON.stringify(skeleton[tag])} is missing.`);
    return data;
  }
  const object = tag === '$object' ? (skeleton[tag] as { [key: string]: Skeleton }) : skeleton;
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, assemble(item, arrays)]));
}

/** The CRC of the whole file with the digits of the CRC itself taken as zeros, and where those digits stand. */
function fileCrc(bytes: Uint8Array): { at: number; crc: string } | null {
  const at = findBytes(bytes, CRC_MARK) + CRC_MARK.length;
  if (at < CRC_MARK.length) return null;
  const zeros = new TextEncoder().encode(NO_CRC);
  const crc = crc32(bytes.subarray(at + 8), crc32(zeros, crc32(bytes.subarray(0, at))));
  return { at, crc: crc.toString(16).padStart(8, '0') };
}

function findBytes(bytes: Uint8Array, wanted: Uint8Array): number {
  for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  return -1;
}

/**
 * Plain data as the bytes of a checkpoint: a safetensors file whose arrays any tool can read, with everything else as
 * JSON in its metadata and a CRC-32 over the whole. Reading it back gives the same data bit for bit: NaN, infinities
 * and −0 too, and every typed array with its type.
 *
 * @param value - {@link PlainData}; typed as an object too, because TypeScript gives interfaces no index signature. It
 *   is checked while it is written.
 * @returns the file, new, owned by the caller.
 * @throws {DomainError} when something in it is not plain data; the message says where, as in `value.history[2]`.
 */
export function encodeCheckpoint(value: PlainData | object): Uint8Array {
  const dismantler = new Dismantler();
  const skeleton = JSON.stringify(dismantler.skeleton(value, 'value'));
  const bytes = encodeSafetensors(Object.fromEntries(dismantler.arrays), {
    crc32: NO_CRC,
    format: FORMAT,
    skeleton,
  });
  const { at, crc } = fileCrc(bytes)!;
  bytes.set(new TextEncoder().encode(crc), at);
  return bytes;
}

/**
 * Reads a checkpoint that {@link encodeCheckpoint} wrote.
 *
 * @param bytes - the whole file; it is not kept.
 * @returns new plain data that the caller owns.
 * @throws {DataError} when the file is damaged, cut short, another program's, or of another version.
 */
export function decodeCheckpoint(bytes: Uint8Array): PlainData {
  const sum = fileCrc(bytes);
  let file: ReturnType<typeof decodeSafetensors>;
  try {
    file = decodeSafetensors(bytes);
  } catch (cause) {
    const problem = (cause as Error).message.replace(/^decodeSafetensors: | The file is damaged.*$/g, '');
    throw new DataError(
      `decodeCheckpoint: this is not a checkpoint, or it is damaged: ${problem} Take an earlier checkpoint.`,
      { cause },
    );
  }
  const { format, crc32: written, skeleton } = file.metadata;
  if (format !== FORMAT) {
    throw new DataError(
      `decodeCheckpoint: the file is ${format ? `of format ${format}` : 'a safetensors file of another program'}, not ${FORMAT}. Pass a checkpoint that this version wrote.`,
    );
  }
  if (!sum || written !== sum.crc) {
    throw damaged(`the file is damaged: its CRC-32 is ${sum?.crc ?? 'gone'}, but it says ${written}.`);
  }
  return assemble(JSON.parse(skeleton), file.tensors);
}
