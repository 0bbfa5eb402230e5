import type { KernelTable, Operand } from '../../backend.ts';
import { symmetricRankKKernels as embedded } from '../../generated/symmetric-rank-k.ts';
import { BYTES, roundUp, slices, type WasmBuffer, type WasmMemory } from './memory.ts';

/** As in kernels/symmetric-rank-k.ts: rows and columns of a block of the result. */
const BLOCK = 64;
/** Columns that are packed at once: a multiple of the kernel's depth, 256. */
const SLICE = 1024;
/** Rows that are packed by a chunk. */
const BAND = 32;

/** Aᵀ·A and A·Aᵀ with half of the multiplications. */
export function symmetricRankKKernels(memory: WasmMemory): Pick<KernelTable, 'symmetricRankK'> {
  return { symmetricRankK: (a, options) => symmetricRankK(memory, a, options) };
}

type Options = Parameters<KernelTable['symmetricRankK']>[1];

function symmetricRankK(memory: WasmMemory, a: Operand, options: Options): WasmBuffer {
  const { transpose, dtype, products } = options;
  const [n, k] = transpose ? [a.shape[1], a.shape[0]] : a.shape;
  const out = memory.create(n * n, dtype);
  if (k === 0) memory.view(out).fill(0);
  if (n * k === 0) return out;
  const size = BYTES[a.dtype];
  const strides = transpose ? [size, n * size] : [k * size, size];
  const padded = roundUp(n, 8);
  const depth = Math.min(k, SLICE);
  const panelBytes = padded * depth * BYTES[products];
  const isSingle = products === 'float32';
  const [pack, product] = jobs(a, options);
  const blocks = slices(n, BLOCK);
  memory.withBlock(panelBytes * (isSingle ? 2 : 1), (left) => {
    const right = isSingle ? left + panelBytes : left;
    for (let start = 0; start < k; start += SLICE) {
      const columns = Math.min(SLICE, k - start);
      const packing = [memory.address(a), ...strides, n, start, columns, left, right, BAND];
      memory.run(embedded, pack, slices(n, BAND), packing);
      const args = [left, right, out.pointer, n, columns, start === 0 ? 1 : 0, start + SLICE >= k ? 1 : 0];
      memory.run(embedded, product, (blocks * (blocks + 1)) / 2, args, 2 * 8 * BLOCK * BLOCK + 128);
    }
  });
  return out;
}

function jobs(a: Operand, { dtype, products }: Options): [pack: string, product: string] {
  if (products === 'float32') return ['pack32', dtype === 'float32' ? 'product32' : 'productMixed'];
  return [a.dtype === 'float32' ? 'packPromoting' : 'pack64', 'product64'];
}
