import type { KernelTable, Operand } from '../../backend.ts';
import { layoutKernels } from '../../generated/layout.ts';
import { broadcastStrides, sizeOf, stridesOf } from '../../shape.ts';
import { BYTES, slices, type WasmBuffer, type WasmMemory } from './memory.ts';
import { collapse, padded, product } from './strides.ts';

/** Numbers moved by one chunk. */
const CHUNK = 32768;
/** Axes before the last that the kernel can walk. */
const MAXIMUM_AXES = 8;
const COUNTER_BYTES = 64;

/** One array as a copy walks it: the address of its first number and its strides in numbers. */
interface Side {
  readonly pointer: number;
  readonly strides: readonly number[];
}

type Names = 'broadcastTo' | 'permute' | 'slice' | 'embed' | 'concat';

/** Kernels that move numbers without looking at them. */
export function movementKernels(memory: WasmMemory): Pick<KernelTable, Names> {
  return {
    broadcastTo: (x, shape) => broadcastTo(memory, x, shape),
    permute: (x, permutation) => permute(memory, x, permutation),
    slice(x, begin, size) {
      const out = memory.create(sizeOf(size), x.dtype);
      const strides = stridesOf(x.shape);
      const from = { pointer: at(memory.address(x), begin, strides, x), strides };
      copy(memory, size, from, { pointer: out.pointer, strides: stridesOf(size) }, BYTES[x.dtype]);
      return out;
    },
    embed(x, shape, begin) {
      const out = memory.create(sizeOf(shape), x.dtype);
      const bytes = out.length * BYTES[x.dtype];
      const band = CHUNK * 8;
      memory.run(layoutKernels, 'clear', slices(bytes, band), [out.pointer, bytes, band]);
      const strides = stridesOf(shape);
      const to = { pointer: at(out.pointer, begin, strides, x), strides };
      copy(memory, x.shape, { pointer: memory.address(x), strides: stridesOf(x.shape) }, to, BYTES[x.dtype]);
      return out;
    },
    concat: (xs, axis) => concat(memory, xs, axis),
  };
}

function at(pointer: number, begin: readonly number[], strides: readonly number[], x: Operand): number {
  let offset = 0;
  for (let axis = 0; axis < begin.length; axis++) offset += begin[axis] * strides[axis];
  return pointer + offset * BYTES[x.dtype];
}

/** See KernelTable. */
export function broadcastTo(memory: WasmMemory, x: Operand, shape: readonly number[]): WasmBuffer {
  const out = memory.create(sizeOf(shape), x.dtype);
  const from = { pointer: memory.address(x), strides: broadcastStrides(x.shape, shape) };
  copy(memory, shape, from, { pointer: out.pointer, strides: stridesOf(shape) }, BYTES[x.dtype]);
  return out;
}

/** See KernelTable. */
export function permute(memory: WasmMemory, x: Operand, permutation: readonly number[]): WasmBuffer {
  const own = stridesOf(x.shape);
  const shape = permutation.map((axis) => x.shape[axis]);
  const out = memory.create(sizeOf(shape), x.dtype);
  const from = { pointer: memory.address(x), strides: permutation.map((axis) => own[axis]) };
  copy(memory, shape, from, { pointer: out.pointer, strides: stridesOf(shape) }, BYTES[x.dtype]);
  return out;
}

function concat(memory: WasmMemory, xs: readonly Operand[], axis: number): WasmBuffer {
  const shape = xs[0].shape.slice();
  shape[axis] = xs.reduce((sum, x) => sum + x.shape[axis], 0);
  const out = memory.create(sizeOf(shape), xs[0].dtype);
  const size = BYTES[xs[0].dtype];
  const strides = stridesOf(shape);
  let begin = 0;
  for (const x of xs) {
    const to = { pointer: out.pointer + begin * strides[axis] * size, strides };
    copy(memory, x.shape, { pointer: memory.address(x), strides: stridesOf(x.shape) }, to, size);
    begin += x.shape[axis];
  }
  return out;
}

function copy(memory: WasmMemory, shape: readonly number[], from: Side, to: Side, size: 4 | 8): void {
  if (product(shape) === 0) return;
  const walk = collapse(shape, [from.strides, to.strides]);
  const [sf, st] = walk.strides;
  if (isTransposition(walk.shape, sf, st)) {
    transpose(memory, walk.shape, from.pointer, to.pointer, size);
    return;
  }
  if (walk.shape.length > 1) {
    copyRows(memory, walk.shape, { ...from, strides: sf }, { ...to, strides: st }, size);
    return;
  }
  // One run of numbers: rows of CHUNK, and what remains.
  const [n, a, b] = [walk.shape[0] ?? 1, sf[0] ?? 1, st[0] ?? 1];
  const rows = Math.floor(n / CHUNK);
  const done = rows * CHUNK;
  const rest = (side: Side, step: number) => ({
    pointer: side.pointer + done * step * size,
    strides: [0, step],
  });
  if (rows > 0)
    copyRows(
      memory,
      [rows, CHUNK],
      { ...from, strides: [CHUNK * a, a] },
      { ...to, strides: [CHUNK * b, b] },
      size,
    );
  if (n > done) copyRows(memory, [1, n - done], rest(from, a), rest(to, b), size);
}

function copyRows(memory: WasmMemory, shape: readonly number[], from: Side, to: Side, size: 4 | 8): void {
  const axes = shape.length - 1;
  if (axes > MAXIMUM_AXES) {
    peel(memory, shape, from, to, size);
    return;
  }
  const inner = shape[axes];
  const rows = product(shape.slice(0, axes));
  const band = Math.max(1, Math.ceil(CHUNK / Math.max(inner, 4)));
  const args = [from.pointer, to.pointer, axes + 1, inner, from.strides[axes], to.strides[axes], rows, band];
  for (const list of [shape, from.strides, to.strides])
    args.push(...padded(list.slice(0, axes), MAXIMUM_AXES));
  memory.run(layoutKernels, `copy${size}`, slices(rows, band), args, COUNTER_BYTES);
}

/** Arrays of more axes than the kernel walks: one index of the first axis after the other. */
function peel(memory: WasmMemory, shape: readonly number[], from: Side, to: Side, size: 4 | 8): void {
  const inside = (side: Side, index: number) => ({
    pointer: side.pointer + index * side.strides[0] * size,
    strides: side.strides.slice(1),
  });
  for (let index = 0; index < shape[0]; index++)
    copyRows(memory, shape.slice(1), inside(from, index), inside(to, index), size);
}

/** Whether a walk only swaps the last two axes of dense matrices [rows, columns] into [columns, rows]. */
function isTransposition(shape: readonly number[], from: readonly number[], to: readonly number[]): boolean {
  const rank = shape.length;
  if (rank < 2 || rank > 3) return false;
  const [columns, rows] = shape.slice(-2);
  if (from[rank - 2] !== 1 || from[rank - 1] !== columns) return false;
  if (to[rank - 2] !== rows || to[rank - 1] !== 1) return false;
  return rank === 2 || (from[0] === rows * columns && to[0] === rows * columns);
}

function transpose(
  memory: WasmMemory,
  shape: readonly number[],
  from: number,
  to: number,
  size: 4 | 8,
): void {
  const [columns, rows] = shape.slice(-2);
  const matrices = shape.length === 3 ? shape[0] : 1;
  const bands = rows * columns > CHUNK ? slices(columns, 32) : 1;
  const each = bands === 1 ? Math.max(1, Math.floor(CHUNK / (rows * columns))) : 1;
  const args = [from, to, rows, columns, bands, each, matrices];
  memory.run(layoutKernels, `transpose${size}`, slices(matrices, each) * bands, args);
}
