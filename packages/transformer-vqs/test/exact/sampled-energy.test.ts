import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  allSpins,
  j1j2,
  movePairs,
  optimizeState,
  SpinChains,
  square,
  transformerState,
} from '../../src/index.ts';
import { energyGradient } from '../../src/optimize/energy-gradient.ts';
import { type EnergyPoint, sampleEnergy, sumEnergy } from '../../src/optimize/energy-point.ts';
import { mergeSamples } from '../../src/optimize/merge-samples.ts';
import { sharedInvariance } from '../../src/optimize/shared-invariance.ts';
import { parametersFromVmcState } from '../../src/optimize/vmc-state.ts';

/** Standard errors that a mean may be away: 3e-5 of normal numbers are. The seeds are fixed. */
const STANDARD_ERRORS = 4;
/** What chains that have forgotten their start stay below. */
const LARGEST_R_HAT = 1.02;
/** Independent groups of chains, whose spread is the error of their mean. */
const GROUPS = 12;
/** Standard errors below this are rounding: derivatives that vanish identically have them. */
const ROUNDING = 1e-12;

const lattice = square(4);
const hamiltonian = j1j2(lattice, { j2: 0.5 });
const wave = transformerState({ lattice, width: 8, heads: 2, layers: 1 });
const invariance = sharedInvariance(hamiltonian, wave.invariance);
const problem = { hamiltonian, wave, invariance, cacheBytes: 2 ** 26 };

/** Parameters after a few exact steps: neither flat nor concentrated. */
async function someParameters() {
  let last = wave.init(seededRng('sampled energy'), 'float64');
  const options = { rng: seededRng(3), samples: 'all', steps: 6, dtype: 'float64' } as const;
  for await (const { state } of optimizeState(hamiltonian, wave, options))
    last = parametersFromVmcState(wave, state);
  return last;
}

type Parameters = Awaited<ReturnType<typeof someParameters>>;

/** The energy, and the gradient along the exact one and along the first axes of every kind of parameter. */
function observed(parameters: Parameters, point: EnergyPoint, along: Float64Array): number[] {
  const gradient = energyGradient(wave, parameters, point.spins, point.weights, point.deviations);
  const projection = gradient.reduce((sum, g, k) => sum + g * along[k], 0);
  const every = gradient.filter((_, k) => k % 97 === 0);
  return [point.energy, projection, ...every];
}

/** Means of columns and their standard errors. */
function columnMeans(rows: readonly (readonly number[])[]) {
  return rows[0].map((_, k) => {
    const mean = rows.reduce((sum, row) => sum + row[k], 0) / rows.length;
    const spread = rows.reduce((sum, row) => sum + (row[k] - mean) ** 2, 0) / (rows.length - 1);
    return { mean, error: Math.sqrt(spread / rows.length) };
  });
}

describe('sampled energies', () => {
  let parameters: Parameters;
  let exact: EnergyPoint;

  beforeAll(async () => {
    useBackend(await wasm({ threads: 1 }));
    parameters = await someParameters();
    exact = sumEnergy(problem, parameters, mergeSamples(allSpins(16, 8), 16, invariance));
  });

  it.each([
    ['bonds', 2],
    ['pairs', 2],
    ['bonds', 1.5],
  ] as const)('energy and gradient agree with the full sum: %s, |ψ|^%d', (rule, exponent) => {
    const pairs = movePairs(16, lattice.bonds, rule);
    const along = energyGradient(wave, parameters, exact.spins, exact.weights, exact.deviations);
    const expected = observed(parameters, exact, along);
    const rows: number[][] = [];
    for (let group = 0; group < GROUPS; group++) {
      const chains = SpinChains.start(pairs, 64, 8, seededRng(`${rule} ${exponent} ${group}`));
      const point = sampleEnergy(problem, parameters, chains, { draws: 4, sweeps: 2, burnIn: 20, exponent });
      rows.push(observed(parameters, point, along));
    }
    const worst = columnMeans(rows).map(
      ({ mean, error }, k) => Math.abs(mean - expected[k]) / (error + ROUNDING),
    );
    expect(Math.max(...worst)).toBeLessThan(STANDARD_ERRORS);
  });

  it('the error of one estimate is honest, and chains forget where they began', () => {
    for (const exponent of [2, 1.5]) {
      const chains = SpinChains.start(movePairs(16, lattice.bonds), 64, 8, seededRng(`one ${exponent}`));
      const options = { draws: 96, sweeps: 1, burnIn: 20, exponent };
      const { estimate } = sampleEnergy(problem, parameters, chains, options);
      expect(estimate.rHat).toBeLessThan(LARGEST_R_HAT);
      const away = Math.abs(estimate.mean - exact.estimate.mean) / estimate.standardError;
      expect(away).toBeLessThan(STANDARD_ERRORS);
    }
  });
});
