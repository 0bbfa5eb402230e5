import { broadcastStrides, type Shape, sameShape, sizeOf } from '../../shape.ts';

/** Where each element of a strided view of `shape` lies, in row-major order of the view. */
export function stridedOffsets(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  const offsets = new Int32Array(sizeOf(shape));
  const index = new Int32Array(shape.length);
  let offset = start;
  for (let element = 0; element < offsets.length; element++) {
    offsets[element] = offset;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      offset += strides[axis];
      if (++index[axis] < shape[axis]) break;
      offset -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return offsets;
}

/** Where each element of the broadcast to `target` lies in `shape`; null when they are the same. */
export function broadcastOffsets(shape: Shape, target: Shape): Int32Array | null {
  return sameShape(shape, target) ? null : stridedOffsets(target, broadcastStrides(shape, target));
}
