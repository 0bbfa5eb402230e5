import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { chain, transformerState } from '../../src/index.ts';
import { CentredJacobian } from '../../src/optimize/centred-jacobian.ts';
import { mergeSamples } from '../../src/optimize/merge-samples.ts';
import { NO_MEMORY, naturalDirections } from '../../src/optimize/natural-directions.ts';
import { TangentSystem } from '../../src/optimize/tangent-system.ts';
import { randomSpins } from '../helpers/random-spins.ts';
import { largestDifference, norm } from '../helpers/vectors.ts';

/** Relative; both forms lose λ/σ_max ≈ 1e-4 of float64's digits at most. */
const SAME = 1e-8;

const lattice = chain(12);
const wave = transformerState({ lattice, width: 8, heads: 2, layers: 1 });
let jacobian: CentredJacobian;
let force: Float64Array;

beforeAll(async () => {
  useBackend(await wasm());
  const parameters = wave.init(seededRng(2), 'float64');
  const { spins, weights } = mergeSamples(randomSpins(seededRng(3), 60, 12), 12);
  const probabilities = weights.map((w) => w / 60);
  jacobian = CentredJacobian.of(wave, parameters, spins, probabilities);
  const rng = seededRng(4);
  force = Float64Array.from({ length: 2 * jacobian.samples }, () => rng.normal());
});

describe('stochastic reconfiguration', () => {
  it('gives the same step in the space of parameters and in that of samples', () => {
    const [a, b] = (['parameters', 'samples'] as const).map((form) =>
      new TangentSystem(jacobian, { form }).solve(1e-3, force),
    );
    expect(largestDifference(a, b)).toBeLessThan(SAME * norm(a));
  });

  it('solves (XᵀX + λ)δ = Xᵀf', () => {
    const step = new TangentSystem(jacobian, { form: 'samples' }).solve(0.1, force);
    const left = jacobian.transposeTimes(jacobian.times(step)).map((x, k) => x + 0.1 * step[k]);
    const right = jacobian.transposeTimes(force);
    expect(largestDifference(left, right)).toBeLessThan(SAME * norm(right));
  });

  it('does not depend on the blocks in which the Jacobian is held', () => {
    const parameters = wave.init(seededRng(2), 'float64');
    const { spins, weights } = mergeSamples(randomSpins(seededRng(3), 60, 12), 12);
    const small = { memoryBudget: 16 * 60 * wave.parameterCount * 1.3 };
    const blocks = CentredJacobian.of(
      wave,
      parameters,
      spins,
      weights.map((w) => w / 60),
      small,
    );
    expect(blocks.blocks.length).toBeGreaterThan(1);
    const ones = new Float64Array(blocks.samples).fill(1);
    const along = (x: CentredJacobian) =>
      new TangentSystem(x, { form: 'samples' }).solve(
        0.01,
        x.rowsOf(
          ones.map((_, s) => s % 7),
          ones.map((_, s) => s % 3),
          ones,
        ),
      );
    expect(largestDifference(along(blocks), along(jacobian))).toBeLessThan(1e-9);
  });

  it('is SPRING and MARCH without a past', () => {
    const at = (method: 'sr' | 'spring' | 'march', memory = NO_MEMORY, momentum = 0.8) =>
      naturalDirections(jacobian, force, memory, { method, momentum }).at(0.01);
    const sr = at('sr');
    expect(largestDifference(at('spring'), sr)).toBe(0);
    expect(largestDifference(at('march'), sr)).toBe(0);
    const past = { ...NO_MEMORY, count: 1, last: sr.map((x) => 2 * x) };
    expect(largestDifference(at('spring', past, 0), sr)).toBe(0);
    expect(largestDifference(at('spring', past, 0.8), sr)).toBeGreaterThan(0);
  });

  it('SPRING solves (XᵀX + λ)φ = Xᵀf + λμφ₋', () => {
    const last = Float64Array.from({ length: jacobian.parameters }, (_, k) => Math.sin(k));
    const memory = { ...NO_MEMORY, count: 3, last };
    const phi = naturalDirections(jacobian, force, memory, { method: 'spring', momentum: 0.9 }).at(0.1);
    const left = jacobian.transposeTimes(jacobian.times(phi)).map((x, k) => x + 0.1 * phi[k]);
    const right = jacobian.transposeTimes(force).map((x, k) => x + 0.1 * 0.9 * last[k]);
    expect(largestDifference(left, right)).toBeLessThan(SAME * norm(right));
  });
});
