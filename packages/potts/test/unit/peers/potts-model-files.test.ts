import { gzipSync } from 'node:zlib';
import { DataError, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { energyDifferences } from '../../../src/energy.ts';
import { POTTS_FILE_FORMATS, type PottsFileFormat } from '../../../src/peers/peer-file.ts';
import { readPottsModelFile } from '../../../src/peers/read-potts-model-file.ts';
import { reorderStates } from '../../../src/peers/state-order.ts';
import { writePottsModelFile } from '../../../src/peers/write-potts-model-file.ts';
import { randomModel } from '../../helpers/random-models.ts';

const PROTEIN = '-ACDEFGHIKLMNPQRSTVWY';
const double = randomModel(seededRng(1), 3, 21);
/** Parameters that float32 holds, so that every format keeps every bit. */
const model = {
  ...double,
  fields: Float64Array.from(double.fields, Math.fround),
  couplings: Float64Array.from(double.couplings, Math.fround),
};
const offsets = Int32Array.of(5, 9, 10);
const ORDERED: readonly PottsFileFormat[] = ['ccmpred', 'ccmpred-msgpack', 'gremlin'];
const RELATIVE: readonly PottsFileFormat[] = ['ccmpred', 'ccmpred-msgpack'];

describe.each(POTTS_FILE_FORMATS)('a model as %s', (format) => {
  const bytes = writePottsModelFile(model, format, { letters: PROTEIN, offsets });
  const reading = readPottsModelFile(bytes);

  it('is recognised, and comes back with its letters and every bit', () => {
    expect(reading.format).toBe(format);
    expect([...reading.letters!].sort()).toEqual([...PROTEIN].sort());
    expect(ORDERED.includes(format)).toBe(reading.letters === 'ARNDCQEGHILKMFPSTWYV-');
    const back = reorderStates(reading.model, reading.letters!, PROTEIN);
    expect(Float64Array.from(back.couplings)).toEqual(model.couplings);
    if (!RELATIVE.includes(format)) expect(back.fields).toEqual(model.fields);
    const configuration = Int32Array.of(4, 0, 20);
    const expected = energyDifferences(model, configuration);
    energyDifferences(back, configuration).forEach((difference, k) => {
      expect(difference).toBeCloseTo(expected[k], 12);
    });
  });

  it('is written again as it was read, also from gzip', () => {
    const again = readPottsModelFile(gzipSync(bytes));
    expect(again).toEqual(reading);
    expect(writePottsModelFile(again.model, format, again)).toEqual(bytes);
  });

  it('is refused where another length or alphabet is expected', () => {
    expect(() => readPottsModelFile(bytes, { sites: 4 })).toThrow(/has 3 sites, not 4/);
    expect(() => readPottsModelFile(bytes, { letters: 'ACGU' })).toThrow(DataError);
  });

  it('is refused when cut off', () => {
    for (const share of [0.3, 0.6, 0.9])
      expect(() => readPottsModelFile(bytes.subarray(0, Math.floor(share * bytes.length)))).toThrow(
        DataError,
      );
  });
});
