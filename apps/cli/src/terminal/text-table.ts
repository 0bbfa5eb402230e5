/** Numbers that were written with their decimals, with units or without, and cells that are empty. */
const MEASURED = /^(-?\d[\d.]*(e[+-]?\d+)?( [%Å])?|not known|)$/;

/** A table for people: columns padded with spaces, numbers to the right. */
export function textTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): string {
  const cells = rows.map((row) => row.map((cell) => (cell === undefined ? '' : String(cell))));
  const widths = headings.map((heading, k) => Math.max(heading.length, ...cells.map((row) => row[k].length)));
  const isNumeric = headings.map(
    (_, k) =>
      rows.length > 0 &&
      rows.every((row) => typeof row[k] === 'number' || MEASURED.test(String(row[k] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, k) => (isNumeric[k] ? cell.padStart(widths[k]) : cell.padEnd(widths[k])))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}

/** Names and values below one another; entries without a value are left out. */
export function pairTable(pairs: readonly (readonly [string, string | number | undefined])[]): string {
  const present = pairs.filter(([, value]) => value !== undefined);
  const width = Math.max(0, ...present.map(([name]) => name.length));
  return present.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n');
}
