import { pearson, seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { BoltzmannMemory } from '../../../src/boltzmann/boltzmann-memory.ts';
import { type LearningRule, resolveBoltzmannOptions } from '../../../src/boltzmann/boltzmann-options.ts';
import { dataFrequencies } from '../../../src/boltzmann/data-frequencies.ts';
import { profileChains } from '../../../src/boltzmann/start-chains.ts';
import { chainKeys } from '../../../src/sampling/chain-keys.ts';
import { SweepMemory } from '../../../src/sampling/sweep-memory.ts';
import { connectedCorrelations, twoSiteFrequencies } from '../../../src/statistics/two-point.ts';
import { randomModel } from '../../support/random-models.ts';

/** Frequencies and steps are float32. */
const DIGITS = 6;

const runtime = new WasmRuntime({ threads: 2 });
afterAll(() => runtime.stop());

const [SITES, STATES, CHAINS] = [6, 5, 203];
const rng = seededRng(4);
const values = new Int32Array(150 * SITES).map(() => rng.integer(STATES));
const data = { samples: 150, sites: SITES, states: STATES, values, weights: new Float64Array(150).fill(0.5) };

function setUp(rule: LearningRule, options = {}) {
  const resolved = resolveBoltzmannOptions(data, 75, { rng: seededRng(2), chains: CHAINS, rule, ...options });
  const frequencies = dataFrequencies(data, resolved.pseudocount);
  const keys = chainKeys(seededRng(2), CHAINS);
  const memory = new BoltzmannMemory(runtime, frequencies, resolved, keys);
  const states = profileChains(frequencies, keys);
  memory.chains.write(states);
  return { memory, frequencies, keys, states, resolved };
}

const model = randomModel(SITES, STATES, { seed: 6 });
const pairsOf = (full: ArrayLike<number>): number[] => {
  const out: number[] = [];
  for (let i = 0; i < SITES; i++)
    for (let j = i + 1; j < SITES; j++)
      for (let k = 0; k < STATES ** 2; k++) out.push(full[(i * SITES + j) * STATES ** 2 + k]);
  return out;
};

describe('frequencies over the chains', () => {
  it('are those of plain counting, and so is their comparison with the data', () => {
    const { memory, frequencies, states } = setUp('natural');
    memory.start(model);
    const found = memory.measure(states);
    const chains = { samples: CHAINS, sites: SITES, states: STATES, values: states };
    expect(pairsOf(memory.chainPairs)).toEqual(
      pairsOf(twoSiteFrequencies(chains)).map((f) => expect.closeTo(f, DIGITS)),
    );
    const { singles, pairs } = frequencies;
    const dataCorrelations = new Float64Array((SITES * STATES) ** 2).map((_, k) => {
      const [ij, ab] = [Math.floor(k / STATES ** 2), k % STATES ** 2];
      const [i, j] = [Math.floor(ij / SITES), ij % SITES];
      return pairs[k] - singles[i * STATES + Math.floor(ab / STATES)] * singles[j * STATES + (ab % STATES)];
    });
    const x = pairsOf(dataCorrelations);
    const y = pairsOf(connectedCorrelations(chains));
    expect(found.pearson).toBeCloseTo(pearson(Float64Array.from(x), Float64Array.from(y)), 5);
    const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const covariance = mean(x.map((value, k) => value * y[k])) - mean(x) * mean(y);
    expect(found.slope).toBeCloseTo(covariance / (mean(x.map((v) => v * v)) - mean(x) ** 2), 4);
    const gaps = pairsOf(pairs).map((f, k) => (f - pairsOf(memory.chainPairs)[k]) ** 2);
    expect(found.gap).toBeCloseTo(
      gaps.reduce((sum, gap) => sum + gap, 0),
      DIGITS,
    );
    memory.free();
  });
});

describe('a step', () => {
  it('gradient: adds rate · (data − chains − 2 λ J)', () => {
    const { memory, frequencies, states } = setUp('gradient', { couplingPenalty: 0.1, fieldPenalty: 0.2 });
    memory.start(model);
    memory.measure(states);
    memory.update(1, 1);
    const chains = pairsOf(memory.chainPairs);
    const target = pairsOf(frequencies.pairs);
    const expected = pairsOf(model.couplings).map((J, k) => J + 0.01 * (target[k] - chains[k] - 0.2 * J));
    expect(pairsOf(memory.model().couplings)).toEqual(expected.map((J) => expect.closeTo(J, DIGITS)));
    const singles = memory.chainSingles;
    const fields = model.fields.map((h, k) => h + 0.01 * (frequencies.singles[k] - singles[k] - 0.4 * h));
    expect(Array.from(memory.model().fields)).toEqual(Array.from(fields, (h) => expect.closeTo(h, DIGITS)));
    memory.free();
  });

  it('adam: the first step goes by the rate in every direction', () => {
    const { memory, frequencies, states } = setUp('adam');
    memory.start(model);
    memory.measure(states);
    memory.update(1, 1);
    const chains = pairsOf(memory.chainPairs);
    const signs = pairsOf(frequencies.pairs).map((f, k) => Math.sign(f - chains[k]));
    const expected = pairsOf(model.couplings).map((J, k) => J + 0.01 * signs[k]);
    expect(pairsOf(memory.model().couplings)).toEqual(expected.map((J) => expect.closeTo(J, 4)));
    memory.free();
  });

  it('natural: centred gradient over f_i f_j + damping; fields make up for the centring', () => {
    const { memory, frequencies, states } = setUp('natural', { damping: 0.01 });
    memory.start(model);
    memory.measure(states);
    memory.update(1, 0.5);
    const { singles: f, pairs } = frequencies;
    const p = memory.chainSingles;
    const chains = memory.chainPairs;
    const fields = model.fields.map((h, k) => h + (4 * 0.05 * (f[k] - p[k])) / (f[k] + 0.1));
    const couplings = Float64Array.from(model.couplings);
    for (let i = 0; i < SITES; i++)
      for (let j = 0; j < SITES; j++)
        for (let k = 0; k < STATES ** 2 && i !== j; k++) {
          const [a, b] = [i * STATES + Math.floor(k / STATES), j * STATES + (k % STATES)];
          const at = (i * SITES + j) * STATES ** 2 + k;
          const centred = pairs[at] - chains[at] - f[a] * (f[b] - p[b]) - (f[a] - p[a]) * f[b];
          const step = (0.05 * centred) / (f[a] * f[b] + 0.01);
          couplings[at] += step;
          fields[a] -= step * f[b];
        }
    const moved = memory.model();
    expect(pairsOf(moved.couplings)).toEqual(pairsOf(couplings).map((J) => expect.closeTo(J, DIGITS)));
    expect(Array.from(moved.fields)).toEqual(Array.from(fields, (h) => expect.closeTo(h, DIGITS)));
    memory.free();
  });

  it('reaches the chains: they go on as those of a sampler that is given the model', () => {
    const { memory, keys, states } = setUp('natural');
    memory.start(model);
    memory.measure(states);
    memory.update(1, 1);
    memory.chains.sweep('heat-bath', 0, 3);
    const fresh = new SweepMemory(runtime, memory.model(), 1, keys);
    fresh.write(states);
    fresh.sweep('heat-bath', 0, 3);
    expect(memory.chains.read()).toEqual(fresh.read());
    fresh.free();
    memory.free();
  });
});

describe('the gradient norm', () => {
  it('holds the penalties, and only pairs that are free', () => {
    const { memory, frequencies, states } = setUp('gradient', { couplingPenalty: 0.1, pairs: [[1, 4]] });
    memory.start(model);
    const { gap } = memory.measure(states);
    const block = STATES ** 2;
    const from = (1 * SITES + 4) * block;
    let expected = 0;
    for (let k = from; k < from + block; k++)
      expected += (frequencies.pairs[k] - memory.chainPairs[k] - 0.2 * model.couplings[k]) ** 2;
    expect(gap).toBeCloseTo(expected, DIGITS);
    memory.free();
  });
});
