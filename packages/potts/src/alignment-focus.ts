import { DataError } from '@spinformer/numerics';
import { type Columns, isGap, type Row } from './alignment-columns.ts';
import type { Alphabet } from './alphabet.ts';

const NAMES_LISTED = 5;

/**
 * The columns in which the focus sequence has a residue in upper case, with the residues' numbers.
 *
 * @throws {DataError} where no name begins with `focus`, or the sequence has no such column.
 */
export function focusColumns(rows: readonly Row[], focus: string, alphabet: Alphabet): Columns {
  const { row, warnings } = findFocus(rows, focus);
  const { record, letters } = row;
  const { numbers, warning } = residueNumbers(record.name, [...record.sequence], alphabet);
  const stripped = letters.length !== record.sequence.length;
  const columns: number[] = [];
  const residues: number[] = [];
  let column = -1;
  [...record.sequence].forEach((letter, index) => {
    const insert = /[a-z.]/.test(letter);
    if (stripped && insert) return;
    column++;
    if (isGap(letter, alphabet) || (!alphabet.caseSensitive && /[a-z]/.test(letter))) return;
    columns.push(column);
    residues.push(numbers[index]);
  });
  if (columns.length === 0)
    throw new DataError(
      `readAlignment: the focus sequence "${record.name}" has no upper-case letters, which are the columns to keep.`,
    );
  return {
    columns: Int32Array.from(columns),
    reference: {
      name: record.name,
      letters: columns.map((index) => letters[index]).join(''),
      residueNumbers: Int32Array.from(residues),
    },
    warnings: warning ? [...warnings, warning] : warnings,
  };
}

function findFocus(rows: readonly Row[], focus: string): { row: Row; warnings: string[] } {
  const shortName = (row: Row) => row.record.name.split(/[\s/]/)[0];
  const exact = rows.filter((row) => shortName(row) === focus);
  const found = exact.length > 0 ? exact : rows.filter((row) => row.record.name.startsWith(focus));
  if (focus === '' || found.length === 0)
    throw new DataError(
      `readAlignment: no sequence name begins with ${JSON.stringify(focus)}. The names begin with ` +
        `${rows
          .slice(0, NAMES_LISTED)
          .map((row) => `"${shortName(row)}"`)
          .join(', ')}` +
        `${rows.length > NAMES_LISTED ? ` … (${rows.length} sequences)` : ''}.`,
    );
  const row = found[0];
  const several = `${found.length} sequences fit the focus ${JSON.stringify(focus)}; the first, "${row.record.name}" (line ${row.record.line}), was taken`;
  return { row, warnings: found.length > 1 ? [several] : [] };
}

/** Numbers every character of the raw sequence; gaps take the number of the residue before them. */
function residueNumbers(
  name: string,
  letters: readonly string[],
  alphabet: Alphabet,
): { numbers: Int32Array; warning?: string } {
  const region = /^[^\s]*\/(\d+)-(\d+)(?=\s|$)/.exec(name);
  const start = region ? Number(region[1]) : 1;
  const end = region ? Number(region[2]) : Number.NaN;
  const step = end < start ? -1 : 1;
  let next = start;
  const numbers = Int32Array.from(letters, (letter) => {
    if (isGap(letter, alphabet)) return next - step;
    next += step;
    return next - step;
  });
  const last = next - step;
  if (!region || last === end) return { numbers };
  const length = Math.abs(last - start) + 1;
  const warning = `the focus "${name}" has ${length} residues, not the ${Math.abs(end - start) + 1} of its region; they are numbered from ${start}`;
  return { numbers, warning };
}
