/** A number as people read it: up to five digits, thousands set apart, powers of ten only where needed. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e9 || size < 1e-4)) return scientific(value.toExponential(2));
  if (Number.isInteger(value)) return groupThousands(String(value));
  const digits = size >= 1000 ? 1 : Math.min(6, Math.max(0, 4 - Math.floor(Math.log10(size))));
  return groupThousands(value.toFixed(digits));
}

/** `3.6e-6` as 3.6·10⁻⁶; other text as it is. */
export function scientific(text: string): string {
  return text.replace(
    /(?<![\w.])([-−]?\d+(?:\.\d+)?)e([+-]?)(\d+)\b/g,
    (_, mantissa: string, sign: string, exponent: string) =>
      `${mantissa.replace('-', '−')}·10${sign === '-' ? '⁻' : ''}${superscript(exponent)}`,
  );
}

function superscript(digits: string): string {
  return [...String(Number(digits))].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
}

function groupThousands(text: string): string {
  const [whole, fraction] = text.replace('-', '−').split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
