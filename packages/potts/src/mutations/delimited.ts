import { DataError } from '@spinformer/numerics';

/** A table of texts. */
export interface DelimitedTable {
  readonly header: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly line: number }[];
}

const SEPARATORS = ['\t', ',', ';'];

/**
 * Splits a table with a header into cells: separated by tabs, commas or semicolons, whichever the header has most of;
 * cells may stand in double quotes. Blank lines are skipped.
 *
 * @throws {DataError} for a table without lines, a line of another width, or an open quote, with its number.
 */
export function parseDelimited(lines: readonly string[], caller: string): DelimitedTable {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0)
    throw new DataError(`${caller}: the table is empty. Its first line should name the columns.`);
  const count = (separator: string) => lines[first].split(separator).length;
  const separator = SEPARATORS.reduce((a, b) => (count(b) > count(a) ? b : a));
  const header = splitLine(lines[first], separator, caller, first + 1).map((name) => name.trim());
  const rows = lines.flatMap((text, index) => {
    if (index <= first || text.trim() === '') return [];
    const cells = splitLine(text, separator, caller, index + 1);
    if (cells.length === header.length) return [{ cells, line: index + 1 }];
    throw new DataError(
      `${caller}: line ${index + 1} has ${cells.length} cells, the header ${header.length} (${header.join(', ')}).`,
    );
  });
  return { header, rows };
}

function splitLine(text: string, separator: string, caller: string, line: number): string[] {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let k = 0; k < text.length; k++) {
    const letter = text[k];
    if (quoted && letter === '"' && text[k + 1] === '"') cell += text[k++];
    else if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  if (quoted)
    throw new DataError(
      `${caller}: line ${line} has an opening quote without its closing one. Is it cut off?`,
    );
  return [...cells, cell];
}
