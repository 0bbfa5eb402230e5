import { address, count } from './_args';
import {
  rowCentred, rowDot, rowExp, rowExpSum, rowMaximum, rowMinusExp, rowScale, rowShift, rowSum, scalarLog,
} from './_rows';
import { bytes } from './_simd';

/** Arguments: x, y, rows, length of a row, rows of a slice. */
// @ts-ignore: decorator
@inline function softmax<T>(args: usize, chunk: i32): void {
  const n = count(args, 3);
  const size = count(args, 4);
  const last = min(count(args, 2), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const x = address(args, 0) + bytes<T>(row * n);
    const y = address(args, 1) + bytes<T>(row * n);
    const sum = rowExp<T>(x, y, n, rowMaximum<T>(x, n));
    rowScale<T>(y, n, <T>(1 / sum));
  }
}
export function softmax32(args: usize, chunk: i32, scratch: usize): void {
  softmax<f32>(args, chunk);
}
export function softmax64(args: usize, chunk: i32, scratch: usize): void {
  softmax<f64>(args, chunk);
}

/** Arguments: y, g, out, rows, length of a row, rows of a slice. */
// @ts-ignore: decorator
@inline function softmaxGrad<T>(args: usize, chunk: i32): void {
  const n = count(args, 4);
  const size = count(args, 5);
  const last = min(count(args, 3), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const shift = bytes<T>(row * n);
    const y = address(args, 0) + shift;
    const g = address(args, 1) + shift;
    rowCentred<T>(y, g, address(args, 2) + shift, n, <T>rowDot<T>(y, g, n));
  }
}
export function softmaxGrad32(args: usize, chunk: i32, scratch: usize): void {
  softmaxGrad<f32>(args, chunk);
}
export function softmaxGrad64(args: usize, chunk: i32, scratch: usize): void {
  softmaxGrad<f64>(args, chunk);
}

/** Arguments: x, y, rows, length of a row, rows of a slice. */
// @ts-ignore: decorator
@inline function logSoftmax<T>(args: usize, chunk: i32): void {
  const n = count(args, 3);
  const size = count(args, 4);
  const last = min(count(args, 2), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const x = address(args, 0) + bytes<T>(row * n);
    const maximum = rowMaximum<T>(x, n);
    const rest = <T>scalarLog(rowExpSum<T>(x, n, maximum));
    rowShift<T>(x, address(args, 1) + bytes<T>(row * n), n, maximum, rest);
  }
}
export function logSoftmax32(args: usize, chunk: i32, scratch: usize): void {
  logSoftmax<f32>(args, chunk);
}
export function logSoftmax64(args: usize, chunk: i32, scratch: usize): void {
  logSoftmax<f64>(args, chunk);
}

/** Arguments: y, g, out, rows, length of a row, rows of a slice. */
// @ts-ignore: decorator
@inline function logSoftmaxGrad<T>(args: usize, chunk: i32): void {
  const n = count(args, 4);
  const size = count(args, 5);
  const last = min(count(args, 3), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const shift = bytes<T>(row * n);
    const g = address(args, 1) + shift;
    rowMinusExp<T>(address(args, 0) + shift, g, address(args, 2) + shift, n, <T>rowSum<T>(g, n));
  }
}
export function logSoftmaxGrad32(args: usize, chunk: i32, scratch: usize): void {
  logSoftmaxGrad<f32>(args, chunk);
}
export function logSoftmaxGrad64(args: usize, chunk: i32, scratch: usize): void {
  logSoftmaxGrad<f64>(args, chunk);
}

/** Arguments: x, targets, losses, rows, classes, rows of a slice. */
// @ts-ignore: decorator
@inline function crossEntropy<T>(args: usize, chunk: i32): void {
  const n = count(args, 4);
  const size = count(args, 5);
  const last = min(count(args, 3), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const x = address(args, 0) + bytes<T>(row * n);
    const target = load<i32>(address(args, 1) + (<usize>row << 2));
    let loss: f64 = 0;
    if (target >= 0) {
      const maximum = rowMaximum<T>(x, n);
      loss = scalarLog(rowExpSum<T>(x, n, maximum)) + (<f64>maximum - <f64>load<T>(x + bytes<T>(target)));
    }
    store<T>(address(args, 2) + bytes<T>(row), <T>loss);
  }
}
export function crossEntropy32(args: usize, chunk: i32, scratch: usize): void {
  crossEntropy<f32>(args, chunk);
}
export function crossEntropy64(args: usize, chunk: i32, scratch: usize): void {
  crossEntropy<f64>(args, chunk);
}

/** Arguments: x, targets, g, out, rows, classes, rows of a slice. */
// @ts-ignore: decorator
@inline function crossEntropyGrad<T>(args: usize, chunk: i32): void {
  const n = count(args, 5);
  const size = count(args, 6);
  const last = min(count(args, 4), (chunk + 1) * size);
  for (let row = chunk * size; row < last; row++) {
    const x = address(args, 0) + bytes<T>(row * n);
    const out = address(args, 3) + bytes<T>(row * n);
    const target = load<i32>(address(args, 1) + (<usize>row << 2));
    if (target < 0) {
      memory.fill(out, 0, bytes<T>(n));
      continue;
    }
    const g = <f64>load<T>(address(args, 2) + bytes<T>(row));
    rowScale<T>(out, n, <T>(g / rowExp<T>(x, out, n, rowMaximum<T>(x, n))));
    const at = out + bytes<T>(target);
    store<T>(at, load<T>(at) - <T>g);
  }
}
export function crossEntropyGrad32(args: usize, chunk: i32, scratch: usize): void {
  crossEntropyGrad<f32>(args, chunk);
}
export function crossEntropyGrad64(args: usize, chunk: i32, scratch: usize): void {
  crossEntropyGrad<f64>(args, chunk);
}
