import type { KernelTable } from '../../backend.ts';
import { type CpuMemory, valuesOf, zeroArray } from './buffer.ts';

/**
 * One step of Adam with decoupled weight decay.
 * @source kingma2015adam, algorithm 1; loshchilov2019adamw, algorithm 2
 */
export function adamKernels(memory: CpuMemory): Pick<KernelTable, 'adam'> {
  return {
    adam(parameter, gradient, m, v, settings) {
      const { learningRate, beta1, beta2, epsilon, weightDecay, correction1, correction2 } = settings;
      const [ps, gs, ms, vs] = [parameter, gradient, m, v].map(valuesOf);
      const dtype = parameter.dtype;
      const [newP, newM, newV] = [0, 1, 2].map(() => zeroArray(dtype, ps.length));
      for (let i = 0; i < ps.length; i++) {
        newM[i] = beta1 * ms[i] + (1 - beta1) * gs[i];
        newV[i] = beta2 * vs[i] + (1 - beta2) * gs[i] * gs[i];
        const step = newM[i] / correction1 / (Math.sqrt(newV[i] / correction2) + epsilon);
        newP[i] = ps[i] - learningRate * (step + weightDecay * ps[i]);
      }
      const own = (values: typeof newP) => memory.own(values, dtype);
      return { parameter: own(newP), m: own(newM), v: own(newV) };
    },
  };
}
