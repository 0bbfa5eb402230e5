import { DataError, encodeSafetensors, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consensusLetters } from '../../src/alignment-consensus.ts';
import { readAlignment } from '../../src/alignment-read.ts';
import { decodePottsModel, describeAlignment, encodePottsModel } from '../../src/model-file.ts';
import { FIXED, randomModel, smallModels } from '../helpers/random-models.ts';

const TEXT = '>ref/7-10\nACDE\n>b\nGCDE\n>c\nGC-F\n';

describe('a model file', () => {
  it('gives back every parameter bit for bit', () => {
    fc.assert(
      fc.property(smallModels, (model) => {
        expect(decodePottsModel(encodePottsModel(model)).model).toEqual(model);
      }),
      FIXED,
    );
  });

  it('keeps float32 couplings, and what sites and states stand for', () => {
    const alignment = readAlignment(TEXT, { alphabet: 'protein', focus: 'ref', gaps: 'ignore' });
    const model = randomModel(seededRng(1), 4, 20);
    const single = { ...model, couplings: Float32Array.from(model.couplings) };
    const description = { ...describeAlignment(alignment), gauge: 'zero-sum', notes: { method: 'plm' } };
    const file = decodePottsModel(encodePottsModel(single, description));
    expect(file.model).toEqual(single);
    expect(file.description).toEqual(description);
    expect(file.description.consensus).toBe('GCDE');
    expect([...file.description.reference!.residueNumbers]).toEqual([7, 8, 9, 10]);
  });

  it('holds one site too', () => {
    const model = randomModel(seededRng(2), 1, 3);
    expect(decodePottsModel(encodePottsModel(model)).model).toEqual(model);
  });

  it('refuses to write NaN', () => {
    const model = randomModel(seededRng(3), 2, 2);
    model.fields[1] = Number.NaN;
    expect(() => encodePottsModel(model)).toThrow(/encodePottsModel: fields\[0, 1\] is NaN/);
  });
});

describe('a bad model file', () => {
  const good = encodePottsModel(randomModel(seededRng(4), 3, 3), { gauge: 'zero-sum' });
  const flipped = (at: number) => {
    const bytes = good.slice();
    bytes[at] ^= 1;
    return bytes;
  };
  const changed = (text: string, other: string) => {
    const at = Buffer.from(good).indexOf(text);
    return good.map((byte, k) => (k >= at && k < at + other.length ? other.charCodeAt(k - at) : byte));
  };
  const foreign = (metadata: Record<string, string>) =>
    encodeSafetensors({ weights: { shape: [1], data: new Float32Array(1) } }, metadata);

  it.each([
    ['cut off', good.subarray(0, good.length - 8), /the file is damaged: it is no complete safetensors file/],
    ['empty', new Uint8Array(0), /the file is damaged/],
    ['a text', new TextEncoder().encode('>a\nACDE\n>b\nACDF\n'), /the file is damaged/],
    ['with a flipped bit', flipped(good.length - 3), /its checksum is wrong/],
    ['with a changed description', changed('zero-sum', 'zero-sun'), /its checksum is wrong/],
    ['of another program', foreign({}), /holds something else, not a Potts model/],
    [
      'of another kind',
      foreign({ format: 'spinformer-checkpoint/1' }),
      /holds spinformer-checkpoint\/1, not a Potts model/,
    ],
    [
      'of a later version',
      foreign({ format: 'spinformer-potts', version: '9' }),
      /has version 9, and this program reads 1/,
    ],
    [
      'without parameters',
      foreign({ format: 'spinformer-potts', version: '1' }),
      /lacks fields or couplings/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => decodePottsModel(bytes)).toThrow(DataError);
    expect(() => decodePottsModel(bytes)).toThrow(message);
  });
});

it('a consensus is the most frequent letter, weights counted, gaps aside', () => {
  const alignment = readAlignment(TEXT, { alphabet: 'protein' });
  expect(consensusLetters(alignment)).toBe('GCDE');
  expect(consensusLetters({ ...alignment, weights: Float64Array.of(5, 1, 1) })).toBe('ACDE');
});
