/** A number for the terminal, to be copied elsewhere: no thousands set apart, two decimals or five digits. */
export function plainNumber(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(2) : value.toPrecision(5);
}
