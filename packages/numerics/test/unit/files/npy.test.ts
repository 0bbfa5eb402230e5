import { decodeNpy, decodeNpz, encodeNpy, encodeNpz } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

const array = { shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) };

describe('decodeNpy', () => {
  it('refuses foreign, cut and damaged files', () => {
    const file = encodeNpy(array);
    expect(() => decodeNpy(new TextEncoder().encode('1,2,3\n4,5,6\n'))).toThrow(
      'does not begin with \\x93NUMPY',
    );
    expect(() => decodeNpy(file.subarray(0, 6))).toThrow('decodeNpy: npy version undefined is unknown');
    expect(() => decodeNpy(file.subarray(0, 9))).toThrow(
      'the file ends within its header: it was cut short.',
    );
    expect(() => decodeNpy(file.subarray(0, 60))).toThrow(
      'the file ends within its header: it was cut short.',
    );
    expect(() => decodeNpy(file.subarray(0, file.length - 1))).toThrow(
      'shape (2, 2) of f8 needs 32 bytes of data, got 31: the file was cut short or is damaged.',
    );
    const late = file.slice();
    late[6] = 9;
    expect(() => decodeNpy(late)).toThrow('npy version 9 is unknown; versions 1 to 3 are read.');
    const damaged = file.slice().fill(0x20, 10, 128);
    expect(() => decodeNpy(damaged)).toThrow('the element type none is not a plain number.');
  });

  it('refuses to write a shape that does not fit', () => {
    expect(() => encodeNpy({ shape: [5], data: array.data })).toThrow(
      'encodeNpy: array has shape [5], 5 entries, but 4',
    );
  });
});

describe('npz', () => {
  it.each([false, true])('comes back, compressed: %s', (compress) => {
    const arrays = { array, 'more/deep': { shape: [1], data: Uint8Array.of(9) } };
    expect(decodeNpz(encodeNpz(arrays, { compress }))).toEqual(arrays);
  });

  it('is the same bytes for the same arrays', () => {
    expect(encodeNpz({ array })).toEqual(encodeNpz({ array }));
  });

  it('names the array that cannot be read', () => {
    const file = encodeNpz({ weights: array });
    // Within the stored npy file, the first letter of its header's descr.
    const at = Buffer.from(file).indexOf('descr');
    file[at] = 0x78;
    expect(() => decodeNpz(file)).toThrow(
      'decodeNpz: weights.npy: the element type none is not a plain number.',
    );
    expect(() => decodeNpz(new Uint8Array(40))).toThrow(
      'decodeNpz: the file is not a zip archive, or it is damaged',
    );
  });
});
