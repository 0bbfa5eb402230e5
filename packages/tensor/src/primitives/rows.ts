import type { Tensor } from '../tensor.ts';
import { kernelsFor, madeLike } from './made.ts';

/* Kernels on tensors, unchecked and unrecorded: see elementwise.ts. */

export function softmaxRows(x: Tensor): Tensor {
  return madeLike(x, kernelsFor(x, 'softmax').softmax(x), x.shape);
}

export function softmaxRowsGrad(y: Tensor, g: Tensor): Tensor {
  return madeLike(y, kernelsFor(y, 'softmaxGrad').softmaxGrad(y, g), y.shape);
}

export function logSoftmaxRows(x: Tensor): Tensor {
  return madeLike(x, kernelsFor(x, 'logSoftmax').logSoftmax(x), x.shape);
}

export function logSoftmaxRowsGrad(y: Tensor, g: Tensor): Tensor {
  return madeLike(y, kernelsFor(y, 'logSoftmaxGrad').logSoftmaxGrad(y, g), y.shape);
}

/** x [rows, classes], targets [rows]. */
export function crossEntropyRows(x: Tensor, targets: Tensor): Tensor {
  return madeLike(x, kernelsFor(x, 'crossEntropy').crossEntropy(x, targets), targets.shape);
}

export function crossEntropyRowsGrad(x: Tensor, targets: Tensor, g: Tensor): Tensor {
  return madeLike(x, kernelsFor(x, 'crossEntropyGrad').crossEntropyGrad(x, targets, g), x.shape);
}

/** The result and the statistics of each row, [rows]. */
export interface Normalised {
  readonly y: Tensor;
  readonly mean: Tensor;
  readonly inverse: Tensor;
}

export function layerNormRows(x: Tensor, gain: Tensor, bias: Tensor, epsilon: number): Normalised {
  const { y, mean, inverse } = kernelsFor(x, 'layerNorm').layerNorm(x, gain, bias, epsilon);
  const rows = [mean.length];
  return { y: madeLike(x, y, x.shape), mean: madeLike(x, mean, rows), inverse: madeLike(x, inverse, rows) };
}

export function layerNormRowsGrad(
  x: Tensor,
  gain: Tensor,
  mean: Tensor,
  inverse: Tensor,
  g: Tensor,
): { dx: Tensor; dgain: Tensor; dbias: Tensor } {
  const { dx, dgain, dbias } = kernelsFor(x, 'layerNormGrad').layerNormGrad(x, gain, mean, inverse, g);
  return {
    dx: madeLike(x, dx, x.shape),
    dgain: madeLike(x, dgain, gain.shape),
    dbias: madeLike(x, dbias, gain.shape),
  };
}
