import { seededRng } from '@spinformer/numerics';
import { cpu, dispose, useBackend } from '@spinformer/tensor';
import {
  allSpins,
  amplitudeEvaluator,
  chain,
  fullSum,
  j1j2,
  movePairs,
  SpinChains,
  transformerState,
} from '@spinformer/transformer-vqs';
import { beforeAll, describe, expect, it } from 'vitest';
import { amplitudeOperations, stepOperations } from '../../src/attention-wavefunction/count-operations.ts';
import { inputDependence } from '../../src/attention-wavefunction/read-attention.ts';
import type { AttentionWavefunctionResult, GroundStateResult } from '../../src/index.ts';
import { attentionWavefunction, groundState, resolveConfig } from '../../src/index.ts';
import { referenceEnergy } from '../../src/shared/magnets/reference-energy.ts';
import { spinConfigurations } from '../../src/shared/magnets/spin-configurations.ts';

/** float32 parameters and amplitudes. */
const SINGLE = 6;
const DRAWS = 4000;
/** Draws times the rounding of probabilities. */
const ROUNDING = 1e-6;

beforeAll(() => useBackend(cpu()));

describe('attention-wavefunction', () => {
  it('without positions, one site a token, has the energy of the ferromagnet', async () => {
    const result = await finalResult<AttentionWavefunctionResult>(attentionWavefunction, {
      ...{ lattice: 'chain', size: 6, j2: 0.3, patch: 1, width: 4, heads: 2, layers: 1, expansion: 1 },
      ...{ attentions: ['standard'], steps: 2, repeats: 1, frozenSteps: 0, looks: 2 },
    });
    const [{ runs }] = result.waves;
    expect(runs[0].final.energyPerSite).toBeCloseTo(1.3 / 4, SINGLE);
    expect(result.ferromagneticEnergy).toBe(1.3 / 4);
  });

  it('counts what queries and keys add to the operations', () => {
    const { architecture } = transformerState({ lattice: { shape: [4, 4] }, patch: 2, width: 24, layers: 2 });
    // n[2b²d + n_l((4 + 4·4)d² + 2nd)] + 4d² with n = 4, b = 2, d = 24, n_l = 2
    expect(amplitudeOperations(architecture, false)).toBe(4 * (192 + 2 * (20 * 576 + 192)) + 4 * 576);
    expect(amplitudeOperations(architecture, true) - amplitudeOperations(architecture, false)).toBe(
      4 * 2 * (4 * 576 + 192),
    );
    const few = { evaluations: 10, derivatives: 2 };
    expect(stepOperations(few, 100, 50)).toBeCloseTo((10 + 10) * 100 + 16 * 50 + 64 / 3, 9);
  });

  it('says what positions explain: all of it without a spread, half of it where both variances are equal', () => {
    const map = {
      ...{ layer: 0, heads: 1, patches: 2, grid: [2], byDisplacement: new Float64Array(2) },
      mean: Float64Array.of(1, 3, 3, 1),
      inputDependence: Float64Array.of(0.2),
      translationResidue: Float64Array.of(0),
    };
    const still = inputDependence([{ ...map, variance: new Float64Array(4) }]);
    expect(still).toEqual({ inputDependence: 0.2, positional: 1 });
    expect(inputDependence([{ ...map, variance: new Float64Array(4).fill(1) }]).positional).toBe(0.5);
  });
});

describe('ground-state', () => {
  it('measures what diagonalisation finds, where the optimisation has converged', async () => {
    const { points, tuned } = await finalResult<GroundStateResult>(groundState, {
      ...{ lattice: 'chain', size: 6, signRule: 'marshall', couplings: [0, 0.2], tuneFrom: 0, tuneTo: [0.2] },
      ...{ patch: 1, width: 6, heads: 2, layers: 1, expansion: 2, steps: 40, tuneSteps: 10, optimizer: 'sr' },
    });
    for (const { exact, found, relativeError } of points) {
      expect(relativeError).toBeLessThan(1e-4);
      expect(found.neel).toBeCloseTo(exact!.neel, 1);
      expect(found.marshallSign).toBeCloseTo(exact!.marshallSign, 3);
    }
    for (const { before, after } of tuned) expect(after).toBeLessThanOrEqual(before);
  });

  it('refuses to carry a state between couplings that it does not visit', async () => {
    const settings = { couplings: [0, 1], tuneFrom: 0.5, tuneTo: [1] };
    await expect(finalResult(groundState, settings)).rejects.toThrow(/0\.5 is not among the couplings/);
    const turned = { couplings: [0.5, 1], tuneFrom: 0.5, tuneTo: [1], stripeFrom: 0.7 };
    await expect(finalResult(groundState, turned)).rejects.toThrow(/another sign rule holds/);
  });
});

describe('magnets', () => {
  const config = resolveConfig(groundState, 'quick', { lattice: 'square', size: 8 });

  it('are refused where no energy is known to compare with', () => {
    expect(() => referenceEnergy(config, 0.5)).toThrow(/8×8 square at J2 = 0.5/);
    expect(referenceEnergy(config, 0.5, -0.4989)).toBe(-0.4989);
    expect(referenceEnergy({ ...config, size: 6 }, 0.5)).toBeCloseTo(-0.50380965, 8);
  });

  it('yield configurations as often as |ψ|² says, to one draw', () => {
    const hamiltonian = j1j2(chain(6), { j2: 0.3 });
    const wave = transformerState({ lattice: { shape: [6] }, patch: 2, width: 4, heads: 2, layers: 1 });
    const parameters = wave.init(seededRng(3));
    const drawn = spinConfigurations(hamiltonian, wave, parameters, null, DRAWS, seededRng(4));
    const counts = new Map<string, number>();
    for (let s = 0; s < DRAWS; s++) {
      const key = drawn.subarray(6 * s, 6 * s + 6).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const evaluator = amplitudeEvaluator(wave, parameters);
    const { spins, weights } = fullSum(evaluator, allSpins(6, 3));
    weights!.forEach((weight, s) => {
      const count = counts.get(spins.subarray(6 * s, 6 * s + 6).join()) ?? 0;
      expect(Math.abs(count - DRAWS * weight)).toBeLessThanOrEqual(1 + ROUNDING);
    });
    evaluator.free();
    dispose(parameters);
  });

  it('go on from where the chains of an optimisation stand, in their sector', () => {
    const hamiltonian = j1j2(chain(6), { j2: 0.3 });
    const wave = transformerState({ lattice: { shape: [6] }, patch: 2, width: 4, heads: 2, layers: 1 });
    const parameters = wave.init(seededRng(3));
    const pairs = movePairs(6, hamiltonian.lattice.bonds, 'bonds');
    const chains = SpinChains.start(pairs, 8, 3, seededRng(4)).state();
    const drawn = spinConfigurations(hamiltonian, wave, parameters, chains, 20, seededRng(5));
    expect(drawn.length).toBe(24 * 6);
    for (let s = 0; s < 24; s++)
      expect(drawn.subarray(6 * s, 6 * s + 6).reduce((sum, spin) => sum + spin, 0)).toBe(0);
    dispose(parameters);
  });
});

async function finalResult<R>(
  study: typeof attentionWavefunction | typeof groundState,
  settings: Record<string, unknown>,
): Promise<R> {
  const config = resolveConfig(study as never, 'quick', settings) as never;
  let last: unknown;
  for await (const { result } of study.run(config, { rng: seededRng(1) })) last = result;
  return last as R;
}
