/**
 * Reproducible numbers in (−1, 1), spread evenly and without pattern; for test inputs only, where a stream object
 * would be more than is needed.
 */
export function noise(count: number, seed: number): Float64Array {
  const values = new Float64Array(count);
  let state = (seed * 2654435761) >>> 0;
  for (let k = 0; k < count; k++) {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    values[k] = ((mixed ^ (mixed >>> 15)) >>> 0) / 2147483648 - 1 + 2 ** -33;
  }
  return values;
}
