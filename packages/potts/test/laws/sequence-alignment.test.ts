import fc from 'fast-check';
import { expect, it } from 'vitest';
import { alignPair } from '../../src/structure/sequence-alignment.ts';
import { FIXED } from '../helpers/random-models.ts';

/** Scores of nucleotides, and the cost of a gap of k letters. */
const score = (a: string, b: string) => (a === b ? 5 : -4);
const gap = (letters: number) => (letters === 0 ? 0 : 10 + (letters - 1));
/** Before the first pair and after the last, the longer of two gaps may hang over the end. */
const end = (some: number, others: number) => Math.min(gap(some), gap(others));

/** The score of an alignment, given its pairs. */
function total(a: string, b: string, pairs: readonly (readonly [number, number])[]): number {
  // Without a pair, one sequence hangs over the start and the other over the end.
  if (pairs.length === 0) return 0;
  let sum = -end(pairs[0][0], pairs[0][1]);
  pairs.forEach(([i, j], k) => {
    sum += score(a[i], b[j]);
    const [nextI, nextJ] = pairs[k + 1] ?? [0, 0];
    if (k + 1 < pairs.length) sum -= gap(nextI - i - 1) + gap(nextJ - j - 1);
  });
  const [lastI, lastJ] = pairs.at(-1)!;
  return sum - end(a.length - 1 - lastI, b.length - 1 - lastJ);
}

/** All alignments of the rest of two short sequences. */
function* alignments(a: string, b: string, fromA = 0, fromB = 0): Generator<[number, number][]> {
  yield [];
  for (let i = fromA; i < a.length; i++)
    for (let j = fromB; j < b.length; j++)
      for (const rest of alignments(a, b, i + 1, j + 1)) yield [[i, j], ...rest];
}

it('alignPair finds an alignment of the highest score of all', () => {
  const short = fc.string({ unit: fc.constantFrom('A', 'C', 'G'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(short, short, (a, b) => {
      const partners = [...alignPair(a, b, 'nucleic')];
      const pairs = partners.flatMap((j, i) => (j < 0 ? [] : [[i, j] as const]));
      let best = Number.NEGATIVE_INFINITY;
      for (const candidate of alignments(a, b)) best = Math.max(best, total(a, b, candidate));
      expect(total(a, b, pairs)).toBe(best);
    }),
    { ...FIXED, numRuns: 200 },
  );
});
