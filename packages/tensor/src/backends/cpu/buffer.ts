import type { BufferHandle, DType, Operand, TypedArray } from '../../backend.ts';

/** A buffer of the `cpu` backend: a typed array, or nothing once it is freed. */
export interface CpuBuffer extends BufferHandle {
  values: TypedArray | null;
}

/** A zeroed array of `length` numbers. */
export function zeroArray(dtype: DType, length: number): TypedArray {
  if (dtype === 'float32') return new Float32Array(length);
  return dtype === 'float64' ? new Float64Array(length) : new Int32Array(length);
}

/** The numbers behind an operand of this backend. */
export function valuesOf(operand: Operand): TypedArray {
  return (operand.buffer as CpuBuffer).values as TypedArray;
}

/** Every buffer of one backend, counted in bytes. */
export class CpuMemory {
  bytes = 0;

  /** Makes a buffer of these values, which it owns from here on. */
  own(values: TypedArray, dtype: DType): CpuBuffer {
    this.bytes += values.byteLength;
    return { length: values.length, dtype, values };
  }

  free(buffer: BufferHandle): void {
    const own = buffer as CpuBuffer;
    this.bytes -= own.values?.byteLength ?? 0;
    own.values = null;
  }
}
