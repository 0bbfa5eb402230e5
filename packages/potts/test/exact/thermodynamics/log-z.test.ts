import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { enumerateExactly } from '../../../src/enumerate.ts';
import { isingLattice } from '../../../src/graphs/ising.ts';
import { hypercubicLattice } from '../../../src/graphs/lattices.ts';
import { annealedImportance } from '../../../src/thermodynamics/annealed-importance.ts';
import { exactStrip } from '../../../src/thermodynamics/exact-strip.ts';
import { thermodynamicIntegration } from '../../../src/thermodynamics/thermodynamic-integration.ts';
import { allTicks, lastTick } from '../../support/random-data.ts';
import { randomModel } from '../../support/random-models.ts';
import { kaufmanLogZ } from '../../support/square-ising.ts';

/** Standard errors that an estimate may be off: passes all but one seed in fifteen thousand. */
const STANDARD_ERRORS = 4;
const runtime = new WasmRuntime({ threads: 2 });

const dense = randomModel(6, 4, { seed: 3, couplings: 0.5 });
const potts = hypercubicLattice({ shape: [12, 5], states: 3, coupling: 0.8, field: 0.1 });
const strip = exactStrip({ width: 5, length: 12, states: 3, coupling: 0.8, field: 0.1 });
const ising = isingLattice({ shape: [16, 16], coupling: 0.4 });

const within = (estimate: { value: number; standardError: number }, exact: number) =>
  expect(Math.abs(estimate.value - exact) / estimate.standardError).toBeLessThan(STANDARD_ERRORS);

describe('annealed importance sampling', () => {
  it('has the log Z of enumeration within its error', async () => {
    const options = { chains: 400, steps: 100, rng: seededRng(1), runtime };
    const { logZ, metrics, status } = await lastTick(annealedImportance(dense, options));
    within(logZ, enumerateExactly(dense).logZ);
    expect(logZ.standardError).toBeLessThan(0.02);
    expect(metrics.effectiveSamples).toBeGreaterThan(200);
    expect(status).toBe('converged');
  });

  it('has the log Z of strips within its error, by every kernel', async () => {
    for (const kernel of ['heat-bath', 'metropolis', 'swendsen-wang'] as const) {
      const options = { chains: 200, steps: 200, kernel, rng: seededRng(2), runtime };
      const { logZ } = await lastTick(annealedImportance(potts, options));
      within(logZ, strip.logZ);
      expect(logZ.standardError).toBeLessThan(0.1);
    }
  });

  it('has the log Z of Kaufman on a torus of 16 × 16 spins, one bit each', async () => {
    const options = { chains: 512, steps: 400, kernel: 'multi-spin' as const, rng: seededRng(3), runtime };
    const { logZ } = await lastTick(annealedImportance(ising, options));
    within(logZ, kaufmanLogZ(16, 16, 0.4));
  });

  it('and is off at another temperature by many errors', async () => {
    const options = { chains: 400, steps: 100, beta: 0.9, rng: seededRng(1), runtime };
    const { logZ } = await lastTick(annealedImportance(dense, options));
    expect(Math.abs(logZ.value - enumerateExactly(dense).logZ)).toBeGreaterThan(10 * logZ.standardError);
  });

  it('goes on bit for bit, and says when too few chains carry it', async () => {
    const options = { chains: 20, steps: 8, thinning: 4, runtime };
    const ticks = await allTicks(annealedImportance(potts, { ...options, rng: seededRng(4) }));
    const resumed = await lastTick(
      annealedImportance(potts, { ...options, rng: seededRng(0), resume: ticks[0].state }),
    );
    expect(resumed.state).toEqual(ticks[1].state);
    expect(ticks[1].status).toBe('step-limit');
    expect(ticks[1].remedy).toContain('more steps');
    const signal = AbortSignal.abort();
    expect(
      (await lastTick(annealedImportance(potts, { ...options, rng: seededRng(4), signal }))).status,
    ).toBe('aborted');
  });
});

describe('thermodynamic integration', () => {
  it('has log Z and entropy of enumeration within its errors', async () => {
    const exact = enumerateExactly(dense);
    const { logZ, entropy, energy, quadratureError } = await thermodynamicIntegration(dense, {
      chainsPerNode: 40,
      rng: seededRng(5),
      runtime,
    });
    within(logZ, exact.logZ);
    within(entropy, exact.entropy);
    within({ value: energy.mean, standardError: energy.standardError }, exact.meanEnergy);
    expect(logZ.standardError).toBeLessThan(0.02);
    expect(quadratureError).toBeLessThan(0.1);
  });

  it('has log Z, energy and entropy of strips within its errors', async () => {
    const { logZ, energy, entropy } = await thermodynamicIntegration(potts, {
      draws: 200,
      rng: seededRng(6),
      runtime,
    });
    within(logZ, strip.logZ);
    within({ value: energy.mean, standardError: energy.standardError }, 60 * strip.energyPerSite);
    within(entropy, strip.logZ + 60 * strip.energyPerSite);
    expect(logZ.standardError).toBeLessThan(0.1);
  });
});
