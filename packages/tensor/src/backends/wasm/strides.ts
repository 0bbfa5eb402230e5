/** Axes of several arrays that are walked together: their lengths and, array by array, their strides in numbers. */
export interface Walk {
  readonly shape: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** The same walk with the fewest axes: those of length one dropped, neighbours merged where every array allows. */
export function collapse(shape: readonly number[], strides: readonly (readonly number[])[]): Walk {
  const lengths: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let axis = 0; axis < shape.length; axis++) {
    if (shape[axis] === 1) continue;
    const last = lengths.length - 1;
    const fits = last >= 0 && strides.every((s, k) => merged[k][last] === s[axis] * shape[axis]);
    if (fits) {
      lengths[last] *= shape[axis];
      strides.forEach((s, k) => {
        merged[k][last] = s[axis];
      });
    } else {
      lengths.push(shape[axis]);
      strides.forEach((s, k) => {
        merged[k].push(s[axis]);
      });
    }
  }
  return { shape: lengths, strides: merged };
}

/** `values` followed by zeroes up to `length`. */
export function padded(values: readonly number[], length: number): number[] {
  const out = values.slice();
  while (out.length < length) out.push(0);
  return out;
}

export function product(values: readonly number[]): number {
  let result = 1;
  for (const value of values) result *= value;
  return result;
}
