import { DomainError } from '@spinformer/numerics';
import type { TapeNode } from './autodiff/tape.ts';
import type { Backend, BufferHandle, DType, Operand } from './backend.ts';
import { currentFrame, type Frame } from './memory/frame.ts';
import { formatShape, type Shape, sizeOf } from './shape.ts';

/** A buffer and how many tensors share it; the last one to go frees it. */
export class Storage {
  readonly backend: Backend;
  readonly buffer: BufferHandle;
  references = 1;

  constructor(backend: Backend, buffer: BufferHandle) {
    this.backend = backend;
    this.buffer = buffer;
  }

  release(): void {
    if (--this.references === 0) this.backend.free(this.buffer);
  }
}

/**
 * A dense row-major array of numbers in the memory of one backend. Immutable; made and used by functions, such as
 * `tensor(values, shape)` and `add(a, b)`; lives until it is disposed of, by `dispose` or by the `scope` around it.
 */
export class Tensor implements Operand {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly backend: Backend;
  /** @internal */
  readonly storage: Storage;
  /** @internal The scope that frees this tensor. */
  frame: Frame | null = null;
  /** @internal Where the tensor came from, while a gradient is being recorded. */
  node: TapeNode | null = null;
  private live = true;

  /** @internal Tensors are made by functions; this takes over one reference to the storage. */
  constructor(storage: Storage, shape: Shape, dtype: DType) {
    this.storage = storage;
    this.backend = storage.backend;
    this.shape = shape;
    this.dtype = dtype;
  }

  /** How many numbers it holds. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** Whether it has been disposed of. */
  get disposed(): boolean {
    return !this.live;
  }

  /**
   * The backend's handle, as kernels take it.
   * @throws {DomainError} after the tensor was disposed of.
   */
  get buffer(): BufferHandle {
    if (!this.live) throw disposedError('tensor', this);
    return this.storage.buffer;
  }

  /** Gives its memory back; once is enough, more does no harm. */
  dispose(): void {
    if (!this.live) return;
    this.live = false;
    this.frame = null;
    this.node = null;
    this.storage.release();
  }
}

/** What a function says when it is given a tensor that no longer exists. */
export function disposedError(name: string, x: Tensor): DomainError {
  return new DomainError(
    `${name}: this ${describeTensor(x)} tensor was disposed of. ` +
      'Return it from its scope, or keep() it, to use it later.',
  );
}

/** `float32 [2, 3]`, as errors show a tensor. */
export function describeTensor(x: Tensor): string {
  return `${x.dtype} ${formatShape(x.shape)}`;
}

/** @internal A tensor on a new buffer, owned by the current scope. */
export function ownBuffer(backend: Backend, buffer: BufferHandle, shape: Shape, dtype: DType): Tensor {
  const tensor = new Tensor(new Storage(backend, buffer), shape, dtype);
  currentFrame()?.adopt(tensor);
  return tensor;
}

/** @internal Another tensor on the same memory, of the same size; the caller owns it. */
export function alias(x: Tensor, shape: Shape = x.shape): Tensor {
  if (x.disposed) throw disposedError('tensor', x);
  x.storage.references++;
  return new Tensor(x.storage, shape, x.dtype);
}

/** @internal {@link alias}, owned by the current scope. */
export function share(x: Tensor, shape: Shape = x.shape): Tensor {
  const tensor = alias(x, shape);
  currentFrame()?.adopt(tensor);
  return tensor;
}
