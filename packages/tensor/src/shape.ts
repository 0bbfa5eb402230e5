import { DomainError, ShapeError } from '@spinformer/numerics';

/** Sizes along each axis, outermost first; [] is a scalar. */
export type Shape = readonly number[];

/** How many numbers a shape holds; 1 for the scalar shape []. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}

/** Row-major strides in elements. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** Whether two shapes have the same axes. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** `[2, 3]` as a reader of an error sees it. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** The NumPy broadcast of two shapes, or null when there is none. */
export function broadcastOf(a: Shape, b: Shape): Shape | null {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let k = 1; k <= rank; k++) {
    const x = k <= a.length ? a[a.length - k] : 1;
    const y = k <= b.length ? b[b.length - k] : 1;
    if (x !== y && x !== 1 && y !== 1) return null;
    shape[rank - k] = x === 1 ? y : x;
  }
  return shape;
}

/** {@link broadcastOf}, or a ShapeError that names the function and both shapes. */
export function broadcastShapes(name: string, a: Shape, b: Shape): Shape {
  const shape = broadcastOf(a, b);
  if (shape) return shape;
  throw new ShapeError(
    `${name}: shapes ${formatShape(a)} and ${formatShape(b)} do not broadcast. ` +
      'Counted from the last axis, sizes must be equal or one of them 1; reshape one operand.',
  );
}

/** Strides that read `shape` as if it had been broadcast to `target`: 0 along repeated axes. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const own = stridesOf(shape);
  const lead = target.length - shape.length;
  return target.map((_, axis) => (axis < lead || shape[axis - lead] === 1 ? 0 : own[axis - lead]));
}

/** Axes as sorted, unique, non-negative numbers; undefined means all. */
export function resolveAxes(
  name: string,
  axes: number | readonly number[] | undefined,
  rank: number,
): number[] {
  if (axes === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  const list = typeof axes === 'number' ? [axes] : axes;
  const resolved = list.map((axis) => resolveAxis(name, axis, rank)).sort((a, b) => a - b);
  for (let k = 1; k < resolved.length; k++)
    if (resolved[k] === resolved[k - 1])
      throw new DomainError(
        `${name}: axes ${formatShape(list)} name axis ${resolved[k]} twice. Name each axis once.`,
      );
  return resolved;
}

/** One axis, counted from the end when negative. */
export function resolveAxis(name: string, axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(resolved) || resolved < 0 || resolved >= rank)
    throw new DomainError(
      `${name}: axis ${axis} does not exist in a tensor of rank ${rank}. ` +
        (rank === 0 ? 'A scalar has no axes.' : `Use ${-rank}…${rank - 1}.`),
    );
  return resolved;
}

/** The shape after reducing over `axes`, with size-one axes in their place when `keepAxes`. */
export function reducedShape(shape: Shape, axes: readonly number[], keepAxes: boolean): number[] {
  const reduced: number[] = [];
  let next = 0;
  for (let axis = 0; axis < shape.length; axis++) {
    if (axes[next] === axis) {
      next++;
      if (keepAxes) reduced.push(1);
    } else reduced.push(shape[axis]);
  }
  return reduced;
}

/** Throws unless every size is a whole number ≥ 0. */
export function checkShape(name: string, shape: Shape): void {
  for (const size of shape)
    if (!Number.isInteger(size) || size < 0)
      throw new ShapeError(`${name}: shape ${formatShape(shape)} must hold whole numbers ≥ 0.`);
}
