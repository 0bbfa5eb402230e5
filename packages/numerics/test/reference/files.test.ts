import {
  decodeNpy,
  decodeNpz,
  decodeSafetensors,
  encodeNpy,
  encodeSafetensors,
  toFloat64,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { reference } from '../helpers/references.ts';

const files = reference<Record<string, string> & { npy: Record<string, string> }>('files.json');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('npy files of NumPy', () => {
  it.each(Object.keys(files.npy))('of type %s are read', (kind) => {
    const { shape, data } = decodeNpy(bytes(files.npy[kind]));
    expect(shape).toEqual([2, 3]);
    expect([...data].map(Number)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('in Fortran order become row-major', () => {
    const { shape, data } = decodeNpy(bytes(files.fortran));
    expect(shape).toEqual([2, 3, 4]);
    expect(toFloat64(data)).toEqual(Float64Array.from({ length: 24 }, (_, i) => i));
  });

  it('may hold a scalar, nothing, booleans, half precision', () => {
    expect(decodeNpy(bytes(files.scalar))).toEqual({ shape: [], data: Float64Array.of(2.5) });
    expect(decodeNpy(bytes(files.empty))).toEqual({ shape: [0, 3], data: new Float64Array(0) });
    expect(decodeNpy(bytes(files.bool))).toEqual({ shape: [2], data: Uint8Array.of(1, 0) });
    const half = decodeNpy(bytes(files.half)).data as Float32Array;
    const expected = Float32Array.of(0, -0, 1, 2 ** -24, 65504, Number.POSITIVE_INFINITY, 0.0999755859375);
    expect(half).toEqual(expected);
  });

  it('that hold no plain numbers are refused by type', () => {
    expect(() => decodeNpy(bytes(files.text))).toThrow(
      "decodeNpy: the element type '<U2' is not a plain number.",
    );
    expect(() => decodeNpy(bytes(files.structured))).toThrow('is not a plain number.');
  });

  it('are written byte for byte as NumPy does', () => {
    const data = Float64Array.from([0, 1, 2, 3, 4, 5]);
    expect(Buffer.from(encodeNpy({ shape: [2, 3], data })).toString('base64')).toBe(files.npy['<f8']);
    expect(Buffer.from(encodeNpy({ shape: [], data: Float64Array.of(2.5) })).toString('base64')).toBe(
      files.scalar,
    );
    const small = { shape: [2, 3], data: Int8Array.from(data) };
    expect(Buffer.from(encodeNpy(small)).toString('base64')).toBe(files.npy['|i1']);
  });
});

describe('npz files of NumPy', () => {
  it.each(['npz', 'npzCompressed'])('are read: %s', (name) => {
    expect(decodeNpz(bytes(files[name]))).toEqual({
      couplings: { shape: [2, 3], data: Float64Array.of(0, 0.125, 0.25, 0.375, 0.5, 0.625) },
      lengths: { shape: [2], data: Int32Array.of(3, 4) },
    });
  });
});

describe('safetensors files of the Python package', () => {
  it('are read', () => {
    const { tensors, metadata } = decodeSafetensors(bytes(files.safetensors));
    expect(metadata).toEqual({ note: 'made by Python' });
    expect(tensors.float64).toEqual({ shape: [2, 2], data: Float64Array.of(0.1, -2.5, Math.PI, 1e300) });
    expect(tensors.float32).toEqual({ shape: [3], data: Float32Array.of(0.5, -0.25, 3) });
    expect(tensors.int64).toEqual({ shape: [2], data: BigInt64Array.of(1n, -(2n ** 40n)) });
    expect(tensors.int32).toEqual({ shape: [2, 1], data: Int32Array.of(7, -8) });
    expect(tensors.uint8).toEqual({ shape: [2], data: Uint8Array.of(0, 255) });
    expect(tensors.bool).toEqual({ shape: [2], data: Uint8Array.of(1, 0) });
    expect((tensors.float16.data as Float32Array)[4]).toBe(65504);
  });

  it('and ours hold the same after a round', () => {
    const file = decodeSafetensors(bytes(files.safetensors));
    expect(decodeSafetensors(encodeSafetensors(file.tensors, file.metadata))).toEqual(file);
  });
});
