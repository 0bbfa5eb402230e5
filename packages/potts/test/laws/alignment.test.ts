import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSequences, readAlignment } from '../../src/alignment-read.ts';
import { effectiveSequences, sequenceWeights } from '../../src/alignment-weights.ts';
import { writeFasta } from '../../src/alignment-write.ts';
import { FIXED } from '../helpers/random-models.ts';

/** Two to six sequences of one length from a few protein letters, without a column of gaps only. */
const families = fc
  .record({ sites: fc.integer({ min: 1, max: 12 }), samples: fc.integer({ min: 2, max: 6 }) })
  .chain(({ sites, samples }) =>
    fc.array(
      fc.string({ unit: fc.constantFrom('A', 'C', 'W', 'Y', '-'), minLength: sites, maxLength: sites }),
      {
        minLength: samples,
        maxLength: samples,
      },
    ),
  )
  .map((sequences) => [...sequences, 'A'.repeat(sequences[0].length)]);

const wrap = (sequence: string, width: number, end: string) =>
  Array.from({ length: Math.ceil(sequence.length / width) }, (_, k) =>
    sequence.slice(k * width, (k + 1) * width),
  ).join(end);

describe('readAlignment', () => {
  it('reads any wrapping and line end alike, and what writeFasta wrote', () => {
    const shape = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      end: fc.constantFrom('\n', '\r\n', '\n\n'),
    });
    fc.assert(
      fc.property(families, shape, (sequences, { width, end }) => {
        const expected = alignSequences(sequences, { alphabet: 'protein' });
        const text = sequences
          .map((sequence, k) => `>${k + 1}${end}${wrap(sequence, width, end)}${end}`)
          .join('');
        const { names, values, codes } = readAlignment(text, { alphabet: 'protein' });
        expect({ names, values, codes }).toEqual({
          names: expected.names,
          values: expected.values,
          codes: expected.codes,
        });
        const again = readAlignment(writeFasta(expected, expected), { alphabet: 'protein' });
        expect(again.values).toEqual(expected.values);
      }),
      FIXED,
    );
  });

  it('reads the same sequences from FASTA, A3M with inserts, Stockholm and plain text', () => {
    fc.assert(
      fc.property(families, fc.stringMatching(/^[a-z]{1,3}$/), (sequences, insert) => {
        const expected = alignSequences(sequences, { alphabet: 'protein' }).values;
        const named = sequences.map((sequence, k) => `s${k} ${sequence}`).join('\n');
        const a3m = sequences.map(
          (sequence, k) => `>s${k}\n${k % 2 ? sequence : sequence[0] + insert + sequence.slice(1)}\n`,
        );
        const options = { alphabet: 'protein' } as const;
        expect(readAlignment(named, options).values).toEqual(expected);
        expect(readAlignment(`# STOCKHOLM 1.0\n${named}\n//\n`, options).values).toEqual(expected);
        expect(readAlignment(a3m.join(''), { ...options, format: 'a3m' }).values).toEqual(expected);
      }),
      FIXED,
    );
  });
});

describe('sequence weights', () => {
  it('move with their sequences, and a copy shares the weight of one', () => {
    fc.assert(
      fc.property(families, (sequences) => {
        const weigh = (list: readonly string[]) =>
          sequenceWeights(alignSequences(list, { alphabet: 'protein' }));
        expect([...weigh([...sequences].reverse())].reverse()).toEqual([...weigh(sequences)]);
        const doubled = weigh([...sequences, ...sequences]);
        // Every sequence has twice as many neighbours, itself included, so the sum stays.
        expect(effectiveSequences(doubled)).toBeCloseTo(effectiveSequences(weigh(sequences)), 12);
      }),
      FIXED,
    );
  });
});
