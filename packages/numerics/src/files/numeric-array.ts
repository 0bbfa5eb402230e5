import { DataError } from '../errors.ts';

/** The typed arrays that the file formats hold. */
export type NumericData =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

/** A dense array of a file: row-major, the last index varies fastest. A scalar has shape `[]`. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: NumericData;
}

/** The number of entries of a shape: 1 for `[]`. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, length) => size * length, 1);
}

/** The bytes behind a typed array, not copied. */
export function bytesOf(data: ArrayBufferView): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * Any numeric array of a file as float64. Integers of 64 bits must be exact.
 *
 * @param data - what a decoder returned.
 * @param what - how errors call it, such as `weights`.
 * @returns a new Float64Array that the caller owns.
 * @throws {DataError} when a 64-bit integer is beyond ±2⁵³, where float64 is no longer exact.
 */
export function toFloat64(data: NumericData, what = 'data'): Float64Array {
  if (!(data instanceof BigInt64Array || data instanceof BigUint64Array)) return Float64Array.from(data);
  const floats = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) {
    floats[i] = Number(data[i]);
    if (Math.abs(floats[i]) > Number.MAX_SAFE_INTEGER) {
      throw new DataError(
        `toFloat64: ${what}[${i}] is ${data[i]}, which float64 cannot hold exactly. Read it as a BigInt array.`,
      );
    }
  }
  return floats;
}

/** Checks an array that is to be written. @throws {DataError} when its length is not that of its shape. */
export function checkArray(array: NumericArray, caller: string, name: string): void {
  const { shape, data } = array;
  if (!ArrayBuffer.isView(data) || data instanceof DataView || !Array.isArray(shape)) {
    throw new DataError(`${caller}: ${name} must be { shape, data } with a typed array as data.`);
  }
  if (
    !shape.every((length) => Number.isSafeInteger(length) && length >= 0) ||
    sizeOf(shape) !== data.length
  ) {
    throw new DataError(
      `${caller}: ${name} has shape [${shape.join(', ')}], ${sizeOf(shape)} entries, but ${data.length} values. Pass the shape of its data.`,
    );
  }
}
