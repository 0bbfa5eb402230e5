/** A table as CSV (RFC 4180): the columns in the order in which they first appear. */
export function csv(table: readonly Readonly<Record<string, number | string>>[]): string {
  const columns = [...new Set(table.flatMap((row) => Object.keys(row)))];
  const lines = table.map((row) => columns.map((column) => quote(row[column])).join(','));
  return `${[columns.map(quote).join(','), ...lines].join('\n')}\n`;
}

function quote(value: number | string | undefined): string {
  const text = value === undefined ? '' : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
