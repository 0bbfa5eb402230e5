import {
  decodeCheckpoint,
  encodeCheckpoint,
  type PlainData,
  restoreRng,
  seededRng,
} from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const typedArray = fc.oneof(
  fc.float64Array({ maxLength: 9 }),
  fc.float32Array({ maxLength: 9 }),
  fc.int32Array({ maxLength: 9 }),
  fc.uint8Array({ maxLength: 9 }),
);
const plainData = fc.letrec<{ value: PlainData }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.double(),
    fc.string({ unit: 'binary' }),
    typedArray as fc.Arbitrary<PlainData>,
    fc.array(tie('value')),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom('$array', '$number', '$object', '__proto__')),
      tie('value'),
    ),
  ),
})).value;

/** Bits, types and keys as one text: what `toEqual` cannot tell apart (NaN patterns aside) this does. */
function fingerprint(value: PlainData): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : `${value}`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (ArrayBuffer.isView(value))
    return `${value.constructor.name}(${[...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]})`;
  if (Array.isArray(value)) return `[${value.map(fingerprint)}]`;
  return `{${Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${fingerprint(item)}`)}}`;
}

describe('checkpoints', () => {
  it('give back any plain data bit for bit', () => {
    fc.assert(
      fc.property(plainData, (value) => {
        expect(fingerprint(decodeCheckpoint(encodeCheckpoint(value as object)))).toBe(fingerprint(value));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('notice any single byte that was changed', () => {
    const bytes = encodeCheckpoint({ point: Float64Array.of(1, 2, 3), step: 4, note: 'crc32":"' });
    for (let at = 0; at < bytes.length; at++) {
      const wrong = bytes.slice();
      wrong[at] ^= 0x10;
      expect(() => decodeCheckpoint(wrong), `byte ${at}`).toThrow('decodeCheckpoint: ');
    }
  });

  it('notice a file that was cut short', () => {
    const bytes = encodeCheckpoint({ point: new Float32Array(10) });
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeCheckpoint(bytes.subarray(0, length))).toThrow('decodeCheckpoint: ');
    }
  });

  it('hold the state of a random stream', () => {
    const rng = seededRng('run');
    rng.normal();
    const state = decodeCheckpoint(encodeCheckpoint(rng.state())) as unknown as ReturnType<typeof rng.state>;
    expect(restoreRng(state).normal()).toBe(rng.normal());
  });
});
