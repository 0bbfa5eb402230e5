import { describe, expect, it } from 'vitest';
import { alignSequences, readAlignment } from '../../src/alignment-read.ts';

/** The sequences of an alignment as text again. */
function letters(text: string, options: Parameters<typeof readAlignment>[1] = {}): string[] {
  const { samples, sites, codes, alphabet } = readAlignment(text, options);
  return Array.from({ length: samples }, (_, m) =>
    Array.from(codes.subarray(m * sites, (m + 1) * sites), (code) => alphabet.symbols[code]).join(''),
  );
}

describe('FASTA', () => {
  it('reads names, states and letters', () => {
    const alignment = readAlignment('>a one\nACDE\n>b\nAC-E\n');
    expect(alignment).toMatchObject({ samples: 2, sites: 4, states: 21, format: 'fasta', gaps: 'state' });
    expect(alignment.names).toEqual(['a one', 'b']);
    expect([...alignment.values]).toEqual([1, 2, 3, 4, 1, 2, 0, 4]);
    expect([...alignment.columns]).toEqual([0, 1, 2, 3]);
    expect(alignment.letters).toBe('-ACDEFGHIKLMNPQRSTVWY');
    expect(alignment.warnings).toEqual([]);
  });

  it('joins wrapped lines, and tolerates Windows line ends, blank lines, comments, a byte-order mark and spaces', () => {
    const text = '\ufeff;a comment\r\n>a\r\nAC DE\r\n\r\nFG\r\n# another\r\n>b  \r\nACDEFW\r\n\r\n';
    expect(letters(text)).toEqual(['ACDEFG', 'ACDEFW']);
    expect(readAlignment(text).names).toEqual(['a', 'b']);
    expect(letters('>a\rACDE\r>b\rACDF\r')).toEqual(['ACDE', 'ACDF']);
  });

  it('reads lower case as upper case, dots as gaps, and keeps duplicate names', () => {
    expect(letters('>a\nACd.\n>a\nAC-E\n', { format: 'fasta' })).toEqual(['ACD-', 'AC-E']);
    expect(readAlignment('>a\nACDE\n>a\nACDF\n').names).toEqual(['a', 'a']);
  });

  it('ignores gaps on request: −1, one state fewer, and the codes keep them', () => {
    const alignment = readAlignment('>a\nACDE\n>b\nAC-E\n', { gaps: 'ignore' });
    expect(alignment.states).toBe(20);
    expect(alignment.letters).toBe('ACDEFGHIKLMNPQRSTVWY');
    expect([...alignment.values]).toEqual([0, 1, 2, 3, 0, 1, -1, 3]);
    expect([...alignment.codes]).toEqual([1, 2, 3, 4, 1, 2, 0, 4]);
  });

  it('takes custom letters, with the case as given where it matters', () => {
    expect(letters('>1\n_*^\n>2\n^^_\n', { alphabet: '_*^' })).toEqual(['_*^', '^^_']);
    expect(letters('>1\naAb\n>2\nbba\n', { alphabet: 'aAb' })).toEqual(['aAb', 'bba']);
    expect([...readAlignment('>1\nA-B\n>2\nBBA\n', { alphabet: 'AB-', gaps: 'ignore' }).values]).toEqual([
      0, -1, 1, 1, 1, 0,
    ]);
  });
});

describe('A2M and A3M', () => {
  const a2m = '>a/3-8\nAC..DE-F\n>b\nACkk-EGF\n';
  const a3m = '#A3M#\n>a/3-7\nACDE-F\n>b\nACkk-EGF\n>c\naACDEGF\n';

  it('A2M is recognised by its insert columns, which are left out', () => {
    expect(readAlignment(a2m).format).toBe('a2m');
    expect(letters(a2m)).toEqual(['ACDE-F', 'AC-EGF']);
    expect([...readAlignment(a2m).columns]).toEqual([0, 1, 4, 5, 6, 7]);
    expect(readAlignment(a2m).counts).toMatchObject({ columnsRead: 8, columnsOutsideFocus: 2 });
  });

  it('A3M is recognised by its ragged lower case', () => {
    expect(readAlignment(a3m).format).toBe('a3m');
    expect(letters(a3m)).toEqual(['ACDE-F', 'AC-EGF', 'ACDEGF']);
  });

  it('mixed columns are FASTA unless the format is named', () => {
    const mixed = '>a\nACd\n>b\nACE\n';
    expect(readAlignment(mixed).format).toBe('fasta');
    expect(() => readAlignment(mixed, { format: 'a2m' })).toThrow(
      /column 3 of the A2M file mixes match states/,
    );
  });

  it('dotless A2M is read like A3M', () => {
    expect(letters('>a\nACDE\n>b\nACkkDF\n', { format: 'a2m' })).toEqual(['ACDE', 'ACDF']);
  });
});

describe('Stockholm', () => {
  const blocks = [
    '# STOCKHOLM 1.0',
    '#=GF ID  TEST',
    'a/1-3  AC',
    'b      A-',
    '#=GC RF xx',
    '',
    'a/1-3  .D',
    '#=GR a/1-3 SS HH',
    'b      gD',
    '#=GC RF .x',
    '//',
    '',
  ];

  it('joins interleaved blocks and leaves out the insert columns of the RF line', () => {
    const text = blocks.join('\n');
    expect(letters(text, { alphabet: 'protein' })).toEqual(['ACD', 'A-D']);
    expect(readAlignment(text, { alphabet: 'protein' })).toMatchObject({
      names: ['a/1-3', 'b'],
      format: 'stockholm',
    });
  });

  it('without RF, columns of lower case and dots are inserts', () => {
    const text = blocks.filter((line) => !line.startsWith('#=GC')).join('\n');
    expect(letters(text, { alphabet: 'protein' })).toEqual(['ACD', 'A-D']);
  });

  it('keeps duplicate names apart and warns of a second alignment', () => {
    const text = '# STOCKHOLM 1.0\nx ACDE\nx ACDF\n//\n# STOCKHOLM 1.0\ny AAAA\n//\n';
    expect(letters(text)).toEqual(['ACDE', 'ACDF']);
    expect(readAlignment(text).warnings[0]).toMatch(/more than one Stockholm alignment/);
  });

  it('refuses a line of three words', () => {
    expect(() => readAlignment('# STOCKHOLM 1.0\na AC DE\n//\n')).toThrow(
      /line 2 of a Stockholm file must hold a name/,
    );
  });
});

describe('plain text', () => {
  it('reads one sequence a line, with or without names', () => {
    expect(letters('ACDE\nACDF\n\n')).toEqual(['ACDE', 'ACDF']);
    expect(readAlignment('ACDE\nACDF\n').names).toEqual(['1', '2']);
    expect(readAlignment('a ACDE\nb ACDF\n').names).toEqual(['a', 'b']);
  });

  it('says what CLUSTAL is, and where a line has too many words', () => {
    expect(() => readAlignment('CLUSTAL W\n\na ACDE\n')).toThrow(/this is a CLUSTAL file/);
    expect(() => readAlignment('ACDE\nA B C\n')).toThrow(/line 2 holds 3 words/);
  });
});

describe('focus', () => {
  const family = '>REF_X/11-17\nAcD-EFgH\n>other\nACDDEFGH\n>REF\nACDDEF-H\n';

  it('keeps the upper-case columns of the sequence and numbers its residues by the region', () => {
    const { reference, columns, counts } = readAlignment(family, { focus: 'REF_X' });
    expect([...columns]).toEqual([0, 2, 4, 5, 7]);
    expect(reference).toMatchObject({ name: 'REF_X/11-17', letters: 'ADEFH' });
    expect([...reference!.residueNumbers]).toEqual([11, 13, 14, 15, 17]);
    expect(counts.columnsOutsideFocus).toBe(3);
  });

  it('prefers the whole name to a beginning, and warns where several fit', () => {
    expect(readAlignment(family, { focus: 'REF' }).reference!.name).toBe('REF');
    const several = readAlignment(family, { focus: 'RE' });
    expect(several.reference!.name).toBe('REF_X/11-17');
    expect(several.warnings[0]).toMatch(/2 sequences fit the focus "RE"/);
  });

  it('numbers downwards where the region runs backwards', () => {
    const { reference } = readAlignment('>g/9-6\nAC-GU\n>h\nACGGU\n', { focus: 'g' });
    expect([...reference!.residueNumbers]).toEqual([9, 8, 7, 6]);
  });

  it('warns where the region does not fit the residues', () => {
    const { warnings } = readAlignment('>g/1-9\nACDE\n>h\nACDF\n', { focus: 'g' });
    expect(warnings[0]).toMatch(/has 4 residues, not the 9 of its region/);
  });

  it('counts the inserts of an A3M sequence as residues', () => {
    const { reference, columns } = readAlignment('>q/5-9\nAkC-DE\n>r\nACDDE\n', {
      focus: 'q',
      format: 'a3m',
    });
    expect([...columns]).toEqual([0, 1, 3, 4]);
    expect([...reference!.residueNumbers]).toEqual([5, 7, 8, 9]);
  });

  it('says which names there are when none fits', () => {
    expect(() => readAlignment(family, { focus: 'DHFR' })).toThrow(
      /no sequence name begins with "DHFR"\. The names begin with "REF_X", "other", "REF"/,
    );
  });
});

describe('letters outside the alphabet', () => {
  const text = '>a\nACDE\n>b\nAXDE\n>c\nACBZ\n>d\nACDF\n';

  it('drops such sequences and counts them', () => {
    const alignment = readAlignment(text);
    expect(alignment.names).toEqual(['a', 'd']);
    expect(alignment.counts).toMatchObject({ sequencesRead: 4, sequencesWithInvalidLetters: 2 });
    expect(alignment.warnings).toEqual([
      '2 of 4 sequences hold letters outside the protein alphabet (X 1×, B 1×, Z 1×; first "X" in sequence "b", column 2 (line 4, character 2)) and were dropped',
    ]);
  });

  it('reads them as gaps on request', () => {
    const alignment = readAlignment(text, { invalid: 'gap' });
    expect(alignment.samples).toBe(4);
    expect(alignment.counts.lettersReadAsGaps).toBe(3);
    expect([...alignment.codes.subarray(4, 8)]).toEqual([1, 0, 3, 4]);
  });

  it('or refuses them, saying which and where', () => {
    expect(() => readAlignment(text, { invalid: 'error' })).toThrow(
      'readAlignment: the letter "X" in sequence "b", column 2 (line 4, character 2) does not belong to the protein alphabet.',
    );
  });

  it('finds the place in wrapped lines and among A3M inserts', () => {
    expect(() => readAlignment('>a\nACDE\nFGH\n>b\nACDE\nF?H\n', { invalid: 'error' })).toThrow(
      /"\?" in sequence "b", column 6 \(line 6, character 2\)/,
    );
    expect(() => readAlignment('>a\nACDE\n>b\nAkkCXE\n', { invalid: 'error' })).toThrow(
      /"X" in sequence "b", column 3 \(line 4, character 5\)/,
    );
  });

  it('looks at the columns kept, or at all of them', () => {
    const focused = '>a\nAC-E\n>b\nACXE\n>c\nACDE\n';
    expect(readAlignment(focused, { focus: 'a' }).samples).toBe(3);
    expect(readAlignment(focused, { focus: 'a', invalidColumns: 'all' }).samples).toBe(2);
  });

  it('cannot make gaps without a gap', () => {
    expect(() => readAlignment('01\n02\n10\n', { alphabet: 'binary', invalid: 'gap' })).toThrow(/has none/);
  });
});

describe('filters', () => {
  const text = '>a\nACD-\n>b\nA---\n>c\nACD-\n>d\nACDE\n';

  it('drops sequences, then columns, with too many gaps', () => {
    const alignment = readAlignment(text, { maxSequenceGaps: 0.5, maxColumnGaps: 0.5 });
    expect(alignment.names).toEqual(['a', 'c', 'd']);
    expect([...alignment.columns]).toEqual([0, 1, 2]);
    expect(alignment.counts).toMatchObject({ sequencesWithTooManyGaps: 1, columnsWithTooManyGaps: 1 });
    expect(alignment.warnings).toEqual([
      '1 sequence with more than 50 % gaps dropped',
      '1 column with more than 50 % gaps left out',
    ]);
  });

  it('selects the reference along with the columns', () => {
    const { reference } = readAlignment('>a/5-8\nACDE\n>b\nA-DE\n>c\nA-DF\n', {
      focus: 'a',
      maxColumnGaps: 0.5,
    });
    expect(reference!.letters).toBe('ADE');
    expect([...reference!.residueNumbers]).toEqual([5, 7, 8]);
  });

  it.each([-0.1, 1.1, Number.NaN])('refuses a share of %d', (maxColumnGaps) => {
    expect(() => readAlignment(text, { maxColumnGaps })).toThrow(/maxColumnGaps is a share of gaps in 0…1/);
  });
});

describe('words in memory', () => {
  it('are aligned as they are', () => {
    const alignment = alignSequences(['then', 'that'], { alphabet: 'abcdefghijklmnopqrstuvwxyz' });
    expect(alignment).toMatchObject({ samples: 2, sites: 4, states: 26, names: ['1', '2'] });
    expect([...alignment.values]).toEqual([19, 7, 4, 13, 19, 7, 0, 19]);
  });
});
