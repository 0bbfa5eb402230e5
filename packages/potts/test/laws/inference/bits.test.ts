import { decodeCheckpoint, encodeCheckpoint, type PlainData } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { afterEach, describe, expect, it } from 'vitest';
import { inferCouplings } from '../../../src/inference/infer-couplings.ts';
import type { InferenceMethod, InferenceState } from '../../../src/inference/inference-options.ts';
import { allTicks, lastTick, randomData } from '../../support/random-data.ts';

const data = randomData(150, 21, 6, { seed: 3, missing: 0.1, weighted: true });
const host = globalThis as { crossOriginIsolated?: boolean };

afterEach(() => {
  delete host.crossOriginIsolated;
});

describe.each(['mean-field', 'gaussian'] as const)('%s', (method) => {
  it('gives the same bits with any number of threads', async () => {
    const [one, three] = [1, 3].map((threads) => new WasmRuntime({ threads }));
    const first = await lastTick(inferCouplings(data, { method, runtime: one }));
    const second = await lastTick(inferCouplings(data, { method, runtime: three }));
    three.stop();
    expect(second.model).toEqual(first.model);
    expect(second.metrics).toEqual(first.metrics);
  });
});

for (const method of ['plm', 'plm-asymmetric'] satisfies InferenceMethod[])
  describe(method, () => {
    const options = { method, couplingPenalty: 0.5, maximumSteps: 12 } as const;
    const run = (runtime: WasmRuntime) => lastTick(inferCouplings(data, { ...options, runtime }));

    it('gives the same bits with any number of threads, and without shared memory', async () => {
      const one = await run(new WasmRuntime({ threads: 1 }));
      const three = await run(new WasmRuntime({ threads: 3 }));
      host.crossOriginIsolated = false;
      const unshared = new WasmRuntime({ threads: 3 });
      expect(unshared.shared).toBe(false);
      const alone = await run(unshared);
      for (const other of [three, alone]) {
        expect(other.metrics).toEqual(one.metrics);
        expect(other.model).toEqual(one.model);
      }
    });

    it('goes on bit for bit from a saved state', async () => {
      const runtime = new WasmRuntime({ threads: 1 });
      const saved: Uint8Array[] = [];
      const ticks = [];
      for await (const tick of inferCouplings(data, { ...options, runtime })) {
        ticks.push(tick);
        if (saved.length < 6) saved.push(encodeCheckpoint(tick.state as PlainData));
      }
      for (const bytes of [saved[0], saved[5]]) {
        const resume = decodeCheckpoint(bytes) as InferenceState;
        const rest = await allTicks(inferCouplings(data, { ...options, runtime, resume }));
        expect(rest.at(-1)?.model).toEqual(ticks.at(-1)?.model);
        expect(rest.at(-1)?.metrics.objective).toBe(ticks.at(-1)?.metrics.objective);
        expect(rest.at(-1)?.status).toBe(ticks.at(-1)?.status);
      }
    });

    it('does not depend on the order of the sequences', async () => {
      const runtime = new WasmRuntime({ threads: 1 });
      const { samples, sites, values, weights } = data;
      const order = Array.from({ length: samples }, (_, s) => (s * 7) % samples);
      const shuffled = {
        ...data,
        values: Int32Array.from(
          order.flatMap((s) => Array.from(values.subarray(s * sites, (s + 1) * sites))),
        ),
        weights: Float64Array.from(order, (s) => weights![s]),
      };
      const other = await lastTick(inferCouplings(shuffled, { ...options, runtime }));
      expect(other.model).toEqual((await run(runtime)).model);
    });

    it('gives its memory back, also when it is left early', async () => {
      const runtime = new WasmRuntime({ threads: 1 });
      await run(runtime);
      const after = runtime.bytesInUse;
      for await (const tick of inferCouplings(data, { ...options, runtime })) if (tick.step >= 2) break;
      expect(runtime.bytesInUse).toBe(after);
    });
  });
