import { describe, expect, it } from 'vitest';
import { columnPatterns } from '../../../src/inference/column-patterns.ts';
import { distinctSequences } from '../../../src/inference/distinct-sequences.ts';
import { randomData } from '../../support/random-data.ts';

/** Row of every column of a sequence, read back from the dictionary. */
function rowsOf(
  patterns: ReturnType<typeof columnPatterns>,
  sequence: number,
  vectors: number,
  padded: number,
) {
  const rows: number[] = [];
  for (let b = 0; b + 1 < patterns.blockGroups.length; b++) {
    const first = patterns.blockGroups[b];
    const count = patterns.blockGroups[b + 1] - first;
    for (let k = 0; k < count; k++) {
      const id = patterns.ids[first * padded + sequence * count + k];
      const pattern = patterns.blockPatterns[b] + id / vectors;
      rows.push(...patterns.members.subarray(pattern * patterns.width, (pattern + 1) * patterns.width));
    }
  }
  return rows;
}

describe('columnPatterns', () => {
  for (const [samples, sites, states] of [
    [40, 10, 3],
    [300, 13, 21],
    [4000, 7, 2],
    [3000, 5, 127],
    [1, 2, 2],
  ])
    it(`spells every sequence: ${samples} of ${sites} sites, ${states} states`, () => {
      const data = distinctSequences(randomData(samples, sites, states, { missing: 0.1 }));
      const vectors = Math.ceil(states / 4);
      const padded = Math.ceil(data.sequences / 4) * 4;
      const patterns = columnPatterns(data, vectors, padded);
      for (let s = 0; s < padded; s++) {
        const rows = rowsOf(patterns, s, vectors, padded).slice(0, sites);
        const letters =
          s < data.sequences ? Array.from(data.letters.subarray(s * sites, (s + 1) * sites)) : [];
        const expected = Array.from({ length: sites }, (_, j) =>
          (letters[j] ?? -1) < 0 ? sites * states : j * states + letters[j],
        );
        expect(rows).toEqual(expected);
      }
    });

  it('takes wide groups where few sequences make few patterns, and keeps row numbers within 16 bits', () => {
    const data = distinctSequences(randomData(3000, 12, 4));
    expect(columnPatterns(data, 1, 3000).width).toBe(3);
    const many = distinctSequences(randomData(20_000, 6, 127));
    const patterns = columnPatterns(many, 32, 20_000);
    expect(
      Math.max(...patterns.blockPatterns.slice(1).map((end, b) => end - patterns.blockPatterns[b])),
    ).toBeLessThan(65536 / 32 + 1);
    expect(patterns.largestBlock).toBeGreaterThan(0);
  });
});
