import {
  decodeCheckpoint,
  encodeCheckpoint,
  minimize,
  type PlainData,
  seededRng,
} from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { autoregressiveEffects } from '../../../src/autoregressive/autoregressive-effects.ts';
import {
  decodeAutoregressive,
  encodeAutoregressive,
} from '../../../src/autoregressive/autoregressive-file.ts';
import { type AutoregressiveModel, blockStart } from '../../../src/autoregressive/autoregressive-model.ts';
import type {
  AutoregressiveState,
  AutoregressiveTick,
} from '../../../src/autoregressive/autoregressive-options.ts';
import { drawAutoregressive } from '../../../src/autoregressive/draw-autoregressive.ts';
import { epistaticCouplings } from '../../../src/autoregressive/epistatic-couplings.ts';
import { inferAutoregressive } from '../../../src/autoregressive/infer-autoregressive.ts';
import { logProbabilities } from '../../../src/autoregressive/log-probabilities.ts';
import { siteOrder } from '../../../src/autoregressive/site-order.ts';
import { toZeroSumGauge } from '../../../src/gauge.ts';
import { allConfigurations, largestDifference } from '../../helpers/random-models.ts';
import { chiSquareTest } from '../../support/chi-square.ts';
import { allTicks, lastTick, randomData } from '../../support/random-data.ts';

/** Parameters near a minimum that float32 rows resolve to about √ε · scale. */
const PARAMETERS = 2e-3;
const OBJECTIVE = 1e-6;
/** Sums of probabilities in float64. */
const DOUBLE = 1e-12;
const P_VALUE = 1e-4;

const runtime = new WasmRuntime({ threads: 1 });

function randomAutoregressive(
  sites: number,
  states: number,
  seed: number,
  order?: number[],
): AutoregressiveModel {
  const rng = seededRng(seed);
  const normal = (length: number) => Float64Array.from({ length }, () => rng.normal());
  return {
    sites,
    states,
    order: Int32Array.from(order ?? Array.from({ length: sites }, (_, t) => (t * 2 + 1) % sites)),
    fields: normal(sites * states),
    couplings: normal(blockStart(sites, 0, states)),
  };
}

describe('an autoregressive model', () => {
  const model = randomAutoregressive(5, 3, 4);
  const all = allConfigurations(5, 3);
  const logs = logProbabilities(model, all);

  it('is normalised', () => {
    expect(Math.abs(logs.reduce((sum, log) => sum + Math.exp(log), 0) - 1)).toBeLessThan(DOUBLE);
  });

  it('draws what it says, with the probabilities that it says', () => {
    const samples = 20_000;
    const draws = drawAutoregressive(model, { samples, rng: seededRng(11) });
    expect(largestDifference(draws.logProbabilities, logProbabilities(model, draws.values))).toBeLessThan(
      DOUBLE,
    );
    const counts = new Float64Array(243);
    for (let s = 0; s < samples; s++) {
      let index = 0;
      for (let i = 0; i < 5; i++) index = 3 * index + draws.values[s * 5 + i];
      counts[index]++;
    }
    expect(chiSquareTest(counts, logs.map(Math.exp))).toBeGreaterThan(P_VALUE);
    const twin = logProbabilities(randomAutoregressive(5, 3, 5), all).map(Math.exp);
    expect(chiSquareTest(counts, twin)).toBeLessThan(P_VALUE);
  });

  it('draws the first of many as it draws few', () => {
    const few = drawAutoregressive(model, { samples: 7, rng: seededRng(3) });
    const many = drawAutoregressive(model, { samples: 50, rng: seededRng(3) });
    expect(many.values.subarray(0, 35)).toEqual(few.values);
  });

  it('scores mutations by exact log-odds', () => {
    const wildType = [2, 0, 1, 1, 0];
    const effects = autoregressiveEffects(model, wildType);
    const index = (sequence: number[]) => sequence.reduce((sum, state) => 3 * sum + state, 0);
    for (let i = 0; i < 5; i++)
      for (let a = 0; a < 3; a++) {
        const mutant = wildType.with(i, a);
        expect(effects[i * 3 + a]).toBeCloseTo(logs[index(mutant)] - logs[index(wildType)], 12);
      }
  });

  it('couples sites by the epistasis of two mutations', () => {
    const references = [2, 0, 1, 1, 0, 0, 2, 2, 1, 0];
    const found = epistaticCouplings(model, references);
    const index = (sequence: number[]) => sequence.reduce((sum, state) => 3 * sum + state, 0);
    const couplings = new Float64Array(225);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++)
        for (let a = 0; a < 3; a++)
          for (let b = 0; b < 3; b++) {
            if (i === j) continue;
            for (const start of [0, 5]) {
              const x = references.slice(start, start + 5);
              const log = (...mutations: [number, number][]) =>
                logs[index(mutations.reduce((sequence, [site, state]) => sequence.with(site, state), x))];
              couplings[((i * 5 + j) * 3 + a) * 3 + b] +=
                (log([i, a], [j, b]) - log([i, a]) - log([j, b]) + log()) / 2;
            }
          }
    const wanted = toZeroSumGauge({ sites: 5, states: 3, fields: new Float64Array(15), couplings });
    expect(largestDifference(found.couplings, wanted.couplings)).toBeLessThan(1e-10);
  });

  it('is saved and read, and says what is damaged', () => {
    const bytes = encodeAutoregressive(model, { letters: 'ABC' });
    expect(decodeAutoregressive(bytes)).toEqual({ model, notes: { letters: 'ABC' } });
    expect(() => decodeAutoregressive(bytes.subarray(0, 100))).toThrow(/damaged/);
    expect(() => encodeAutoregressive({ ...model, order: Int32Array.of(0, 1, 2, 3, 3) })).toThrow(
      /every site/,
    );
    expect(() => logProbabilities(model, [0, 1])).toThrow(/sequences of 5 sites/);
  });
});

describe('inferAutoregressive', () => {
  const data = randomData(200, 5, 3, { seed: 6, missing: 0.08, weighted: true });
  const order = [3, 0, 4, 1, 2];
  const penalties = { fieldPenalty: 0.2, couplingPenalty: 0.7 };

  /** −Σ_s w_s log p(s) of the penalised model with these parameters, and its gradient by differences of log p. */
  function exactFit() {
    const { sites, states } = data;
    let value = 0;
    const fields = new Float64Array(sites * states);
    const couplings = new Float64Array(blockStart(sites, 0, states));
    for (let t = 0; t < sites; t++) {
      const length = states + t * states * states;
      const result = minimize((x, g) => placeObjective(t, x, g), new Float64Array(length), {
        gradientTolerance: 1e-9,
      });
      value += result.value;
      fields.set(result.point.subarray(0, states), t * states);
      couplings.set(result.point.subarray(states), blockStart(t, 0, states));
    }
    return { value, model: { sites, states, order: Int32Array.from(order), fields, couplings } };
  }

  function placeObjective(t: number, x: Float64Array, gradient: Float64Array): number {
    const { sites, states, values, weights, samples } = data;
    gradient.fill(0);
    let total = 0;
    for (let s = 0; s < samples; s++) {
      const at = (place: number) => values[s * sites + order[place]];
      if (at(t) < 0) continue;
      const logits = Array.from({ length: states }, (_, a) => x[a]);
      const known = Array.from({ length: t }, (_, u) => u).filter((u) => at(u) >= 0);
      const place = (u: number, a: number) => states + (u * states + a) * states + at(u);
      for (const u of known)
        logits.forEach((_, a) => {
          logits[a] += x[place(u, a)];
        });
      const norm = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      total += weights![s] * (norm - logits[at(t)]);
      logits.forEach((logit, a) => {
        const residual = weights![s] * (Math.exp(logit - norm) - (a === at(t) ? 1 : 0));
        gradient[a] += residual;
        for (const u of known) gradient[place(u, a)] += residual;
      });
    }
    x.forEach((value, k) => {
      const penalty = k < states ? penalties.fieldPenalty : penalties.couplingPenalty;
      total += penalty * value * value;
      gradient[k] += 2 * penalty * value;
    });
    return total;
  }

  it('is the minimum of a float64 regression of every site', async () => {
    const exact = exactFit();
    // Below 5e-5 the first gradient's float32 rounding decides, and engines with fused multiply-add end elsewhere.
    const ticks = inferAutoregressive(data, { order, ...penalties, tolerance: 5e-5, runtime });
    const { model, metrics, status } = await lastTick(ticks);
    expect(status).toBe('converged');
    expect(Math.abs(metrics.objective / exact.value - 1)).toBeLessThan(OBJECTIVE);
    expect(metrics.sitesDone).toBe(5);
    expect([...model!.order]).toEqual(order);
    // Conditionals do not depend on the gauge of the blocks.
    const all = allConfigurations(5, 3);
    const difference = largestDifference(logProbabilities(model!, all), logProbabilities(exact.model, all));
    expect(difference).toBeLessThan(10 * PARAMETERS);
  });

  it('finds the model that drew the data', async () => {
    const truth = randomAutoregressive(4, 3, 8, [0, 1, 2, 3]);
    const drawn = drawAutoregressive(truth, { samples: 40_000, rng: seededRng(2) });
    const weak = { order: 'natural', fieldPenalty: 0.01, couplingPenalty: 0.01, runtime } as const;
    const { model } = await lastTick(inferAutoregressive(drawn, weak));
    const all = allConfigurations(4, 3);
    const [p, q] = [truth, model!].map((m) => logProbabilities(m, all));
    const divergence = p.reduce((sum, log, k) => sum + Math.exp(log) * (log - q[k]), 0);
    // Half a parameter in nats per sequence: 62 free parameters of 40,000 sequences, and as much again.
    expect(divergence).toBeLessThan(62 / 40_000);
    expect(divergence).toBeGreaterThan(0);
  });

  it('goes on bit for bit, on any number of threads', async () => {
    const wide = randomData(120, 24, 5, { seed: 3, missing: 0.1, weighted: true });
    const ticks: AutoregressiveTick[] = [];
    let saved: Uint8Array | undefined;
    for await (const tick of inferAutoregressive(wide, { runtime })) {
      ticks.push(tick);
      if (tick.step === 3) saved = encodeCheckpoint(tick.state as PlainData);
    }
    const resume = decodeCheckpoint(saved!) as AutoregressiveState;
    const two = new WasmRuntime({ threads: 2 });
    const rest = await allTicks(inferAutoregressive(wide, { runtime: two, resume }));
    two.stop();
    expect(rest.at(-1)?.model).toEqual(ticks.at(-1)?.model);
    expect(rest.at(-1)?.metrics).toEqual(ticks.at(-1)?.metrics);
    expect(() => ticks[0].state).toThrow(/read the state of a tick/);
  });

  it('orders sites by the entropy of their columns', () => {
    const values = [0, 1, 2, 0, 0, 0, 0, 1, 0, 0, 2, 1];
    const columns = { samples: 4, sites: 3, states: 3, values: Int32Array.from(values) };
    expect([...siteOrder('entropic', columns)]).toEqual([0, 1, 2]);
    expect([...siteOrder('reverse-entropic', columns)]).toEqual([1, 2, 0]);
    expect([...siteOrder('natural', columns)]).toEqual([0, 1, 2]);
  });

  it('says what is wrong', async () => {
    const first = (options: object) => inferAutoregressive(data, { runtime, ...options }).next();
    await expect(first({ order: [0, 0, 1, 2, 3] })).rejects.toThrow(/order must hold every site 0…4 once/);
    await expect(first({ order: 'random' })).rejects.toThrow(/'entropic', 'reverse-entropic', 'natural'/);
    await expect(first({ couplingPenalty: -1 })).rejects.toThrow(/inferAutoregressive: couplingPenalty/);
    const { value } = await first({ order });
    await expect(first({ resume: value.state })).rejects.toThrow(/another problem or order/);
    const stopped = await lastTick(inferAutoregressive(data, { runtime, signal: AbortSignal.abort() }));
    expect(stopped.status).toBe('aborted');
  });
});
