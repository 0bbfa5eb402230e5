import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readAlignment } from '../../src/alignment-read.ts';
import { effectiveSequences, sequenceWeights } from '../../src/alignment-weights.ts';
import { contactScores } from '../../src/contacts.ts';
import { writeCouplingTable } from '../../src/peers/coupling-table.ts';
import { readPlmcParameters } from '../../src/peers/plmc-params.ts';

const reference = JSON.parse(
  readFileSync(new URL('../../../../references/potts/plmc-small.json', import.meta.url), 'utf8'),
);
const bytes = Uint8Array.from(Buffer.from(reference.parameters, 'base64'));

/** plmc keeps parameters as float32 and prints six decimals. */
const SINGLE = 6;

describe('a parameter file of plmc', () => {
  const parameters = readPlmcParameters(bytes);

  it('holds its header, letters, numbers and weights', () => {
    expect(parameters).toMatchObject({ letters: '_*^', sequences: 5, sequencesDropped: 1, target: '_*^_*' });
    expect(parameters.fieldPenalty).toBeCloseTo(0.1, SINGLE);
    expect(parameters.couplingPenalty).toBe(1);
    expect([...parameters.numbers]).toEqual([11, 12, 13, 14, 15]);
  });

  it('agrees with our reading and weighting of the same alignment', () => {
    const alignment = readAlignment(reference.alignment, { alphabet: '_*^', focus: 'one' });
    const weights = sequenceWeights(alignment, { identity: 0.7 });
    expect(alignment.samples).toBe(parameters.sequences);
    expect(alignment.counts.sequencesWithInvalidLetters).toBe(parameters.sequencesDropped);
    expect([...alignment.reference!.residueNumbers]).toEqual([...parameters.numbers]);
    expect([...parameters.neighbours].filter((count) => count > 0)).toEqual(
      [...weights].map((w) => Math.round(1 / w)),
    );
    expect(parameters.effectiveSequences).toBeCloseTo(effectiveSequences(weights), SINGLE);
    const frequency = alignment.values.reduce(
      (sum, state, k) => sum + (k % 5 === 0 && state === 0 ? weights[k / 5] : 0),
      0,
    );
    expect(parameters.frequencies[0]).toBeCloseTo(frequency / effectiveSequences(weights), SINGLE);
  });

  it('has the couplings of its own table: Frobenius norms as given, with the average product correction', () => {
    const scores = contactScores(parameters.model, { gauge: 'as-given' });
    const ours = writeCouplingTable(scores, {
      residueNumbers: parameters.numbers,
      letters: parameters.target,
    });
    const scoresOf = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => Number(line.split(' ')[5]));
    const pairsOf = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' ').slice(0, 4));
    expect(pairsOf(ours)).toEqual(pairsOf(reference.couplingTable));
    const expected = scoresOf(reference.couplingTable);
    scoresOf(ours).forEach((score, k) => {
      expect(score).toBeCloseTo(expected[k], 5);
    });
  });

  it.each([
    ['cut off', bytes.subarray(0, 900)],
    ['too long', Uint8Array.of(...bytes, 0)],
    ['of another kind', new TextEncoder().encode('>a\nACDE\n')],
    ['empty', new Uint8Array(0)],
  ])('is refused when %s', (_, file) => {
    expect(() => readPlmcParameters(file)).toThrow(/bytes do not fit the header/);
  });
});
