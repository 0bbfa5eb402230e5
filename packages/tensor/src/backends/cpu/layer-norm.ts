import type { KernelTable } from '../../backend.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';

/** Layer normalisation over the last axis and its adjoint. */
export function layerNormKernels(memory: CpuMemory): Pick<KernelTable, 'layerNorm' | 'layerNormGrad'> {
  return { ...forwardKernel(memory), ...adjointKernel(memory) };
}

function forwardKernel(memory: CpuMemory): Pick<KernelTable, 'layerNorm'> {
  return {
    layerNorm(x, gain, bias, epsilon) {
      const [from, gains, shifts] = [valuesOf(x), valuesOf(gain), valuesOf(bias)];
      const width = gains.length;
      const rows = width === 0 ? 0 : from.length / width;
      const y = zeroArray(x.dtype, from.length);
      const means = zeroArray(x.dtype, rows);
      const inverses = zeroArray(x.dtype, rows);
      for (let r = 0; r < rows; r++) {
        const row = from.subarray(r * width, (r + 1) * width);
        let mean = 0;
        for (let c = 0; c < width; c++) mean += row[c] / width;
        let variance = 0;
        for (let c = 0; c < width; c++) variance += (row[c] - mean) ** 2 / width;
        const inverse = 1 / Math.sqrt(variance + epsilon);
        for (let c = 0; c < width; c++) y[r * width + c] = (row[c] - mean) * inverse * gains[c] + shifts[c];
        means[r] = mean;
        inverses[r] = inverse;
      }
      const own = (values: typeof y) => memory.own(values, x.dtype);
      return { y: own(y), mean: own(means), inverse: own(inverses) };
    },
  };
}

function adjointKernel(memory: CpuMemory): Pick<KernelTable, 'layerNormGrad'> {
  return {
    layerNormGrad(x, gain, mean, inverse, g) {
      const [from, gains, means, inverses, gs] = [x, gain, mean, inverse, g].map(valuesOf);
      const width = gains.length;
      const dx = zeroArray(x.dtype, from.length);
      const dgain = new Float64Array(width);
      const dbias = new Float64Array(width);
      for (let r = 0; r < means.length; r++) {
        const at = r * width;
        const unit = (c: number) => (from[at + c] - means[r]) * inverses[r];
        let sum = 0;
        let dot = 0;
        for (let c = 0; c < width; c++) {
          const weighted = gs[at + c] * gains[c];
          sum += weighted / width;
          dot += (weighted * unit(c)) / width;
          dgain[c] += gs[at + c] * unit(c);
          dbias[c] += gs[at + c];
        }
        for (let c = 0; c < width; c++)
          dx[at + c] = inverses[r] * (gs[at + c] * gains[c] - sum - unit(c) * dot);
      }
      const rounded = (sums: Float64Array) => {
        const out = zeroArray(x.dtype, width);
        out.set(sums);
        return memory.own(out, x.dtype);
      };
      return { dx: memory.own(dx, x.dtype), dgain: rounded(dgain), dbias: rounded(dbias) };
    },
  };
}
