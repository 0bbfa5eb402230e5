import { describe, expect, it } from 'vitest';
import { readAlignment } from '../../src/alignment-read.ts';
import { writeAlignment } from '../../src/alignment-write.ts';
import type { AlignmentFormat } from '../../src/formats/detect.ts';

const TEXT = '>a/3-6 first\nACDE\n>a/3-6 first\nA-.F\n># odd\nWCDY\n';

describe.each<AlignmentFormat>(['fasta', 'a2m', 'a3m', 'stockholm', 'plain'])(
  'an alignment as %s',
  (format) => {
    it.each(['state', 'ignore'] as const)('is read back, with gaps: %s', (gaps) => {
      const alignment = readAlignment(TEXT, { gaps, alphabet: 'protein' });
      const text = writeAlignment(alignment, format, alignment);
      for (const form of ['auto', format] as const) {
        const back = readAlignment(text.replaceAll('\n', '\r\n'), {
          gaps,
          alphabet: 'protein',
          format: form,
        });
        expect(back.values).toEqual(alignment.values);
        expect(back.warnings).toEqual([]);
        const names = { plain: ['1', '2', '3'], stockholm: ['a/3-6_first', 'a/3-6_first', '__odd'] };
        expect(back.names).toEqual(Object.hasOwn(names, format) ? names[format as never] : alignment.names);
      }
    });

    it('keeps an alphabet of its own', () => {
      const alignment = readAlignment('_*^\n^^_\n', { alphabet: '_*^' });
      const back = readAlignment(writeAlignment(alignment, format, alignment), { alphabet: '_*^' });
      expect(back.values).toEqual(alignment.values);
    });
  },
);

describe('what cannot be written', () => {
  const sequences = { samples: 1, sites: 2, values: Int32Array.of(0, 2) };

  it.each([
    ['fasta', { letters: 'AB' }, /state 2 of sample 0, site 1 has no letter in "AB"/],
    ['fasta', { letters: 'ABC', names: [] }, /1 sequences need as many names, got 0/],
    ['a3m', { letters: 'abc' }, /are insert states in a3m/],
    ['msf', { letters: 'ABC' }, /format must be one of/],
  ] as const)('%s %j', (format, options, message) => {
    expect(() => writeAlignment(sequences, format as never, options)).toThrow(message);
  });
});
