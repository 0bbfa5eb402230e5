import type { KernelTable, TypedArray } from '../../backend.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';
import { logSumExpAt } from './softmax.ts';

type Sizes = readonly [batch: number, sites: number, heads: number, width: number];

/** Start of row (b, i, h) in a [batch, sites, heads, width] array. */
function rowOf([, sites, heads, width]: Sizes, b: number, i: number, h: number): number {
  return ((b * sites + i) * heads + h) * width;
}

function dot(a: TypedArray, atA: number, b: TypedArray, atB: number, width: number): number {
  let sum = 0;
  for (let c = 0; c < width; c++) sum += a[atA + c] * b[atB + c];
  return sum;
}

/** Calls `visit(b, h, i)` for every query row, in the order of the probabilities' rows. */
function eachQuery(
  [batch, sites, heads]: Sizes,
  visit: (b: number, h: number, i: number, row: number) => void,
): void {
  let row = 0;
  for (let b = 0; b < batch; b++)
    for (let h = 0; h < heads; h++) for (let i = 0; i < sites; i++) visit(b, h, i, sites * row++);
}

/** Scaled dot-product attention and its adjoint. */
export function attentionKernels(memory: CpuMemory): Pick<KernelTable, 'attention' | 'attentionGrad'> {
  return { ...forwardKernel(memory), ...adjointKernel(memory) };
}

function forwardKernel(memory: CpuMemory): Pick<KernelTable, 'attention'> {
  return {
    attention(q, k, v, mask, scale) {
      const sizes = q.shape as unknown as Sizes;
      const [batch, sites, heads, width] = sizes;
      const [qs, ks, vs] = [valuesOf(q), valuesOf(k), valuesOf(v)];
      const added = mask && valuesOf(mask);
      const out = zeroArray(q.dtype, qs.length);
      const probabilities = zeroArray(q.dtype, batch * heads * sites * sites);
      const scores = new Float64Array(sites);
      eachQuery(sizes, (b, h, i, row) => {
        const to = rowOf(sizes, b, i, h);
        for (let j = 0; j < sites; j++)
          scores[j] =
            scale * dot(qs, to, ks, rowOf(sizes, b, j, h), width) + (added ? added[i * sites + j] : 0);
        const norm = logSumExpAt(scores, 0, sites);
        for (let j = 0; j < sites; j++) scores[j] = Math.exp(scores[j] - norm);
        probabilities.set(scores, row);
        for (let c = 0; c < width; c++) {
          let sum = 0;
          for (let j = 0; j < sites; j++) sum += scores[j] * vs[rowOf(sizes, b, j, h) + c];
          out[to + c] = sum;
        }
      });
      return { out: memory.own(out, q.dtype), probabilities: memory.own(probabilities, q.dtype) };
    },
  };
}

function adjointKernel(memory: CpuMemory): Pick<KernelTable, 'attentionGrad'> {
  return {
    attentionGrad(q, k, v, probabilities, g, scale) {
      const sizes = q.shape as unknown as Sizes;
      const [, sites, , width] = sizes;
      const [qs, ks, vs, ps, gs] = [q, k, v, probabilities, g].map(valuesOf);
      const [dq, dk, dv] = [0, 1, 2].map(() => new Float64Array(qs.length));
      const dscores = new Float64Array(sites);
      eachQuery(sizes, (b, h, i, row) => {
        const to = rowOf(sizes, b, i, h);
        let mean = 0;
        for (let j = 0; j < sites; j++) {
          dscores[j] = dot(gs, to, vs, rowOf(sizes, b, j, h), width);
          mean += ps[row + j] * dscores[j];
        }
        for (let j = 0; j < sites; j++) {
          const from = rowOf(sizes, b, j, h);
          const dscore = scale * ps[row + j] * (dscores[j] - mean);
          for (let c = 0; c < width; c++) {
            dq[to + c] += dscore * ks[from + c];
            dk[from + c] += dscore * qs[to + c];
            dv[from + c] += ps[row + j] * gs[to + c];
          }
        }
      });
      const rounded = (sums: Float64Array) => {
        const out = zeroArray(q.dtype, sums.length);
        out.set(sums);
        return memory.own(out, q.dtype);
      };
      return { dq: rounded(dq), dk: rounded(dk), dv: rounded(dv) };
    },
  };
}
