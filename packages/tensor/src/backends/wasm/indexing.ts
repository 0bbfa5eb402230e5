import type { KernelTable, Operand } from '../../backend.ts';
import { layoutKernels } from '../../generated/layout.ts';
import { sizeOf } from '../../shape.ts';
import { BYTES, slices, suffix, type WasmBuffer, type WasmMemory } from './memory.ts';
import { product } from './strides.ts';

/** Numbers of a chunk. */
const CHUNK = 32768;
/** Columns that are summed together. */
const BLOCK = 256;

/** Kernels that go by an array of indices. */
export function indexingKernels(memory: WasmMemory): Pick<KernelTable, 'gather' | 'scatterAdd' | 'oneHot'> {
  return {
    gather(table, indices) {
      const width = product(table.shape.slice(1));
      const length = sizeOf(indices.shape);
      const out = memory.create(length * width, table.dtype);
      const band = Math.max(1, Math.ceil(CHUNK / Math.max(width, 8)));
      const pointers = [memory.address(table), memory.address(indices), out.pointer];
      const args = [...pointers, length, width * BYTES[table.dtype], band];
      if (width > 0) memory.run(layoutKernels, 'gather', slices(length, band), args);
      return out;
    },
    scatterAdd: (g, indices, rows) => scatterAdd(memory, g, indices, rows),
    oneHot(indices, depth, dtype) {
      const length = sizeOf(indices.shape);
      const out = memory.create(length * depth, dtype);
      const band = Math.max(1, Math.ceil(CHUNK / Math.max(depth, 8)));
      const args = [memory.address(indices), out.pointer, length, depth, band];
      memory.run(layoutKernels, `oneHot${suffix(dtype)}`, slices(length, band), args);
      return out;
    },
  };
}

function scatterAdd(memory: WasmMemory, g: Operand, indices: Operand, rows: number): WasmBuffer {
  const length = sizeOf(indices.shape);
  const width = product(g.shape.slice(indices.shape.length));
  const out = memory.create(rows * width, g.dtype);
  if (out.length === 0) return out;
  memory.withBlock((rows + 2 + length) * 4, (starts) => {
    const order = starts + (rows + 2) * 4;
    memory.run(layoutKernels, 'sortIndices', 1, [memory.address(indices), length, rows, starts, order]);
    const block = Math.min(width, BLOCK);
    const blocks = slices(width, block);
    const work = (length * width) / (rows * blocks) + block;
    const band = Math.max(1, Math.ceil(CHUNK / work));
    const args = [memory.address(g), starts, order, out.pointer, rows, width, band, blocks, block];
    memory.run(layoutKernels, `addRows${suffix(g.dtype)}`, slices(rows, band) * blocks, args, block * 8 + 16);
  });
  return out;
}
