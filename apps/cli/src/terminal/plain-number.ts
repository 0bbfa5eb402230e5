/** A number for the terminal, to be copied elsewhere: no thousands set apart, two decimals or up to five digits. */
export function plainNumber(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(2) : String(Number(value.toPrecision(5)));
}
