import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { type BoltzmannOptions, boltzmannMemory, inferBoltzmann } from '../../../src/index.ts';
import { randomModel } from '../../support/random-models.ts';

const data = { samples: 2, sites: 2, states: 3, values: Int32Array.of(0, 1, 2, -1) };
const first = (options: Partial<BoltzmannOptions>, given: Parameters<typeof inferBoltzmann>[0] = data) =>
  inferBoltzmann(given, { rng: seededRng(1), chains: 4, ...options }).next();

describe('inferBoltzmann', () => {
  it('names what is wrong and what to do', async () => {
    await expect(first({ chains: 1 })).rejects.toThrow('chains must be a whole number of at least 2, got 1');
    await expect(first({ rule: 'newton' as 'adam' })).rejects.toThrow(
      "rule must be 'natural', 'adam' or 'gradient'",
    );
    await expect(first({ learningRate: 0 })).rejects.toThrow('learningRate must be a positive number, got 0');
    await expect(first({ couplingPenalty: -1 })).rejects.toThrow('couplingPenalty must be a finite number');
    await expect(first({ pseudocount: 2 })).rejects.toThrow('pseudocount is a share');
    await expect(first({ targetPearson: 95 })).rejects.toThrow('targetPearson is a correlation of at most 1');
    await expect(first({ start: randomModel(3, 3) })).rejects.toThrow(
      'start has 3 sites of 3 states, the data 2 of 3',
    );
    await expect(first({ startChains: new Int32Array(3) })).rejects.toThrow(
      'startChains must hold 4 × 2 states',
    );
    await expect(first({ startChains: new Int32Array(8).fill(3) })).rejects.toThrow('startChains[0, 0] is 3');
    await expect(first({ pairs: [[0, 2]] })).rejects.toThrow(
      'pairs must name two different sites of 0…1, got [0, 2]',
    );
    await expect(first({}, { ...data, weights: new Float64Array(2) })).rejects.toThrow(
      'weights of the sequences sum to 0',
    );
  });

  it('says before it starts that memory does not suffice', async () => {
    const runtime = new WasmRuntime({ threads: 1, maximumBytes: 2 ** 20 });
    const values = new Int32Array(100);
    await expect(first({ runtime }, { samples: 1, sites: 100, states: 21, values })).rejects.toThrow(
      /100 sites of 21 states with 4 chains need about 0\.\d\d GiB/,
    );
    expect(runtime.bytesInUse).toBe(0);
  });

  it('takes no more memory than it says', async () => {
    for (const [sites, states, chains, rule] of [
      [30, 21, 3000, 'natural'],
      [12, 5, 20_000, 'adam'],
      [3, 2, 8, 'gradient'],
    ] as const) {
      const runtime = new WasmRuntime({ threads: 1 });
      const given = { samples: 1, sites, states, values: new Int32Array(sites) };
      const ticks = inferBoltzmann(given, { rng: seededRng(1), chains, rule, runtime });
      await ticks.next();
      await ticks.next();
      expect(runtime.bytesInUse).toBeLessThanOrEqual(boltzmannMemory(sites, states, { chains, rule }));
      await ticks.return(undefined);
    }
  });

  it('refuses a state of other chains, and reads states only in time', async () => {
    const ticks = inferBoltzmann(data, { rng: seededRng(1), chains: 4 });
    const early = (await ticks.next()).value;
    const { state } = (await ticks.next()).value;
    expect(() => early.state).toThrow('read the state of a tick before asking for the next one');
    await ticks.return(undefined);
    await expect(first({ chains: 5, resume: state })).rejects.toThrow('not of 5 chains of 2 sites');
  });
});
