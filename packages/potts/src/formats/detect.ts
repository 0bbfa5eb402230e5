import { DataError } from '@spinformer/numerics';
import { parseFasta } from './fasta.ts';
import { type InsertStates, insertStates, removeInserts } from './inserts.ts';
import { parsePlain } from './plain.ts';
import type { ParsedAlignment, SequenceRecord } from './record.ts';
import { isStockholm, parseStockholm } from './stockholm.ts';

/** The alignment formats that are read. */
export type AlignmentFormat = 'fasta' | 'a2m' | 'a3m' | 'stockholm' | 'plain';

/** A parsed alignment with the format it was read as. */
export interface DetectedAlignment extends ParsedAlignment {
  readonly format: AlignmentFormat;
}

/**
 * Parses an alignment in the named format, or in the one that its content shows: the header of Stockholm, `>` of the
 * FASTA family, otherwise plain text. Within the FASTA family, lower case and dots decide between FASTA, A2M and A3M,
 * unless `lowerCaseCounts` says that lower-case letters are states of their own.
 *
 * @throws {DataError} for an empty text or one that the format does not allow.
 */
export function parseAlignment(
  lines: readonly string[],
  format: AlignmentFormat | 'auto',
  lowerCaseCounts: boolean,
): DetectedAlignment {
  if (lines.every((line) => line.trim() === ''))
    throw new DataError(
      'readAlignment: the text is empty. Give an alignment in FASTA, A2M, A3M, Stockholm or plain text.',
    );
  const outer = format === 'auto' ? outerFormat(lines) : format;
  if (outer === 'stockholm') return { ...parseStockholm(lines), format: 'stockholm' };
  if (outer === 'plain') return { ...parsePlain(lines), format: 'plain' };
  const parsed = parseFasta(lines);
  const inner = format === 'auto' && !lowerCaseCounts ? innerFormat(parsed.records) : outer;
  return { ...parsed, format: inner };
}

function outerFormat(lines: readonly string[]): AlignmentFormat {
  if (isStockholm(lines)) return 'stockholm';
  const first = lines.find((line) => line.trim() !== '' && !/^[#;]/.test(line)) ?? '';
  return first.startsWith('>') ? 'fasta' : 'plain';
}

function innerFormat(records: readonly SequenceRecord[]): AlignmentFormat {
  if (records.length === 0) return 'fasta';
  const width = records[0].sequence.length;
  if (records.some((record) => record.sequence.length !== width)) {
    const matches = removeInserts(records[0].sequence).length;
    const even = records.every((record) => removeInserts(record.sequence).length === matches);
    return even && matches > 0 ? 'a3m' : 'fasta';
  }
  return isA2m(insertStates(records)) ? 'a2m' : 'fasta';
}

function isA2m(states: InsertStates): boolean {
  return states.mixed < 0 && states.lowerCase && states.insert.includes(0);
}
