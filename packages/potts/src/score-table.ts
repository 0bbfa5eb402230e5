import { DataError } from '@spinformer/numerics';
import type { ContactRow } from './contacts-precision.ts';
import { textLines } from './formats/record.ts';
import { parseDelimited } from './mutations/delimited.ts';

/** A table by columns, all of one length: numbers in typed arrays, texts in lists. */
export type ScoreColumns = Readonly<Record<string, Float64Array | Int32Array | readonly string[]>>;

/**
 * A contact table as columns under the names of EVcouplings: `i`, `A_i`, `j`, `A_j`, `cn`, and `dist` in Å, NaN where
 * unknown, if any is known.
 */
export function contactColumns(rows: readonly ContactRow[]): ScoreColumns {
  const known = rows.some(({ distance }) => distance !== undefined);
  return {
    i: Int32Array.from(rows, ({ i }) => i),
    A_i: rows.map(({ letterI }) => letterI),
    j: Int32Array.from(rows, ({ j }) => j),
    A_j: rows.map(({ letterJ }) => letterJ),
    cn: Float64Array.from(rows, ({ score }) => score),
    ...(known ? { dist: Float64Array.from(rows, ({ distance }) => distance ?? Number.NaN) } : {}),
  };
}

/**
 * A table as text: a header and one line for each row, every number with all its digits, NaN as an empty cell.
 *
 * @param separator default a tab; with a comma or semicolon, texts that hold it stand in double quotes.
 * @throws {DataError} for columns of different lengths.
 */
export function writeScoreTable(columns: ScoreColumns, separator: '\t' | ',' | ';' = '\t'): string {
  const length = checkColumns('writeScoreTable', columns);
  const names = Object.keys(columns);
  const lines = [names.map((name) => cellOf(name, separator)).join(separator)];
  for (let row = 0; row < length; row++)
    lines.push(names.map((name) => cellOf(columns[name][row], separator)).join(separator));
  return lines.map((line) => `${line}\n`).join('');
}

function cellOf(value: string | number, separator: string): string {
  const text = typeof value === 'number' && Number.isNaN(value) ? '' : String(value);
  return text.includes(separator) || /["\r\n\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Reads a table with a header, separated by tabs, commas or semicolons. A column of numbers becomes Float64Array, empty
 * cells NaN; any other a list of texts.
 *
 * @throws {DataError} for a table without lines or one of another width, with its number.
 */
export function readScoreTable(text: string): ScoreColumns {
  const { header, rows } = parseDelimited(textLines(text), 'readScoreTable');
  return Object.fromEntries(
    header.map((name, k) => {
      const cells = rows.map((row) => row.cells[k].trim());
      const numeric = cells.every((cell) => cell === '' || Number.isFinite(Number(cell)));
      const some = cells.some((cell) => cell !== '');
      return [name, numeric && some ? Float64Array.from(cells, numberOf) : cells];
    }),
  );
}

function numberOf(cell: string): number {
  return cell === '' ? Number.NaN : Number(cell);
}

/** @returns the common length. @throws {DataError} that names a column of another length. */
export function checkColumns(caller: string, columns: ScoreColumns): number {
  const entries = Object.entries(columns);
  const length = entries[0]?.[1].length ?? 0;
  const odd = entries.find(([, values]) => values.length !== length);
  if (odd === undefined) return length;
  throw new DataError(
    `${caller}: column "${odd[0]}" has ${odd[1].length} rows, but "${entries[0][0]}" has ${length}.`,
  );
}
