import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { fitSetA } from '../support/set-a.ts';

const SAMPLES = 1000;
const INSTANCES = [1, 2, 3, 4];
/** Relative errors measured once by an independent numpy program on an instance of its own. */
const MEASURED = { known: 0.0295, learned: 0.0352 };
/** Errors of single instances scatter by 15 %, the mean of four by 8 %. */
const RELATIVE_ERROR_MARGIN = 0.1;
/** k/2P is asymptotic; the mean excess of four instances with 380 parameters each scatters by 4 %. */
const EXCESS_MARGIN = 0.2;

describe('Set A: pseudo-likelihood of a generalised Potts model with 1000 samples', () => {
  const runtime = new WasmRuntime({ threads: 1 });
  for (const colours of ['known', 'learned'] as const)
    it(`${colours} colours: errors as measured, excess loss k/2P`, async () => {
      const fits: Awaited<ReturnType<typeof fitSetA>>[] = [];
      for (const instance of INSTANCES)
        fits.push(await fitSetA(instance, SAMPLES, colours, { tests: 1000, runtime }));
      const mean = (pick: (fit: (typeof fits)[number]) => number) =>
        fits.reduce((sum, fit) => sum + pick(fit) / fits.length, 0);
      const error = mean((fit) => fit.relativeError);
      expect(Math.abs(error / MEASURED[colours] - 1)).toBeLessThan(RELATIVE_ERROR_MARGIN);
      const ratio = mean((fit) => fit.excess / fit.expectedExcess);
      expect(Math.abs(ratio - 1)).toBeLessThan(EXCESS_MARGIN);
    });
});
