import { DataError } from '../errors.ts';
import { fromBfloat16, fromFloat16 } from './half.ts';
import { bytesOf, checkArray, type NumericArray, type NumericData, sizeOf } from './numeric-array.ts';

/** What a safetensors file holds: named arrays, and texts about them. */
export interface Safetensors {
  readonly tensors: Readonly<Record<string, NumericArray>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How an element type of the format is read: its width in bytes, and its bytes as a typed array. */
interface ElementType {
  readonly bytes: number;
  read(buffer: ArrayBuffer): NumericData;
}

const ELEMENTS: Readonly<Record<string, ElementType>> = {
  F64: { bytes: 8, read: (buffer) => new Float64Array(buffer) },
  F32: { bytes: 4, read: (buffer) => new Float32Array(buffer) },
  F16: { bytes: 2, read: (buffer) => fromFloat16(new Uint16Array(buffer)) },
  BF16: { bytes: 2, read: (buffer) => fromBfloat16(new Uint16Array(buffer)) },
  I64: { bytes: 8, read: (buffer) => new BigInt64Array(buffer) },
  U64: { bytes: 8, read: (buffer) => new BigUint64Array(buffer) },
  I32: { bytes: 4, read: (buffer) => new Int32Array(buffer) },
  U32: { bytes: 4, read: (buffer) => new Uint32Array(buffer) },
  I16: { bytes: 2, read: (buffer) => new Int16Array(buffer) },
  U16: { bytes: 2, read: (buffer) => new Uint16Array(buffer) },
  I8: { bytes: 1, read: (buffer) => new Int8Array(buffer) },
  U8: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
  BOOL: { bytes: 1, read: (buffer) => new Uint8Array(buffer) },
};

const HEADER_LENGTH_BYTES = 8;
const METADATA = '__metadata__';

function elementName(data: NumericData): string {
  const [, kind, bits] = /^(?:Big)?(Float|Int|Uint)(\d+)Array$/.exec(data.constructor.name) ?? [];
  const letter = { Float: 'F', Int: 'I', Uint: 'U' }[kind];
  if (!letter) throw new DataError(`encodeSafetensors: ${data.constructor.name} has no element type there.`);
  return letter + bits;
}

/**
 * Writes named arrays as a safetensors file: a JSON header and raw little-endian data, readable by Python, Rust and
 * browsers, without any code in it. Arrays stand in the order given, each aligned to eight bytes.
 *
 * @param tensors - arrays by name; the name `__metadata__` is the format's own.
 * @param metadata - texts that go into the header.
 * @returns the file, new, owned by the caller.
 * @throws {DataError} when a shape does not fit its data, or the reserved name is used.
 * @source safetensors format, huggingface/safetensors README
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, NumericArray>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  // Wide elements first, so that with a header of a multiple of eight bytes every array is aligned without gaps.
  const entries = Object.entries(tensors);
  for (const [name, array] of entries) {
    if (name === METADATA)
      throw new DataError(`encodeSafetensors: ${METADATA} is reserved; rename that array.`);
    checkArray(array, 'encodeSafetensors', name);
  }
  entries.sort((a, b) => b[1].data.BYTES_PER_ELEMENT - a[1].data.BYTES_PER_ELEMENT);
  const header: [string, unknown][] = Object.keys(metadata).length > 0 ? [[METADATA, metadata]] : [];
  let end = 0;
  for (const [name, { shape, data }] of entries) {
    const begin = end;
    end += data.byteLength;
    header.push([name, { dtype: elementName(data), shape, data_offsets: [begin, end] }]);
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerBytes = Math.ceil(text.length / 8) * 8;
  const file = new Uint8Array(HEADER_LENGTH_BYTES + headerBytes + end);
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true);
  file.fill(0x20, HEADER_LENGTH_BYTES, HEADER_LENGTH_BYTES + headerBytes).set(text, HEADER_LENGTH_BYTES);
  let at = HEADER_LENGTH_BYTES + headerBytes;
  for (const [, { data }] of entries) {
    file.set(bytesOf(data), at);
    at += data.byteLength;
  }
  return file;
}

function fail(problem: string): never {
  throw new DataError(`decodeSafetensors: ${problem} The file is damaged, cut short, or not safetensors.`);
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < HEADER_LENGTH_BYTES) fail(`a file has at least 8 bytes, got ${bytes.length}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const dataStart = HEADER_LENGTH_BYTES + length;
  if (dataStart > bytes.length)
    fail(`the header should have ${length} bytes, but ${bytes.length - 8} follow.`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.slice(8, dataStart)));
  } catch {
    fail('the header is not JSON.');
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    fail('the header is not an object.');
  return { header: header as Record<string, unknown>, dataStart };
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (
    typeof value !== 'object' ||
    value === null ||
    !Object.values(value).every((v) => typeof v === 'string')
  ) {
    fail(`${METADATA} must map names to texts.`);
  }
  return value as Record<string, string>;
}

function readTensor(
  name: string,
  entry: unknown,
  data: Uint8Array,
): { array: NumericArray; span: [number, number] } {
  const { dtype, shape, data_offsets: span } = (entry ?? {}) as Record<string, unknown>;
  const element = Object.hasOwn(ELEMENTS, String(dtype)) ? ELEMENTS[String(dtype)] : undefined;
  if (!element) fail(`array ${JSON.stringify(name)} has the unknown element type ${JSON.stringify(dtype)}.`);
  const isCount = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isCount))
    fail(`array ${JSON.stringify(name)} has no valid shape.`);
  if (
    !Array.isArray(span) ||
    span.length !== 2 ||
    !span.every(isCount) ||
    span[0] > span[1] ||
    span[1] > data.length
  ) {
    fail(`array ${JSON.stringify(name)} lies outside the file's ${data.length} bytes of data.`);
  }
  if (span[1] - span[0] !== sizeOf(shape) * element.bytes) {
    fail(
      `array ${JSON.stringify(name)} of shape [${shape.join(', ')}] does not fit its ${span[1] - span[0]} bytes.`,
    );
  }
  const buffer = new Uint8Array(data.subarray(span[0], span[1])).buffer;
  return { array: { shape, data: element.read(buffer) }, span: [span[0], span[1]] };
}

/**
 * Reads a safetensors file. F16 and BF16 arrive as float32 (exactly), BOOL as 0 and 1, I64 and U64 as BigInt arrays
 * (see {@link toFloat64}).
 *
 * @param bytes - the whole file; it is not kept.
 * @returns new arrays that the caller owns, in the file's order.
 * @throws {DataError} when the file is damaged or foreign; the message says where.
 * @source safetensors format, huggingface/safetensors README
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  const { header, dataStart } = readHeader(bytes);
  const data = bytes.subarray(dataStart);
  const spans: [number, number][] = [];
  const tensors: [string, NumericArray][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) continue;
    const { array, span } = readTensor(name, entry, data);
    tensors.push([name, array]);
    spans.push(span);
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let end = 0;
  for (const [begin, next] of spans) {
    if (begin !== end) fail(`the data has a hole or an overlap at byte ${Math.min(begin, end)}.`);
    end = next;
  }
  if (end !== data.length) fail(`${data.length - end} bytes of data belong to no array.`);
  return { tensors: Object.fromEntries(tensors), metadata: readMetadata(header[METADATA]) };
}
