import type { Activation, KernelTable, Operand } from '../../backend.ts';
import { matmulKernels as embedded } from '../../generated/matmul.ts';
import { reduceKernels } from '../../generated/reduce.ts';
import { broadcastStrides, sizeOf } from '../../shape.ts';
import { BYTES, roundUp, slices, suffix, type WasmBuffer, type WasmMemory } from './memory.ts';
import { collapse, padded, product } from './strides.ts';

/** As in kernels/_gemm.ts and kernels/matmul.ts: lengths of the blocks, in numbers. */
const DEPTH = 256;
const ROWS = 64;
const COLUMNS = 512;
/** Multiplications that are worth a chunk of their own. */
const WORTHWHILE = 1 << 20;
/** Products of at most so many multiplications are done at once by the calling thread. */
const SMALL = 1 << 15;
/** Chunks that keep a few threads evenly busy. */
const CHUNKS = 8;
/** Leading axes that the kernel can walk. */
const MAXIMUM_AXES = 6;
/** The order in which kernels/matmul.ts numbers them. */
const ACTIVATIONS: readonly Activation[] = ['none', 'relu', 'gelu', 'tanh', 'square'];

/** A matrix in memory: address, and bytes from row to row and from column to column. */
interface Matrix {
  readonly pointer: number;
  readonly row: number;
  readonly column: number;
}

interface Sizes {
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly dtype: 'float32' | 'float64';
}

/** What happens to a product before it is written for the last time. */
interface Epilogue {
  readonly bias: number;
  readonly activation: number;
  readonly y: number;
}

const NO_EPILOGUE: Epilogue = { bias: 0, activation: 0, y: 0 };

/** Matrix products. */
export function matmulKernels(memory: WasmMemory): Pick<KernelTable, 'matmul' | 'dense'> {
  return {
    matmul: (a, b, options, shape) => matmul(memory, a, b, options, shape),
    dense: (x, w, bias, activation, transposeW) => dense(memory, x, w, bias, activation, transposeW),
  };
}

function matrix(memory: WasmMemory, x: Operand, transposed: boolean): Matrix {
  const size = BYTES[x.dtype];
  const stride = x.shape[x.shape.length - 1] * size;
  const pointer = memory.address(x);
  return transposed ? { pointer, row: size, column: stride } : { pointer, row: stride, column: size };
}

function matmul(
  memory: WasmMemory,
  a: Operand,
  b: Operand,
  { transposeA, transposeB }: { transposeA: boolean; transposeB: boolean },
  shape: readonly number[],
): WasmBuffer {
  const [m, n] = shape.slice(-2);
  const k = a.shape[a.shape.length - (transposeA ? 2 : 1)];
  const sizes: Sizes = { m, n, k, dtype: a.dtype as Sizes['dtype'] };
  const out = memory.create(sizeOf(shape), a.dtype);
  if (out.length === 0) return out;
  const [left, right] = [matrix(memory, a, transposeA), matrix(memory, b, transposeB)];
  const batches = product(shape.slice(0, -2));
  const own = (x: Operand) => product(x.shape.slice(0, -2));
  if (batches === 1) multiply(memory, left, right, sizes, out.pointer);
  else if (own(b) === 1 && own(a) === batches && !transposeA)
    multiply(memory, left, right, { ...sizes, m: m * batches }, out.pointer);
  else multiplyBatch(memory, [left, right], sizes, leadingAxes(a, b, shape), out.pointer);
  return out;
}

/** The axes before the last two, with their strides in bytes. */
function leadingAxes(a: Operand, b: Operand, shape: readonly number[]) {
  const lead = shape.slice(0, -2);
  const strides = [a, b].map((x) => {
    const each = x.shape[x.shape.length - 1] * x.shape[x.shape.length - 2] * BYTES[x.dtype];
    return broadcastStrides(x.shape.slice(0, -2), lead).map((stride) => stride * each);
  });
  return collapse(lead, strides);
}

/** One product, by the way that suits its shape; which way that is depends on nothing else. */
function multiply(memory: WasmMemory, a: Matrix, b: Matrix, sizes: Sizes, out: number): void {
  const { m, n, k } = sizes;
  if (m * n * k <= SMALL) multiplyBatch(memory, [a, b], sizes, { shape: [], strides: [[], []] }, out);
  else if (k >= 4 * DEPTH && m * n <= 1 << 17) multiplyParts(memory, a, b, sizes, out);
  else multiplyPacked(memory, a, b, sizes, out, NO_EPILOGUE);
}

/** Packs B once for all threads, then computes blocks of rows. */
function multiplyPacked(
  memory: WasmMemory,
  a: Matrix,
  b: Matrix,
  { m, n, k, dtype }: Sizes,
  out: number,
  { bias, activation, y }: Epilogue,
): void {
  const size = BYTES[dtype];
  const tile = 32 / size;
  memory.withBlock(k * roundUp(n, tile) * size, (panels) => {
    const group = Math.max(1, Math.ceil(65536 / Math.max(1, k * tile)));
    const packing = [b.pointer, b.column, b.row, n, k, panels, group];
    memory.run(embedded, `pack${suffix(dtype)}`, slices(n, group * tile), packing);
    const isSmall = m * n * k < WORTHWHILE;
    const enough = roundUp(Math.ceil(WORTHWHILE / Math.max(1, n * k)), ROWS);
    const rows = isSmall ? m : Math.max(ROWS, Math.min(enough, roundUp(Math.ceil(m / CHUNKS), ROWS)));
    const bands = slices(m, rows);
    const wanted = isSmall ? 1 : Math.ceil(CHUNKS / bands);
    const columns = roundUp(Math.max(Math.ceil(n / wanted), Math.min(n, ROWS)), tile);
    const blocks = slices(n, columns);
    const args = [
      a.pointer,
      a.row,
      a.column,
      panels,
      out,
      m,
      n,
      k,
      rows,
      blocks,
      columns,
      bias,
      activation,
      y,
    ];
    memory.run(embedded, `product${suffix(dtype)}`, bands * blocks, args, ROWS * DEPTH * size + 128);
  });
}

/** Scratch in which a whole product is packed. */
function wholeScratch(dtype: Sizes['dtype']): number {
  return (ROWS + COLUMNS) * DEPTH * BYTES[dtype] + 128;
}

/** A product of few outputs and long sums: ranges of k apart, then their sum. */
function multiplyParts(memory: WasmMemory, a: Matrix, b: Matrix, sizes: Sizes, out: number): void {
  const { m, n, k, dtype } = sizes;
  const range = roundUp(Math.max(2 * DEPTH, Math.ceil(k / 32)), DEPTH);
  const parts = slices(k, range);
  memory.withBlock(parts * m * n * BYTES[dtype], (block) => {
    const args = [a.pointer, a.row, a.column, b.pointer, b.column, b.row, block, m, n, k, range];
    memory.run(embedded, `part${suffix(dtype)}`, parts, args, wholeScratch(dtype));
    const columns = Math.min(m * n, 512);
    const sum = [block, out, parts, 1, parts, m * n, slices(m * n, columns), columns, 0];
    const name = `columns${suffix(dtype)}${suffix(dtype)}`;
    memory.run(reduceKernels, name, slices(m * n, columns), sum, columns * 8 + 16);
  });
}

function multiplyBatch(
  memory: WasmMemory,
  [a, b]: readonly Matrix[],
  { m, n, k, dtype }: Sizes,
  lead: ReturnType<typeof collapse>,
  out: number,
): void {
  const batches = product(lead.shape);
  const each = Math.max(1, Math.floor(WORTHWHILE / Math.max(1, m * n * k)));
  const wanted = batches >= 2 * CHUNKS ? 1 : Math.ceil((2 * CHUNKS) / batches);
  const rows = m * n * k < WORTHWHILE ? m : Math.max(ROWS, roundUp(Math.ceil(m / wanted), ROWS));
  const blocks = slices(m, rows);
  const args = [
    a.pointer,
    a.row,
    a.column,
    b.pointer,
    b.column,
    b.row,
    out,
    m,
    n,
    k,
    batches,
    each,
    blocks,
    rows,
  ];
  args.push(lead.shape.length);
  for (const list of [lead.shape, ...lead.strides]) args.push(...padded(list, MAXIMUM_AXES));
  memory.run(embedded, `batch${suffix(dtype)}`, slices(batches, each) * blocks, args, wholeScratch(dtype));
}

function dense(
  memory: WasmMemory,
  x: Operand,
  w: Operand,
  bias: Operand | null,
  activation: Activation,
  transposeW: boolean,
): ReturnType<KernelTable['dense']> {
  const [m, k] = x.shape;
  const n = w.shape[transposeW ? 0 : 1];
  const sizes: Sizes = { m, n, k, dtype: x.dtype as Sizes['dtype'] };
  const before = memory.create(m * n, x.dtype);
  const isLinear = activation === 'none';
  const y = isLinear ? before : memory.create(m * n, x.dtype);
  const epilogue: Epilogue = {
    bias: bias ? memory.address(bias) : 0,
    activation: ACTIVATIONS.indexOf(activation),
    y: y.pointer,
  };
  if (m * n > 0)
    multiplyPacked(
      memory,
      matrix(memory, x, false),
      matrix(memory, w, transposeW),
      sizes,
      before.pointer,
      epilogue,
    );
  return { y, before: isLinear ? null : before };
}
