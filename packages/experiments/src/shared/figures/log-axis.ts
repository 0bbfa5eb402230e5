/** Ratio of the ends of an axis from which powers of ten alone are enough ticks. */
const WIDE = 100;

/**
 * A logarithmic axis with few grid lines: one for each power of ten, and at 2 and 5 between where there are hardly two
 * powers of ten.
 *
 * @param values what is drawn, all positive
 * @param room factor by which the axis reaches beyond them
 */
export function logAxis(values: readonly number[], room = 1.4) {
  const low = Math.min(...values) / room;
  const high = Math.max(...values) * room;
  const steps = high / low >= WIDE ? [1] : [1, 2, 5];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++)
    ticks.push(...steps.map((step) => step * 10 ** power).filter((tick) => tick >= low && tick <= high));
  return { type: 'log', domain: [low, high], ticks, tickFormat: powerOfTen, grid: true } as const;
}

/** `10⁻³`, `2·10⁻³`, and plain numbers from 0.01 to 100. */
function powerOfTen(value: number): string {
  if (value > 0.0099 && value < 101) return String(Number(value.toPrecision(1)));
  const power = Math.floor(Math.log10(value) + 1e-9);
  const digit = Math.round(value / 10 ** power);
  return `${digit === 1 ? '' : `${digit}·`}10${superscript(power)}`;
}

/** A whole number as raised digits. */
export function superscript(power: number): string {
  return [...String(power)].map((sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)])).join('');
}
