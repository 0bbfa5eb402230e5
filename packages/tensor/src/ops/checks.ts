import { DomainError, ShapeError } from '@spinformer/numerics';
import type { DType } from '../backend.ts';
import { formatShape, type Shape } from '../shape.ts';
import { describeTensor, disposedError, Tensor } from '../tensor.ts';

/** Throws unless x is a tensor that still exists. */
export function checkTensor(name: string, x: Tensor): void {
  if (!(x instanceof Tensor))
    throw new DomainError(
      `${name}: expected a tensor, got ${typeof x}. Make one with tensor(values, shape).`,
    );
  if (x.disposed) throw disposedError(name, x);
}

/** Throws unless both exist and live on the same backend. */
export function checkTogether(name: string, a: Tensor, b: Tensor): void {
  checkTensor(name, a);
  checkTensor(name, b);
  if (a.backend !== b.backend)
    throw new DomainError(
      `${name}: operands live on two backends, ${a.backend.name} and ${b.backend.name}. ` +
        'Move one with moveTo(x, backend), or call useBackend before making tensors.',
    );
}

/** {@link checkTogether}, and of one dtype. */
export function checkPair(name: string, a: Tensor, b: Tensor): void {
  checkTogether(name, a, b);
  if (a.dtype !== b.dtype)
    throw new DomainError(
      `${name}: operands have dtypes ${a.dtype} and ${b.dtype}. Convert one with cast(x, '${b.dtype}').`,
    );
}

/** Throws unless x is float32 or float64. */
export function checkFloat(name: string, x: Tensor): void {
  checkTensor(name, x);
  if (x.dtype === 'int32')
    throw new DomainError(
      `${name}: needs a floating-point tensor, got ${describeTensor(x)}. Use cast(x, 'float32').`,
    );
}

/** Throws unless x is an int32 tensor. */
export function checkIndices(name: string, argument: string, x: Tensor): void {
  checkTensor(name, x);
  if (x.dtype !== 'int32')
    throw new DomainError(
      `${name}: ${argument} must be int32, got ${describeTensor(x)}. Use cast(x, 'int32').`,
    );
}

/** Throws unless x has this rank; `wanted` says the shape in words, as in `[rows, classes]`. */
export function checkRank(name: string, argument: string, x: Tensor, rank: number, wanted: string): void {
  if (x.shape.length !== rank)
    throw new ShapeError(`${name}: ${argument} must be ${wanted}, got ${formatShape(x.shape)}. Reshape it.`);
}

/** Throws unless x has exactly this shape. */
export function checkExact(name: string, argument: string, x: Tensor, shape: Shape): void {
  if (x.shape.length !== shape.length || shape.some((size, axis) => x.shape[axis] !== size))
    throw new ShapeError(
      `${name}: ${argument} must be ${formatShape(shape)}, got ${formatShape(x.shape)}. Reshape or transpose it.`,
    );
}

/** Floating dtypes only, for arguments that name one. */
export function checkDType(name: string, dtype: DType): void {
  if (dtype !== 'float32' && dtype !== 'float64' && dtype !== 'int32')
    throw new DomainError(`${name}: dtype must be 'float32', 'float64' or 'int32', got ${String(dtype)}.`);
}
