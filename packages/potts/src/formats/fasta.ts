import { DataError } from '@spinformer/numerics';
import { type ParsedAlignment, RecordBuilder } from './record.ts';

/**
 * Reads FASTA records (also the outer form of A2M and A3M): a header line `>name`, then the sequence on one line or
 * wrapped over many. Blank lines and lines that begin with `;` or `#` are skipped.
 *
 * @throws {DataError} where a sequence comes before the first header, or a header has no sequence.
 */
export function parseFasta(lines: readonly string[]): ParsedAlignment {
  const builders: RecordBuilder[] = [];
  lines.forEach((text, index) => {
    if (text.startsWith('>')) {
      builders.push(new RecordBuilder(text.slice(1).trim(), index + 1));
    } else if (text.trim() !== '' && !text.startsWith(';') && !text.startsWith('#')) {
      const builder = builders.at(-1);
      if (!builder)
        throw new DataError(
          `readAlignment: line ${index + 1} holds a sequence before any header. FASTA records begin with ">name".`,
        );
      builder.append(text, index + 1);
    }
  });
  const records = builders.map((builder) => builder.finish());
  const empty = records.find((record) => record.sequence.length === 0);
  if (empty)
    throw new DataError(
      `readAlignment: sequence "${empty.name}" (line ${empty.line}) has a header and no letters. Is the file cut off?`,
    );
  return { records, warnings: [] };
}
