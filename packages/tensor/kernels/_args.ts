// Arguments of a job are float64 words: exact for addresses, sizes and numbers alike.

/** Word k as a byte address. */
// @ts-ignore: decorator
@inline export function address(args: usize, k: i32): usize {
  return <usize>load<f64>(args + (<usize>k << 3));
}

/** Word k as a count. */
// @ts-ignore: decorator
@inline export function count(args: usize, k: i32): i32 {
  return <i32>load<f64>(args + (<usize>k << 3));
}

/** Word k as a number. */
// @ts-ignore: decorator
@inline export function real(args: usize, k: i32): f64 {
  return load<f64>(args + (<usize>k << 3));
}
