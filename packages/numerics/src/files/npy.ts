import { unzipSync, zipSync } from 'fflate';
import { DataError } from '../errors.ts';
import { fromFloat16 } from './half.ts';
import { bytesOf, checkArray, type NumericArray, type NumericData, sizeOf } from './numeric-array.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** Headers are padded so that the data begin at a multiple of this. */
const ALIGNMENT = 64;

interface ElementType {
  readonly bytes: number;
  read(buffer: ArrayBuffer): NumericData;
}

/** NumPy's type strings without the byte order. */
const ELEMENTS: Readonly<Record<string, ElementType>> = {
  f8: { bytes: 8, read: (buffer) => new Float64Array(buffer) },
  f4: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  f2: { bytes: 2, read: (buffer) => fromFloat16(new Uint16Array(buffer)) },
  i8: { bytes: 8, read: (buffer) => new BigInt64Array(buffer) },
  u8: { bytes: 8, read: (buffer) => new BigUint64Array(buffer) },
  i4: { bytes: 4, read: (buffer) => new Int32Array(buffer) },
  u4: { bytes: 4, read: (buffer) => new Uint32Array(buffer) },
  i2: { bytes: 2, read: (buffer) => new Int16Array(buffer) },
  u2: { bytes: 2, read: (buffer) => new Uint16Array(buffer) },
  i1: { bytes: 1, read: (buffer) => new Int8Array(buffer) },
  u1: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
  b1: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
};

function typeString(data: NumericData): string {
  const [, kind, bits] = /^(?:Big)?(Float|Int|Uint)(\d+)Array$/.exec(data.constructor.name) ?? [];
  const letter = { Float: 'f', Int: 'i', Uint: 'u' }[kind];
  if (!letter) throw new DataError(`encodeNpy: ${data.constructor.name} has no element type there.`);
  const bytes = Number(bits) / 8;
  return `${bytes === 1 ? '|' : '<'}${letter}${bytes}`;
}

/**
 * Writes an array as an npy file (version 1.0, C order, little-endian), which `numpy.load` reads.
 *
 * @returns the file, new, owned by the caller.
 * @throws {DataError} when the shape does not fit the data.
 * @source NumPy, NEP 1
 */
export function encodeNpy(array: NumericArray): Uint8Array {
  checkArray(array, 'encodeNpy', 'array');
  const { shape, data } = array;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${typeString(data)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const prefix = MAGIC.length + 4;
  const header = Math.ceil((prefix + dictionary.length + 1) / ALIGNMENT) * ALIGNMENT - prefix;
  const file = new Uint8Array(prefix + header + data.byteLength);
  file.set([...MAGIC, 1, 0, header & 0xff, header >> 8]);
  file.set(new TextEncoder().encode(`${dictionary.padEnd(header - 1)}\n`), prefix);
  file.set(bytesOf(data), prefix + header);
  return file;
}

function fail(what: string, problem: string): never {
  throw new DataError(`${what}: ${problem}`);
}

function readHeader(bytes: Uint8Array, what: string): { text: string; dataStart: number } {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    fail(what, 'the file does not begin with \\x93NUMPY, so it is not an npy file, or it is damaged.');
  }
  const version = bytes[6];
  if (!(version >= 1 && version <= 3))
    fail(what, `npy version ${version} is unknown; versions 1 to 3 are read.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lengthBytes = version === 1 ? 2 : 4;
  const dataStart =
    8 +
    lengthBytes +
    (bytes.length < 12 ? Number.NaN : version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (!(dataStart <= bytes.length)) fail(what, 'the file ends within its header: it was cut short.');
  return { text: new TextDecoder().decode(bytes.slice(8 + lengthBytes, dataStart)), dataStart };
}

/** The values of a Fortran-ordered array in row-major order. */
function toRowMajor(data: NumericData, shape: readonly number[]): NumericData {
  const result = data.slice();
  const index = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  for (let at = 0; at < data.length; at++) {
    result[at] = data[index.reduce((sum, i, axis) => sum + i * strides[axis], 0)];
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return result;
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

function decode(bytes: Uint8Array, what: string): NumericArray {
  const { text, dataStart } = readHeader(bytes, what);
  const descr = /'descr':\s*'([<>|=])(\w+)'/.exec(text);
  const element = descr && Object.hasOwn(ELEMENTS, descr[2]) ? ELEMENTS[descr[2]] : undefined;
  if (!descr || !element) {
    const given = /'descr':\s*('[^']*'|\[.*\])/.exec(text)?.[1] ?? 'none';
    fail(
      what,
      `the element type ${given} is not a plain number. Save numbers, e.g. with array.astype('float64').`,
    );
  }
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const tuple = /'shape':\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (order === undefined || tuple === undefined)
    fail(what, 'the header has no shape or order: the file is damaged.');
  const shape = (tuple.match(/\d+/g) ?? []).map(Number);
  const expected = sizeOf(shape) * element.bytes;
  if (bytes.length - dataStart !== expected) {
    fail(
      what,
      `shape (${shape.join(', ')}) of ${descr[2]} needs ${expected} bytes of data, got ${bytes.length - dataStart}: the file was cut short or is damaged.`,
    );
  }
  const copy = new Uint8Array(bytes.subarray(dataStart));
  if (descr[1] === '>') swapBytes(copy, element.bytes);
  const data = element.read(copy.buffer);
  return { shape, data: order === 'True' ? toRowMajor(data, shape) : data };
}

/**
 * Reads an npy file of numbers: any float (f2 arrives as float32), integer or boolean type, either byte order, C or
 * Fortran order. The result is row-major.
 *
 * @param bytes - the whole file; it is not kept.
 * @returns new arrays that the caller owns.
 * @throws {DataError} when the file is damaged or foreign, or holds no plain numbers.
 * @source NumPy, NEP 1
 */
export function decodeNpy(bytes: Uint8Array): NumericArray {
  return decode(bytes, 'decodeNpy');
}

/**
 * Writes named arrays as an npz file, as `numpy.savez` does, or with `compress` as `numpy.savez_compressed` does. The
 * same arrays give the same bytes.
 *
 * @returns the file, new, owned by the caller.
 * @throws {DataError} when a shape does not fit its data.
 */
export function encodeNpz(
  arrays: Readonly<Record<string, NumericArray>>,
  options: { readonly compress?: boolean } = {},
): Uint8Array {
  const entries = Object.entries(arrays).map(([name, array]): [string, Uint8Array] => {
    checkArray(array, 'encodeNpz', name);
    return [`${name}.npy`, encodeNpy(array)];
  });
  // The oldest time that zip knows, so that the bytes do not depend on when they were written.
  return zipSync(Object.fromEntries(entries), {
    level: options.compress ? 6 : 0,
    mtime: '1980-01-01T00:00:00',
  });
}

/**
 * Reads an npz file of numeric arrays.
 *
 * @param bytes - the whole file; it is not kept.
 * @returns new arrays by name, which the caller owns.
 * @throws {DataError} when the file is no zip archive or one of its arrays cannot be read; the message names it.
 */
export function decodeNpz(bytes: Uint8Array): Record<string, NumericArray> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bytes);
  } catch (cause) {
    throw new DataError(
      `decodeNpz: the file is not a zip archive, or it is damaged (${(cause as Error).message}). Pass what numpy.savez wrote.`,
      { cause },
    );
  }
  return Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name.endsWith('.npy'))
      .map(([name, file]) => [name.slice(0, -'.npy'.length), decode(file, `decodeNpz: ${name}`)]),
  );
}
