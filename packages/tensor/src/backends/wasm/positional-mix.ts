import type { DType, KernelTable, Operand } from '../../backend.ts';
import { fusedKernels } from '../../generated/fused.ts';
import { positionalKernels as embedded } from '../../generated/positional.ts';
import { reduceKernels } from '../../generated/reduce.ts';
import { sizeOf } from '../../shape.ts';
import { BYTES, roundUp, slices, suffix, type WasmBuffer, type WasmMemory } from './memory.ts';

/** As in kernels/_gemm.ts. */
const DEPTH = 256;
/** Columns (batch·width) that are lined up at once. */
const COLUMNS = 192;
/** Chunks that keep a few threads evenly busy. */
const CHUNKS = 16;

/** Factored attention, forwards and backwards. */
export function positionalMixKernels(
  memory: WasmMemory,
): Pick<KernelTable, 'positionalMix' | 'positionalMixGrad'> {
  return {
    positionalMix: (weights, values) => mix(memory, weights, values, false),
    positionalMixGrad: (weights, values, g) => ({
      dweights: weightsGrad(memory, values, g),
      dvalues: mix(memory, weights, g, true),
    }),
  };
}

/** Batch items that are lined up at once. */
function groupOf(width: number): number {
  return Math.max(1, Math.floor(COLUMNS / Math.max(1, width)));
}

function mix(memory: WasmMemory, weights: Operand, values: Operand, transposed: boolean): WasmBuffer {
  const [batch, sites, heads, width] = values.shape;
  const { dtype } = values;
  const out = memory.create(sizeOf(values.shape), dtype);
  if (out.length === 0) return out;
  const group = Math.min(batch, groupOf(width));
  const parts = slices(batch, group);
  const pointers = [memory.address(weights), memory.address(values), out.pointer];
  const args = [...pointers, batch, sites, heads, width, parts, group, transposed ? 1 : 0];
  const columns = roundUp(group * width, 32 / BYTES[dtype]);
  const scratch = 32 + 2 * sites * columns + (roundUp(sites, 4) + columns) * DEPTH;
  memory.run(embedded, `positionalMix${suffix(dtype)}`, heads * parts, args, scratch * BYTES[dtype]);
  return out;
}

function weightsGrad(memory: WasmMemory, values: Operand, g: Operand): WasmBuffer {
  const [batch, sites, heads, width] = values.shape;
  const { dtype } = values;
  const out = memory.create(heads * sites * sites, dtype);
  if (sizeOf(values.shape) === 0) {
    memory.run(fusedKernels, `fill${suffix(dtype)}`, 1, [out.pointer, out.length, out.length, 0]);
    return out;
  }
  const group = Math.min(batch, groupOf(width));
  const size = roundUp(Math.ceil(batch / Math.ceil(CHUNKS / heads)), group);
  const parts = slices(batch, size);
  const columns = roundUp(group * width, 32 / BYTES[dtype]);
  const scratch = (32 + 2 * sites * columns + 2 * roundUp(sites, 8) * DEPTH) * BYTES[dtype];
  const addresses = [memory.address(values), memory.address(g)];
  const rest = [batch, sites, heads, width, parts, size, group];
  const name = `positionalWeights${suffix(dtype)}`;
  const chunks = heads * parts;
  if (parts === 1) memory.run(embedded, name, chunks, [...addresses, out.pointer, ...rest], scratch);
  else
    memory.withBlock(parts * out.length * BYTES[dtype], (block) => {
      memory.run(embedded, name, chunks, [...addresses, block, ...rest], scratch);
      addParts(memory, block, out.pointer, parts, out.length, dtype);
    });
  return out;
}

/** out = Σ of `parts` arrays of `length` numbers that follow one another at `block`. */
function addParts(
  memory: WasmMemory,
  block: number,
  out: number,
  parts: number,
  length: number,
  dtype: DType,
): void {
  const columns = Math.min(length, 512);
  const blocks = slices(length, columns);
  const args = [block, out, parts, 1, parts, length, blocks, columns, 0];
  memory.run(reduceKernels, `columns${suffix(dtype)}${suffix(dtype)}`, blocks, args, columns * 8 + 16);
}
