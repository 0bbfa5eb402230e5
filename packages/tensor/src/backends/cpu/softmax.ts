import type { BufferHandle, KernelTable, Operand, TypedArray } from '../../backend.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';

type Kernels = Pick<
  KernelTable,
  'softmax' | 'softmaxGrad' | 'logSoftmax' | 'logSoftmaxGrad' | 'crossEntropy' | 'crossEntropyGrad'
>;

/** log Σ_c exp(x_c) over `width` entries from `start` on. */
export function logSumExpAt(x: TypedArray, start: number, width: number): number {
  let top = -Infinity;
  for (let c = 0; c < width; c++) top = Math.max(top, x[start + c]);
  if (top === -Infinity) return top;
  let sum = 0;
  for (let c = 0; c < width; c++) sum += Math.exp(x[start + c] - top);
  return top + Math.log(sum);
}

/** Calls `row(start, width, r)` for each row over the last axis. */
function eachRow(x: Operand, row: (start: number, width: number, r: number) => void): void {
  const width = x.shape[x.shape.length - 1];
  const total = valuesOf(x).length;
  for (let r = 0; r * width < total; r++) row(r * width, width, r);
}

type FillRow = (out: TypedArray, start: number, width: number, r: number) => void;

/** A new buffer like x, filled row by row. */
function fillRows(memory: CpuMemory, x: Operand, fill: FillRow): BufferHandle {
  const out = zeroArray(x.dtype, valuesOf(x).length);
  eachRow(x, (start, width, r) => fill(out, start, width, r));
  return memory.own(out, x.dtype);
}

/** Everything that normalises over the last axis. */
export function softmaxKernels(memory: CpuMemory): Kernels {
  return { ...plainKernels(memory), ...crossEntropyKernels(memory) };
}

function plainKernels(memory: CpuMemory): Omit<Kernels, 'crossEntropy' | 'crossEntropyGrad'> {
  const rowwise = (x: Operand, fill: FillRow) => fillRows(memory, x, fill);
  const dot = (y: TypedArray, g: TypedArray, start: number, width: number) => {
    let sum = 0;
    for (let c = start; c < start + width; c++) sum += y[c] * g[c];
    return sum;
  };
  return {
    softmax: (x) =>
      rowwise(x, (out, start, width) => {
        const from = valuesOf(x);
        const norm = logSumExpAt(from, start, width);
        for (let c = start; c < start + width; c++) out[c] = Math.exp(from[c] - norm);
      }),
    softmaxGrad: (y, g) =>
      rowwise(y, (out, start, width) => {
        const [ys, gs] = [valuesOf(y), valuesOf(g)];
        const mean = dot(ys, gs, start, width);
        for (let c = start; c < start + width; c++) out[c] = ys[c] * (gs[c] - mean);
      }),
    logSoftmax: (x) =>
      rowwise(x, (out, start, width) => {
        const from = valuesOf(x);
        const norm = logSumExpAt(from, start, width);
        for (let c = start; c < start + width; c++) out[c] = from[c] - norm;
      }),
    logSoftmaxGrad: (y, g) =>
      rowwise(y, (out, start, width) => {
        const [ys, gs] = [valuesOf(y), valuesOf(g)];
        let sum = 0;
        for (let c = start; c < start + width; c++) sum += gs[c];
        for (let c = start; c < start + width; c++) out[c] = gs[c] - Math.exp(ys[c]) * sum;
      }),
  };
}

function crossEntropyKernels(memory: CpuMemory): Pick<Kernels, 'crossEntropy' | 'crossEntropyGrad'> {
  return {
    crossEntropy(x, targets) {
      const [from, at] = [valuesOf(x), valuesOf(targets)];
      const width = x.shape[1];
      const out = zeroArray(x.dtype, at.length);
      for (let r = 0; r < at.length; r++)
        if (at[r] >= 0) out[r] = logSumExpAt(from, r * width, width) - from[r * width + at[r]];
      return memory.own(out, x.dtype);
    },
    crossEntropyGrad: (x, targets, g) =>
      fillRows(memory, x, (out, start, width, r) => {
        const [from, at, gs] = [valuesOf(x), valuesOf(targets), valuesOf(g)];
        if (at[r] < 0) return;
        const norm = logSumExpAt(from, start, width);
        for (let c = 0; c < width; c++)
          out[start + c] = gs[r] * (Math.exp(from[start + c] - norm) - (c === at[r] ? 1 : 0));
      }),
  };
}
