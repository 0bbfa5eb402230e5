import type { KernelTable } from '../../backend.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';

/** Factored attention: mixes sites with weights that do not depend on the input. */
export function positionalMixKernels(
  memory: CpuMemory,
): Pick<KernelTable, 'positionalMix' | 'positionalMixGrad'> {
  return {
    positionalMix(weights, values) {
      const [batch, sites, heads, width] = values.shape;
      const [w, v] = [valuesOf(weights), valuesOf(values)];
      const sums = new Float64Array(v.length);
      eachPair(batch, sites, heads, width, (weight, to, from) => {
        for (let c = 0; c < width; c++) sums[to + c] += w[weight] * v[from + c];
      });
      const out = zeroArray(values.dtype, v.length);
      out.set(sums);
      return memory.own(out, values.dtype);
    },
    positionalMixGrad(weights, values, g) {
      const [batch, sites, heads, width] = values.shape;
      const [w, v, gs] = [valuesOf(weights), valuesOf(values), valuesOf(g)];
      const dw = new Float64Array(w.length);
      const dv = new Float64Array(v.length);
      eachPair(batch, sites, heads, width, (weight, to, from) => {
        for (let c = 0; c < width; c++) {
          dw[weight] += gs[to + c] * v[from + c];
          dv[from + c] += gs[to + c] * w[weight];
        }
      });
      const rounded = (sums: Float64Array) => {
        const out = zeroArray(values.dtype, sums.length);
        out.set(sums);
        return memory.own(out, values.dtype);
      };
      return { dweights: rounded(dw), dvalues: rounded(dv) };
    },
  };
}

/** Calls `visit(weight index, start of out row i, start of value row j)` for every sample, head and pair of sites. */
function eachPair(
  batch: number,
  sites: number,
  heads: number,
  width: number,
  visit: (weight: number, to: number, from: number) => void,
): void {
  for (let b = 0; b < batch; b++)
    for (let h = 0; h < heads; h++)
      for (let i = 0; i < sites; i++)
        for (let j = 0; j < sites; j++)
          visit(
            (h * sites + i) * sites + j,
            ((b * sites + i) * heads + h) * width,
            ((b * sites + j) * heads + h) * width,
          );
}
