import { decodeSafetensors, encodeSafetensors, toFloat64 } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

/** A file with any header, right or wrong. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const file = new Uint8Array(8 + text.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  return file;
}

const entry = (more: object = {}) => ({ w: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...more } });

describe('encodeSafetensors', () => {
  it('aligns arrays of any width', () => {
    const tensors = {
      a: { shape: [3], data: Uint8Array.of(1, 2, 3) },
      b: { shape: [1], data: Float64Array.of(0.5) },
      c: { shape: [1], data: Int32Array.of(-1) },
    };
    expect(decodeSafetensors(encodeSafetensors(tensors)).tensors).toEqual(tensors);
  });

  it('refuses a shape that does not fit, and the reserved name', () => {
    const bad = { shape: [3], data: new Float32Array(2) };
    expect(() => encodeSafetensors({ w: bad })).toThrow(
      'encodeSafetensors: w has shape [3], 3 entries, but 2 values. Pass the shape of its data.',
    );
    expect(() => encodeSafetensors({ __metadata__: { shape: [2], data: new Float32Array(2) } })).toThrow(
      'is reserved',
    );
    expect(() => encodeSafetensors({ w: { shape: [1], data: [1] as unknown as Float32Array } })).toThrow(
      'w must be { shape, data } with a typed array as data.',
    );
  });
});

describe('decodeSafetensors', () => {
  it('reads bfloat16 and half precision exactly', () => {
    const file = fileOf({ w: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] } }, 4);
    file.set([0x80, 0x3f, 0x49, 0x40], file.length - 4);
    expect(decodeSafetensors(file).tensors.w.data).toEqual(Float32Array.of(1, 3.140625));
  });

  it.each([
    [new Uint8Array(3), 'a file has at least 8 bytes, got 3.'],
    [Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1), 'the header should have 255 bytes, but 1 follow.'],
    [fileOf('{"a"', 0), 'the header is not JSON.'],
    [fileOf('[1]', 0), 'the header is not an object.'],
    [fileOf(entry({ dtype: 'F8' }), 8), 'array "w" has the unknown element type "F8".'],
    [fileOf(entry({ dtype: 'constructor' }), 8), 'array "w" has the unknown element type "constructor".'],
    [fileOf({ w: null }, 0), 'array "w" has the unknown element type undefined.'],
    [fileOf(entry({ shape: [-2] }), 8), 'array "w" has no valid shape.'],
    [fileOf(entry({ data_offsets: [0, 16] }), 8), 'array "w" lies outside the file\'s 8 bytes of data.'],
    [fileOf(entry({ shape: [3] }), 8), 'array "w" of shape [3] does not fit its 8 bytes.'],
    [fileOf(entry({ data_offsets: [4, 12] }), 12), 'the data has a hole or an overlap at byte 0.'],
    [fileOf(entry(), 12), '4 bytes of data belong to no array.'],
    [fileOf({ __metadata__: { a: 1 } }, 0), '__metadata__ must map names to texts.'],
  ])('says what is wrong with a damaged file', (file, message) => {
    expect(() => decodeSafetensors(file)).toThrow(`decodeSafetensors: ${message}`);
  });
});

describe('toFloat64', () => {
  it('takes exact integers only', () => {
    expect(toFloat64(BigInt64Array.of(-5n, 7n))).toEqual(Float64Array.of(-5, 7));
    expect(toFloat64(Float32Array.of(0.5))).toEqual(Float64Array.of(0.5));
    expect(() => toFloat64(BigInt64Array.of(2n ** 60n), 'ids')).toThrow(
      'toFloat64: ids[0] is 1152921504606846976, which float64 cannot hold exactly. Read it as a BigInt array.',
    );
  });
});
