import type { DType, KernelTable, Operand, ReduceOp } from '../../backend.ts';
import { fusedKernels } from '../../generated/fused.ts';
import { reduceKernels as embedded } from '../../generated/reduce.ts';
import { sizeOf } from '../../shape.ts';
import { slices, suffix, type WasmBuffer, type WasmMemory } from './memory.ts';
import { permute } from './movement.ts';
import { product } from './strides.ts';

/** Numbers in one piece of a long sum; pieces depend on shapes only, and so do the results. */
const PIECE = 16384;
/** Numbers of a chunk. */
const CHUNK = 32768;
/** Columns that are summed together. */
const BLOCK = 512;

/** What a reduction over the middle of [outer, length, inner] works on. */
interface Middle {
  readonly pointer: number;
  readonly out: number;
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
  readonly from: DType;
  readonly to: DType;
  readonly op: number;
}

/** Sums and maxima over axes. */
export function reduceKernels(memory: WasmMemory): Pick<KernelTable, 'reduce'> {
  return { reduce: (op, x, axes) => reduce(memory, op, x, axes) };
}

function reduce(memory: WasmMemory, op: ReduceOp, x: Operand, axes: readonly number[]): WasmBuffer {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const out = memory.create(product(kept.map((axis) => x.shape[axis])), x.dtype);
  if (out.length === 0) return out;
  if (sizeOf(x.shape) === 0) {
    const value = op === 'sum' ? 0 : Number.NEGATIVE_INFINITY;
    const args = [out.pointer, out.length, out.length, value];
    memory.run(fusedKernels, `fill${suffix(x.dtype)}`, 1, args);
    return out;
  }
  const code = op === 'sum' ? 0 : 1;
  const types = { from: x.dtype, to: x.dtype, op: code };
  const split = middle(x.shape, axes);
  if (split) {
    const [outer, length, inner] = split;
    reduceMiddle(memory, { pointer: memory.address(x), out: out.pointer, outer, length, inner, ...types });
    return out;
  }
  const ordered = permute(memory, x, [...kept, ...axes]);
  const length = sizeOf(x.shape) / out.length;
  reduceMiddle(memory, {
    pointer: ordered.pointer,
    out: out.pointer,
    outer: out.length,
    length,
    inner: 1,
    ...types,
  });
  memory.free(ordered);
  return out;
}

/** The shape as [kept, reduced, kept], or null when reduced axes do not lie next to each other. */
function middle(shape: readonly number[], axes: readonly number[]): [number, number, number] | null {
  const real = axes.filter((axis) => shape[axis] !== 1);
  if (real.length === 0) return [product(shape), 1, 1];
  const [first, last] = [real[0], real[real.length - 1]];
  for (let axis = first; axis <= last; axis++) if (shape[axis] !== 1 && !axes.includes(axis)) return null;
  return [
    product(shape.slice(0, first)),
    product(shape.slice(first, last + 1)),
    product(shape.slice(last + 1)),
  ];
}

/** One reduction, in one pass or, where the reduced axis is long, in pieces whose float64 results are reduced again. */
function reduceMiddle(memory: WasmMemory, task: Middle): void {
  const { outer, length, inner } = task;
  const piece = inner === 1 ? PIECE : Math.max(32, Math.ceil((4 * PIECE) / inner));
  const pieces = slices(length, piece);
  if (pieces === 1 || outer >= 64) {
    pass(memory, task, length, 1);
    return;
  }
  memory.withBlock(outer * pieces * inner * 8, (parts) => {
    pass(memory, { ...task, out: parts, to: 'float64' }, piece, pieces);
    pass(memory, { ...task, pointer: parts, length: pieces, from: 'float64' }, pieces, 1);
  });
}

function pass(memory: WasmMemory, task: Middle, piece: number, pieces: number): void {
  const { pointer, out, outer, length, inner, op } = task;
  const types = suffix(task.from) + suffix(task.to);
  if (inner === 1) {
    const units = outer * pieces;
    const band = Math.max(1, Math.ceil(CHUNK / Math.max(piece, 8)));
    const args = [pointer, out, length, pieces, piece, units, band, op];
    memory.run(embedded, `rows${types}`, slices(units, band), args);
    return;
  }
  const block = Math.min(inner, BLOCK);
  const blocks = slices(inner, block);
  const args = [pointer, out, length, pieces, piece, inner, blocks, block, op];
  memory.run(embedded, `columns${types}`, outer * pieces * blocks, args, block * 8 + 16);
}
