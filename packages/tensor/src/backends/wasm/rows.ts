import type { KernelTable, Operand } from '../../backend.ts';
import { normalizationKernels } from '../../generated/normalization.ts';
import { softmaxKernels } from '../../generated/softmax.ts';
import { sizeOf } from '../../shape.ts';
import { BYTES, roundUp, slices, suffix, type WasmBuffer, type WasmMemory } from './memory.ts';

/** Numbers of a chunk. */
const CHUNK = 16384;
/** Most partial sums of a layer norm's gain and bias. */
const PARTS = 256;

/** Rows, their length, and how many rows make a chunk. */
function rowsOf(x: Operand): { rows: number; length: number; band: number } {
  const length = x.shape[x.shape.length - 1] ?? 1;
  const rows = length === 0 ? 0 : sizeOf(x.shape) / length;
  return { rows, length, band: Math.max(1, Math.ceil(CHUNK / Math.max(length, 4))) };
}

type SoftmaxNames = 'softmax' | 'softmaxGrad' | 'logSoftmax' | 'logSoftmaxGrad';
type Names = SoftmaxNames | 'crossEntropy' | 'crossEntropyGrad' | 'layerNorm' | 'layerNormGrad';

/** Kernels over the last axis. */
export function rowKernels(memory: WasmMemory): Pick<KernelTable, Names> {
  const map = (name: SoftmaxNames, ...operands: readonly Operand[]): WasmBuffer => {
    const [x] = operands;
    const { rows, length, band } = rowsOf(x);
    const out = memory.create(sizeOf(x.shape), x.dtype);
    const args = [...operands.map((operand) => memory.address(operand)), out.pointer, rows, length, band];
    memory.run(softmaxKernels, name + suffix(x.dtype), slices(rows, band), args);
    return out;
  };
  return {
    softmax: (x) => map('softmax', x),
    softmaxGrad: (y, g) => map('softmaxGrad', y, g),
    logSoftmax: (x) => map('logSoftmax', x),
    logSoftmaxGrad: (y, g) => map('logSoftmaxGrad', y, g),
    crossEntropy(x, targets) {
      const { rows, length, band } = rowsOf(x);
      const out = memory.create(x.shape[0], x.dtype);
      const args = [memory.address(x), memory.address(targets), out.pointer, rows, length, band];
      memory.run(softmaxKernels, `crossEntropy${suffix(x.dtype)}`, slices(rows, band), args);
      return out;
    },
    crossEntropyGrad(x, targets, g) {
      const { rows, length, band } = rowsOf(x);
      const out = memory.create(sizeOf(x.shape), x.dtype);
      const operands = [x, targets, g].map((operand) => memory.address(operand));
      const args = [...operands, out.pointer, rows, length, band];
      memory.run(softmaxKernels, `crossEntropyGrad${suffix(x.dtype)}`, slices(rows, band), args);
      return out;
    },
    layerNorm: (x, gain, bias, epsilon) => layerNorm(memory, [x, gain, bias], epsilon),
    layerNormGrad: (x, gain, mean, inverse, g) => layerNormGrad(memory, [x, gain, mean, inverse, g]),
  };
}

function layerNorm(memory: WasmMemory, operands: readonly Operand[], epsilon: number) {
  const [x] = operands;
  const { rows, length, band } = rowsOf(x);
  const y = memory.create(rows * length, x.dtype);
  const mean = memory.create(rows, x.dtype);
  const inverse = memory.create(rows, x.dtype);
  const args = operands.map((operand) => memory.address(operand));
  args.push(y.pointer, mean.pointer, inverse.pointer, rows, length, band, epsilon);
  memory.run(normalizationKernels, `layerNorm${suffix(x.dtype)}`, slices(rows, band), args);
  return { y, mean, inverse };
}

function layerNormGrad(memory: WasmMemory, operands: readonly Operand[]) {
  const [x] = operands;
  const { rows, length, band: usual } = rowsOf(x);
  const band = Math.max(usual, Math.ceil(rows / PARTS));
  const chunks = slices(rows, band);
  const padded = roundUp(length, 16 / BYTES[x.dtype]);
  const dx = memory.create(rows * length, x.dtype);
  const dgain = memory.create(length, x.dtype);
  const dbias = memory.create(length, x.dtype);
  memory.withBlock(chunks * 2 * padded * BYTES[x.dtype], (sums) => {
    const args = operands.map((operand) => memory.address(operand));
    args.push(dx.pointer, sums, rows, length, band, padded);
    memory.run(normalizationKernels, `layerNormGrad${suffix(x.dtype)}`, chunks, args);
    const rest = [sums, dgain.pointer, dbias.pointer, chunks, length, padded];
    memory.run(normalizationKernels, `addSums${suffix(x.dtype)}`, 1, rest);
  });
  return { dx, dgain, dbias };
}
