import {
  decodeCheckpoint,
  decodeSafetensors,
  encodeCheckpoint,
  encodeSafetensors,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

describe('encodeCheckpoint', () => {
  it('is a safetensors file that other tools can read', () => {
    const file = decodeSafetensors(encodeCheckpoint({ weights: Float32Array.of(1, 2) }));
    expect(file.tensors).toEqual({ '000000': { shape: [2], data: Float32Array.of(1, 2) } });
    expect(file.metadata.format).toBe('spinformer-checkpoint/1');
  });

  it('says where something is not plain data', () => {
    expect(() => encodeCheckpoint({ a: [1, { b: undefined }] })).toThrow(
      'encodeCheckpoint: value.a[1].b is undefined.',
    );
    expect(() => encodeCheckpoint({ 'a b': new Map() })).toThrow('value["a b"] is a Map.');
    expect(() => encodeCheckpoint({ f: () => 0 })).toThrow('value.f is a function.');
    expect(() => encodeCheckpoint([1n] as unknown as object)).toThrow('value[0] is a bigint.');
    expect(() => encodeCheckpoint([new Int16Array(1)])).toThrow('value[0] is a Int16Array.');
    const self: { me?: unknown } = {};
    self.me = self;
    expect(() => encodeCheckpoint(self)).toThrow('value.me is an object that contains itself.');
  });

  it('copies views of a longer buffer, shared memory too', () => {
    const shared = new Float64Array(new SharedArrayBuffer(64), 16, 3).fill(2.5);
    expect(decodeCheckpoint(encodeCheckpoint([shared]))).toEqual([Float64Array.of(2.5, 2.5, 2.5)]);
  });
});

describe('decodeCheckpoint', () => {
  it('refuses foreign files by name', () => {
    const text = new TextEncoder().encode('>seq1\nACDEFGHIKL\n');
    expect(() => decodeCheckpoint(text)).toThrow(
      'decodeCheckpoint: this is not a checkpoint, or it is damaged',
    );
    const foreign = encodeSafetensors({ w: { shape: [1], data: new Float32Array(1) } });
    expect(() => decodeCheckpoint(foreign)).toThrow('the file is a safetensors file of another program');
    const later = encodeSafetensors({}, { format: 'spinformer-checkpoint/2' });
    expect(() => decodeCheckpoint(later)).toThrow(
      'the file is of format spinformer-checkpoint/2, not spinformer-checkpoint/1',
    );
    expect(() => decodeCheckpoint(new Uint8Array())).toThrow('a file has at least 8 bytes, got 0');
  });

  it('says that a damaged file is damaged', () => {
    const bytes = encodeCheckpoint({ point: Float64Array.of(1, 2) });
    bytes[bytes.length - 1] ^= 1;
    expect(() => decodeCheckpoint(bytes)).toThrow(
      /the file is damaged: its CRC-32 is [0-9a-f]{8}, but it says/,
    );
  });
});
