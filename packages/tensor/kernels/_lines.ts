import { bytes } from './_simd';

/** Copies n numbers. */
// @ts-ignore: decorator
@inline export function copyLine<T>(from: usize, to: usize, n: i32): void {
  const size = bytes<T>(n);
  const end = from + (size & ~15);
  for (; from < end; from += 16, to += 16) v128.store(to, v128.load(from));
  if (size & 8) {
    store<u64>(to, load<u64>(from));
    from += 8;
    to += 8;
  }
  if (size & 4) store<u32>(to, load<u32>(from));
}

/** Copies lines of n numbers and follows each with zeroes up to `padded`; then whole lines of zeroes up to `height`. */
// @ts-ignore: decorator
@inline export function padLines<T>(
  from: usize, stride: usize, to: usize, lines: i32, n: i32, padded: i32, height: i32,
): void {
  const step = bytes<T>(padded);
  for (let r = 0; r < lines; r++, from += stride, to += step) {
    for (let at = step & ~15; at > bytes<T>(n & ~3); at -= 16) v128.store(to + at - 16, v128.splat<T>(0));
    copyLine<T>(from, to, n);
  }
  memory.fill(to, 0, step * (height - lines));
}

/** The same lines as columns: out [n, padded], padded with zeroes. */
// @ts-ignore: decorator
@inline export function padColumns<T>(from: usize, stride: usize, to: usize, lines: i32, n: i32, padded: i32): void {
  for (let c = 0; c < n; c++, from += sizeof<T>()) {
    let x = from;
    let r = 0;
    for (; r < lines; r++, x += stride, to += sizeof<T>()) store<T>(to, load<T>(x));
    for (; r < padded; r++, to += sizeof<T>()) store<T>(to, 0);
  }
}

/** Copies the first n numbers of padded lines back. */
// @ts-ignore: decorator
@inline export function unpadLines<T>(from: usize, padded: i32, to: usize, stride: usize, lines: i32, n: i32): void {
  for (let r = 0; r < lines; r++, from += bytes<T>(padded), to += stride) copyLine<T>(from, to, n);
}
