import { gzipSync } from 'node:zlib';
import { ConfigError, DataError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import type { AlignmentOptions } from '../../src/alignment.ts';
import { readAlignment, readAlignmentBytes } from '../../src/alignment-read.ts';

const GOOD = '>a\nACDE\n>b\nACDF\n';

describe('what a user reads when an alignment is bad', () => {
  it.each<[string, string, RegExp, AlignmentOptions?]>([
    ['empty', '', /the text is empty\. Give an alignment in FASTA/],
    ['blank', '\n \r\n\n', /the text is empty/],
    [
      'ragged',
      '>a\nACDE\n>b\nACD\n',
      /sequence "b" \(line 3\) has 3 columns, but the first, "a" \(line 1\), has 4/,
    ],
    ['ragged plain text', 'ACDE\nACD\n', /sequence "2" \(line 2\) has 3 columns/],
    ['without header', 'ACDE\n>a\nACDE\n', /sequence "2" \(line 2\)|one length/],
    ['cut off after a header', '>a\nACDE\n>b\n', /sequence "b" \(line 3\) has a header and no letters/],
    [
      'one sequence',
      '>a\nACDE\n',
      /the alignment holds one sequence; at least 2 are needed\. Couplings cannot be inferred/,
    ],
    ['a header alone', '>a\n', /sequence "a" \(line 1\) has a header and no letters/],
    ['comments alone', '# nothing\n', /the alignment holds no sequences/],
    [
      'all dropped',
      '>a\nAXDE\n>b\nACXE\n',
      /after dropping sequences the alignment holds no sequences of 2 \("X" in sequence "a", column 2/,
    ],
    [
      'a column of gaps only',
      '>a\nA-DE\n>b\nA.DF\n',
      /column 2 holds only gaps, so nothing can be inferred there\. Leave such columns out with emptyColumns: 'drop'/,
    ],
    ['columns of gaps only', '>a\nA--E\n>b\nA--F\n', /columns 2, 3 hold only gaps/],
    ['of unknown letters', '>a\n?!$%\n>b\n?!$$\n', /cannot guess the alphabet of the letters/],
    ['all inserts', '>a\nacde\n>b\nacdf\n', /every column is an insert column/, { format: 'a2m' }],
    ['all inserts of A3M', '>a\nacde\n>b\nacdf\n', /no match columns are left/, { format: 'a3m' }],
  ])('%s', (_, text, message, options = {}) => {
    expect(() => readAlignment(text, options)).toThrow(DataError);
    expect(() => readAlignment(text, options)).toThrow(message);
  });

  it('a sequence before the first header', () => {
    expect(() => readAlignment('ACDE\n>a\nACDE\n', { format: 'fasta' })).toThrow(
      /line 1 holds a sequence before any header/,
    );
  });

  it.each([
    [{ alphabet: 'A' }, /at least 2 letters/],
    [{ alphabet: '-A', gaps: 'ignore' }, /leaves 1 state once gaps are ignored; at least 2 are needed/],
    [{ gaps: 'drop' }, /gaps must be one of state, ignore, got "drop"/],
    [{ format: 'msf' }, /format must be one of/],
  ])('options %j', (options, message) => {
    expect(() => readAlignment(GOOD, options as never)).toThrow(ConfigError);
    expect(() => readAlignment(GOOD, options as never)).toThrow(message);
  });

  it('one sequence is read where the caller can use it', () => {
    expect(readAlignment('>a\nACDE\n', { minimumSequences: 1 }).samples).toBe(1);
  });
});

describe('columns of gaps only', () => {
  const text = '>a\nA-DE\n>b\nA-DF\n';

  it('are left out on request', () => {
    const alignment = readAlignment(text, { emptyColumns: 'drop' });
    expect([...alignment.columns]).toEqual([0, 2, 3]);
    expect(alignment.counts.columnsEmpty).toBe(1);
    expect(alignment.warnings).toEqual(['column 2 holds only gaps; left out']);
  });

  it('or kept with a warning', () => {
    const alignment = readAlignment(text, { emptyColumns: 'keep', gaps: 'ignore' });
    expect(alignment.sites).toBe(4);
    expect(alignment.values[1]).toBe(-1);
    expect(alignment.warnings).toEqual(['column 2 holds only gaps; kept']);
  });

  it('go with maxColumnGaps below 1', () => {
    expect(readAlignment(text, { maxColumnGaps: 0.9 }).sites).toBe(3);
  });
});

describe('bytes', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  it('plain, gzipped, and gzipped in several members', async () => {
    const members = Buffer.concat([gzipSync('>a\nACDE\n'), gzipSync('>b\nACDF\n')]);
    for (const file of [bytes(GOOD), gzipSync(GOOD), members])
      expect((await readAlignmentBytes(file)).names).toEqual(['a', 'b']);
  });

  it('a damaged or truncated gzip file', async () => {
    const whole = gzipSync(GOOD);
    await expect(readAlignmentBytes(whole.subarray(0, whole.length - 6))).rejects.toThrow(
      /gzip file is damaged or cut off/,
    );
    const flipped = Uint8Array.from(whole);
    flipped[whole.length - 6] ^= 255;
    await expect(readAlignmentBytes(flipped)).rejects.toThrow(DataError);
  });

  it('other compressions and binaries are named', async () => {
    await expect(readAlignmentBytes(bytes('BZh91AY'))).rejects.toThrow(
      /compressed with bzip2\. Unpack it with bunzip2/,
    );
    await expect(readAlignmentBytes(Uint8Array.of(0x50, 0x4b, 3, 4))).rejects.toThrow(/zip/);
    await expect(readAlignmentBytes(Uint8Array.of(65, 0, 66, 0))).rejects.toThrow(/zero bytes/);
    await expect(readAlignmentBytes(new Uint8Array(0))).rejects.toThrow(/the text is empty/);
  });
});
