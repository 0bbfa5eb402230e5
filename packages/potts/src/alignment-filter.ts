import { DataError } from '@spinformer/numerics';
import type { ResolvedOptions } from './alignment-build.ts';
import type { EncodedRows } from './alignment-encode.ts';
import type { Alphabet } from './alphabet.ts';

/** The sequences that stay. */
export interface KeptSequences {
  /** Indices of the rows kept, ascending. */
  readonly kept: readonly number[];
  /** [kept, columns]. */
  readonly codes: Uint8Array;
  readonly tooManyGaps: number;
  readonly warnings: readonly string[];
}

/** The columns that stay. */
export interface KeptColumns {
  /** Indices among the chosen columns, ascending. */
  readonly kept: readonly number[];
  readonly tooManyGaps: number;
  readonly empty: number;
  readonly warnings: readonly string[];
}

const COLUMNS_LISTED = 8;

/** Drops the sequences with letters outside the alphabet, then those with too many gaps. */
export function filterSequences(
  { codes, width, invalid }: EncodedRows,
  { gapCode }: Alphabet,
  { maxSequenceGaps }: ResolvedOptions,
): KeptSequences {
  const isInvalid = new Set(invalid);
  const kept: number[] = [];
  let tooManyGaps = 0;
  for (let row = 0; row * width < codes.length; row++) {
    if (isInvalid.has(row)) continue;
    const gaps = count(codes.subarray(row * width, (row + 1) * width), gapCode);
    if (gaps > maxSequenceGaps * width) tooManyGaps++;
    else kept.push(row);
  }
  const packed = new Uint8Array(kept.length * width);
  kept.forEach((row, index) => {
    packed.set(codes.subarray(row * width, (row + 1) * width), index * width);
  });
  const warnings =
    tooManyGaps > 0
      ? [
          `${tooManyGaps} ${tooManyGaps === 1 ? 'sequence' : 'sequences'} with more than ${percent(maxSequenceGaps)} gaps dropped`,
        ]
      : [];
  return { kept, codes: packed, tooManyGaps, warnings };
}

/**
 * Drops the columns with too many gaps, then treats those of gaps only as `emptyColumns` says.
 *
 * @throws {DataError} for a column of gaps only under 'error', or where no column is left.
 */
export function filterColumns(
  { kept: rows, codes }: KeptSequences,
  columns: Int32Array,
  { gapCode }: Alphabet,
  options: ResolvedOptions,
): KeptColumns {
  const gaps = new Int32Array(columns.length);
  for (let k = 0; k < codes.length; k++) if (codes[k] === gapCode) gaps[k % columns.length]++;
  const all = Array.from(columns, (_, site) => site);
  const filled = all.filter((site) => gaps[site] <= options.maxColumnGaps * rows.length);
  const empty = filled.filter((site) => gaps[site] === rows.length);
  if (empty.length > 0 && options.emptyColumns === 'error') throw emptyColumnsError(empty, columns);
  const kept = options.emptyColumns === 'drop' ? filled.filter((site) => gaps[site] < rows.length) : filled;
  if (kept.length === 0)
    throw new DataError(
      'readAlignment: no column is left after leaving out those with too many gaps. Raise maxColumnGaps.',
    );
  const tooManyGaps = all.length - filled.length;
  const warnings = [
    ...(tooManyGaps > 0
      ? [
          `${tooManyGaps} ${tooManyGaps === 1 ? 'column' : 'columns'} with more than ${percent(options.maxColumnGaps)} gaps left out`,
        ]
      : []),
    ...(empty.length > 0
      ? [`${listColumns(empty, columns)} only gaps; ${options.emptyColumns === 'drop' ? 'left out' : 'kept'}`]
      : []),
  ];
  return { kept, tooManyGaps, empty: filled.length - kept.length, warnings };
}

/** Copies the chosen columns of [rows, width] codes. */
export function selectColumns(codes: Uint8Array, width: number, kept: Int32Array): Uint8Array {
  if (kept.length === width) return codes;
  const rows = codes.length / width;
  const selected = new Uint8Array(rows * kept.length);
  for (let row = 0; row < rows; row++)
    for (let site = 0; site < kept.length; site++)
      selected[row * kept.length + site] = codes[row * width + kept[site]];
  return selected;
}

function emptyColumnsError(empty: readonly number[], columns: Int32Array): DataError {
  return new DataError(
    `readAlignment: ${listColumns(empty, columns)} only gaps, so nothing can be inferred there. ` +
      "Leave such columns out with emptyColumns: 'drop', or keep them with 'keep'.",
  );
}

function listColumns(sites: readonly number[], columns: Int32Array): string {
  const listed = sites.slice(0, COLUMNS_LISTED).map((site) => columns[site] + 1);
  const rest = sites.length > COLUMNS_LISTED ? ` … (${sites.length} columns)` : '';
  return sites.length === 1 ? `column ${listed[0]} holds` : `columns ${listed.join(', ')}${rest} hold`;
}

function count(codes: Uint8Array, code: number): number {
  let matches = 0;
  for (const value of codes) if (value === code) matches++;
  return matches;
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
