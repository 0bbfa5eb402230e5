/** A number as people read it: up to five digits, thousands set apart, powers of ten only where needed. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return groupThousands(String(value));
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (size >= 1e7 || size < 1e-4)
    return value.toExponential(2).replace('-', '−').replace('e+', '·10^').replace('e−', '·10^−');
  const digits = size >= 1000 ? 1 : Math.min(6, Math.max(0, 4 - Math.floor(Math.log10(size))));
  return groupThousands(value.toFixed(digits));
}

function groupThousands(text: string): string {
  const [whole, fraction] = text.replace('-', '−').split('.');
  const grouped = whole.length > 5 ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f') : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
