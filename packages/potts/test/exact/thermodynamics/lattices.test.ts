import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { describe, expect, it } from 'vitest';
import { isingLattice } from '../../../src/graphs/ising.ts';
import { hypercubicLattice, squareLattice } from '../../../src/graphs/lattices.ts';
import { exactStrip } from '../../../src/thermodynamics/exact-strip.ts';
import { measureChains } from '../../../src/thermodynamics/measure-chains.ts';
import { kaufmanEnergy, onsagerEnergy } from '../../support/square-ising.ts';

/** Standard errors that an estimate may be off: passes all but one seed in fifteen thousand. */
const STANDARD_ERRORS = 4;
const CRITICAL = Math.log(1 + Math.SQRT2) / 2;
const runtime = new WasmRuntime({ threads: 2 });

describe('the Ising model on 64 × 64 sites has the energy of Kaufman, and that of Onsager away from the transition', () => {
  const CASES = [
    ['swendsen-wang', CRITICAL, { chains: 16, burnIn: 40, draws: 100 }],
    ['wolff', 0.5, { chains: 8, burnIn: 100, draws: 60 }],
    ['multi-spin', 0.35, { chains: 128, burnIn: 60, draws: 8, thinning: 5 }],
    ['heat-bath', 0.35, { chains: 32, burnIn: 60, draws: 8, thinning: 5 }],
  ] as const;
  for (const [kernel, coupling, counts] of CASES)
    it(`${kernel}, K = ${coupling.toFixed(3)}`, async () => {
      const graph = isingLattice({ shape: [64, 64], coupling });
      // Ordered: the phase that a cold lattice would take long to find from a random start.
      const start = new Int32Array(counts.chains * graph.sites);
      const { energy } = await measureChains(graph, { ...counts, kernel, start, rng: seededRng(1), runtime });
      const sites = 64 * 64;
      const error = energy.standardError / sites;
      expect(Math.abs(energy.mean / sites - kaufmanEnergy(64, 64, coupling)) / error).toBeLessThan(
        STANDARD_ERRORS,
      );
      expect(error).toBeLessThan(3e-3);
      if (coupling !== CRITICAL)
        expect(coupling * onsagerEnergy(coupling)).toBeCloseTo(kaufmanEnergy(64, 64, coupling), 6);
    });
});

describe('the Potts model', () => {
  it('on a strip of 5 × 40 sites has the exact energy and heat capacity within their errors', async () => {
    const strip = (beta: number) =>
      exactStrip({ width: 5, length: Number.POSITIVE_INFINITY, states: 3, coupling: 0.9, beta });
    const graph = hypercubicLattice({ shape: [40, 5], states: 3, coupling: 0.9 });
    const options = { chains: 32, burnIn: 50, draws: 200, rng: seededRng(2), runtime };
    const { energy, heatCapacity } = await measureChains(graph, { ...options, kernel: 'swendsen-wang' });
    // ξ is about 6 sites: the ends of 40 closed sites do not feel each other.
    expect(strip(1).correlationLength).toBeLessThan(6);
    expect(Math.abs(energy.mean - 200 * strip(1).energyPerSite) / energy.standardError).toBeLessThan(
      STANDARD_ERRORS,
    );
    const exact = (strip(0.999).energyPerSite - strip(1.001).energyPerSite) / 0.002;
    expect(Math.abs(heatCapacity.value - exact) / heatCapacity.standardError).toBeLessThan(STANDARD_ERRORS);
  });

  it('of three states orders between 0.98 and 1.02 times ln(1 + √q)', async () => {
    const critical = Math.log(1 + Math.sqrt(3));
    // At the transition m falls as side^(−β/ν), β/ν = 2/15; faster in the disordered phase, slower in the ordered one.
    const scaled = async (side: number, factor: number) => {
      const graph = squareLattice({ side, states: 3, coupling: factor * critical });
      const options = { chains: 16, burnIn: 40, draws: 80, rng: seededRng(side), runtime };
      const { magnetization } = await measureChains(graph, { ...options, kernel: 'swendsen-wang' });
      const scale = side ** (2 / 15);
      return { value: scale * magnetization.mean, standardError: scale * magnetization.standardError };
    };
    const difference = async (factor: number) => {
      const [small, large] = [await scaled(8, factor), await scaled(32, factor)];
      return (large.value - small.value) / Math.hypot(large.standardError, small.standardError);
    };
    expect(await difference(0.98)).toBeLessThan(-STANDARD_ERRORS);
    expect(await difference(1.02)).toBeGreaterThan(STANDARD_ERRORS);
  });
});
