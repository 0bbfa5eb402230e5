import { DataError } from '@spinformer/numerics';
import { type ParsedAlignment, RecordBuilder } from './record.ts';

/**
 * Reads aligned plain text: one sequence a line (`.aln` as CCMpred reads it), or a name, white space and the sequence.
 * Unnamed sequences are called by their number, from 1. Blank lines and lines that begin with `#` are skipped.
 *
 * @throws {DataError} for a line of more than two words, or a CLUSTAL file.
 */
export function parsePlain(lines: readonly string[]): ParsedAlignment {
  const builders: RecordBuilder[] = [];
  lines.forEach((text, index) => {
    const words = text.trim().split(/\s+/);
    if (words[0] === '' || words[0].startsWith('#')) return;
    if (words[0] === 'CLUSTAL')
      throw new DataError('readAlignment: this is a CLUSTAL file. Convert it to FASTA or Stockholm first.');
    if (words.length > 2)
      throw new DataError(
        `readAlignment: line ${index + 1} holds ${words.length} words; plain text has one sequence a line, ` +
          'with or without a name before it.',
      );
    const builder = new RecordBuilder(words.length === 2 ? words[0] : String(builders.length + 1), index + 1);
    builder.append(words.at(-1)!, index + 1);
    builders.push(builder);
  });
  return { records: builders.map((builder) => builder.finish()), warnings: [] };
}
