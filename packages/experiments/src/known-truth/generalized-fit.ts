import {
  type Configurations,
  type LbfgsState,
  minimizeTicks,
  type PlainData,
  type Rng,
} from '@spinformer/numerics';
import type { PhaseTick } from '../shared/phases.ts';
import type { GeneralizedFit } from './known-truth-products.ts';

export async function* fitGeneralized(
  data: Configurations,
  options: { rng: Rng; maximumSteps: number; resume?: PlainData },
): AsyncGenerator<PhaseTick, GeneralizedFit> {
  const { samples, sites: L, states: C, values } = data;
  const objective = (x: Float64Array, g: Float64Array) => {
    g.fill(0);
    const J = x.subarray(0, L * L);
    const U = x.subarray(L * L);
    const dJ = g.subarray(0, L * L);
    const dU = g.subarray(L * L);
    const m = new Float64Array(C);
    const z = new Float64Array(C);
    const u = new Float64Array(C);
    let total = 0;
    const scale = 1 / (samples * L);
    for (let s = 0; s < samples; s++) {
      const row = s * L;
      for (let i = 0; i < L; i++) {
        m.fill(0);
        for (let j = 0; j < L; j++) if (j !== i) m[values[row + j]] += J[i * L + j];
        let top = Number.NEGATIVE_INFINITY;
        for (let a = 0; a < C; a++) {
          let t = 0;
          for (let c = 0; c < C; c++) t += U[a * C + c] * m[c];
          z[a] = t;
          if (t > top) top = t;
        }
        let sum = 0;
        for (let a = 0; a < C; a++) sum += Math.exp(z[a] - top);
        const lse = top + Math.log(sum);
        total += lse - z[values[row + i]];
        u.fill(0);
        for (let a = 0; a < C; a++) {
          const e = scale * (Math.exp(z[a] - lse) - (values[row + i] === a ? 1 : 0));
          for (let c = 0; c < C; c++) {
            dU[a * C + c] += e * m[c];
            u[c] += e * U[a * C + c];
          }
        }
        for (let j = 0; j < L; j++) if (j !== i) dJ[i * L + j] += u[values[row + j]];
      }
    }
    return total * scale;
  };
  const start = new Float64Array(L * L + C * C);
  for (let k = 0; k < L * L; k++) start[k] = k % (L + 1) === 0 ? 0 : options.rng.normal() / Math.sqrt(L);
  for (let k = 0; k < C * C; k++) start[L * L + k] = options.rng.normal() / Math.sqrt(C);
  let last: { state: LbfgsState; status: string; remedy?: string } | undefined;
  for await (const tick of minimizeTicks(objective, start, {
    history: 20,
    gradientTolerance: 1e-8,
    maxIterations: options.maximumSteps,
    ...(options.resume !== undefined && { resume: options.resume as unknown as LbfgsState }),
  })) {
    last = tick;
    yield {
      fraction: tick.step / (tick.step + 50),
      state: tick.state as unknown as PlainData,
      metrics: { loss: tick.metrics.value },
    };
  }
  const { point } = last!.state;
  return {
    siteCouplings: point.slice(0, L * L),
    colourCouplings: point.slice(L * L),
    status: last!.status,
    remedy: last!.remedy ?? '',
  };
}
