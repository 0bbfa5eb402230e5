import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { inferCouplings } from '../../../src/inference/infer-couplings.ts';
import { pseudolikelihood } from '../../../src/inference/pseudolikelihood.ts';
import { lastTick, randomData } from '../../support/random-data.ts';

/** Rows are float32 sums of a few tens of terms; the objective sums them in float64. */
const OBJECTIVE_ACCURACY = 1e-6;
/** The gradient at the minimum, relative to the gradient of the model without couplings: float32 noise. */
const GRADIENT_ACCURACY = 2e-3;

const penalties = { fieldPenalty: 0.3, couplingPenalty: 1.5 };
const norm = (values: Float64Array | undefined) =>
  Math.sqrt(values?.reduce((sum, value) => sum + value * value, 0) ?? Number.NaN);

/** One number of vectors per row after another, up to the path of wide rows, each exactly full or padded. */
const STATES = [2, 3, 4, 5, 8, 9, 13, 17, 20, 21, 24, 26, 31, 32, 33, 40, 65];

for (const relaxed of [true, false])
  describe(`symmetric kernel against plain float64${relaxed ? '' : ', without fused multiply-add'}`, () => {
    const runtime = new WasmRuntime({ threads: 1, relaxed });
    for (const states of STATES)
      it(`${states} states`, async () => {
        const data = randomData(90, 8, states, { seed: states, missing: 0.1, weighted: true });
        const ticks = inferCouplings(data, { ...penalties, tolerance: 1e-9, runtime });
        const { metrics, model } = await lastTick(ticks);
        const exact = pseudolikelihood(model!, data, penalties, { gradient: true });
        expect(Math.abs(metrics.objective / exact.objective - 1)).toBeLessThan(OBJECTIVE_ACCURACY);
        const start = { ...model!, couplings: new Float64Array(model!.couplings.length) };
        const first = pseudolikelihood(start, data, penalties, { gradient: true });
        const rest = norm(exact.couplingGradient) + norm(exact.fieldGradient);
        expect(rest).toBeLessThan(GRADIENT_ACCURACY * norm(first.couplingGradient));
      });
  });

describe('long alignments', () => {
  const runtime = new WasmRuntime({ threads: 2 });
  for (const [samples, sites, states] of [
    [3000, 9, 21],
    [2500, 7, 60],
    [5, 40, 3],
    [1, 2, 2],
  ])
    it(`${samples} sequences, ${sites} sites, ${states} states`, async () => {
      const data = randomData(samples, sites, states, { missing: 0.05, weighted: true });
      const { metrics, model } = await lastTick(
        inferCouplings(data, { ...penalties, maximumSteps: 4, runtime }),
      );
      const exact = pseudolikelihood(model!, data, penalties).objective;
      expect(Math.abs(metrics.objective / exact - 1)).toBeLessThan(OBJECTIVE_ACCURACY);
    });
});
