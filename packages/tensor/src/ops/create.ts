import { ShapeError } from '@spinformer/numerics';
import type { DType } from '../backend.ts';
import { checkShape, formatShape, type Shape, sizeOf } from '../shape.ts';
import { ownBuffer, type Tensor } from '../tensor.ts';
import { currentBackend } from '../use-backend.ts';
import { checkDType } from './checks.ts';

/**
 * A tensor with the given values, on the current backend.
 * @param values row-major, as many as the shape holds; converted to `dtype`, towards zero for int32
 * @param shape default: [values.length]
 * @param dtype default: the array's own for Float64Array and Int32Array, else float32
 * @throws {ShapeError} when values and shape differ in size
 * @example
 * const x = tensor([1, 2, 3, 4, 5, 6], [2, 3]);
 */
export function tensor(values: ArrayLike<number>, shape?: Shape, dtype: DType = dtypeOf(values)): Tensor {
  const sizes = shape ?? [values.length];
  checkShape('tensor', sizes);
  checkDType('tensor', dtype);
  if (sizeOf(sizes) !== values.length)
    throw new ShapeError(
      `tensor: shape ${formatShape(sizes)} holds ${sizeOf(sizes)} numbers, got ${values.length}. ` +
        'Pass as many values as the shape holds.',
    );
  const backend = currentBackend();
  return ownBuffer(backend, backend.upload(values, dtype), sizes.slice(), dtype);
}

function dtypeOf(values: ArrayLike<number>): DType {
  if (values instanceof Float64Array) return 'float64';
  return values instanceof Int32Array ? 'int32' : 'float32';
}

/** A tensor of one number repeated, on the current backend; `dtype` defaults to float32. */
export function full(shape: Shape, value: number, dtype: DType = 'float32'): Tensor {
  checkShape('full', shape);
  checkDType('full', dtype);
  const backend = currentBackend();
  return ownBuffer(backend, backend.kernels.fill(sizeOf(shape), value, dtype), shape.slice(), dtype);
}

/** A tensor of zeros, on the current backend; `dtype` defaults to float32. */
export function zeros(shape: Shape, dtype?: DType): Tensor {
  return full(shape, 0, dtype);
}

/** A tensor of ones, on the current backend; `dtype` defaults to float32. */
export function ones(shape: Shape, dtype?: DType): Tensor {
  return full(shape, 1, dtype);
}

/** One number as a tensor of shape []. */
export function scalar(value: number, dtype?: DType): Tensor {
  return full([], value, dtype);
}
