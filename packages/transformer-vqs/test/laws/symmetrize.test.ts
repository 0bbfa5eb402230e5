import { seededRng } from '@spinformer/numerics';
import { readSync, tensor, useBackend, wasm } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import {
  amplitudeEvaluator,
  amplitudeJacobian,
  chain,
  rbmState,
  square,
  symmetrize,
  transformerState,
  type WaveFunction,
} from '../../src/index.ts';
import { symmetryGroup } from '../../src/symmetry/symmetry-group.ts';
import { tensorJacobian } from '../../src/wave-functions/amplitude-jacobian.ts';
import { randomSpins } from '../helpers/random-spins.ts';

/** Float64 in another order of summation. */
const ROUNDING = 1e-9;

useBackend(await wasm());

const plane = square(4);
const ring = chain(8);
const transformer = transformerState({ lattice: plane, width: 8, heads: 2, layers: 1, expansion: 2 });
const characters = plane.pointGroup.map((_, k) => (k === 0 ? 1 : 0));

const CASES: readonly [string, WaveFunction, Parameters<typeof symmetrize>[1]][] = [
  ['transformer: translations', transformer as never, { lattice: plane }],
  ['transformer: everything', transformer as never, { lattice: plane, pointGroup: true, spinFlip: 1 }],
  [
    'rbm, momentum π, even under the flip',
    rbmState({ sites: 8, deviation: 0.4 }) as never,
    { lattice: ring, momentum: [4], spinFlip: 1 },
  ],
  ['rbm, momentum 2π/8', rbmState({ sites: 8, deviation: 0.4 }) as never, { lattice: ring, momentum: [1] }],
];

describe.each(CASES)('%s', (_, wave, options) => {
  const projected = symmetrize(wave, options);
  const parameters = wave.init(seededRng(3), 'float64');
  const spins = randomSpins(seededRng(4), 5, wave.sites);
  const evaluator = amplitudeEvaluator(projected, parameters);

  it('transforms as it should under every element of the group', () => {
    const own = evaluator.logAmplitudes(spins);
    for (const { sites, flips, angle } of symmetryGroup(options)) {
      const moved = spins.map((_, at) => {
        const row = at - (at % wave.sites);
        return (flips ? -1 : 1) * spins[row + sites[at - row]];
      });
      const other = evaluator.logAmplitudes(moved);
      for (let s = 0; s < 5; s++) {
        expect(Math.abs(other.real[s] - own.real[s])).toBeLessThan(ROUNDING);
        const turn = other.imaginary[s] - own.imaginary[s] - angle;
        expect(Math.abs(Math.sin(turn / 2))).toBeLessThan(ROUNDING);
      }
    }
  });

  it('has an evaluator and a Jacobian that agree with its differentiable form', () => {
    const own = evaluator.logAmplitudes(spins);
    const log = readSync(projected.logAmplitude(parameters, tensor(Int32Array.from(spins), [5, wave.sites])));
    for (let s = 0; s < 5; s++) {
      expect(Math.abs(log[2 * s] - own.real[s])).toBeLessThan(ROUNDING);
      expect(Math.abs(Math.sin((log[2 * s + 1] - own.imaginary[s]) / 2))).toBeLessThan(ROUNDING);
    }
    const jacobian = readSync(amplitudeJacobian(projected, parameters, spins));
    const general = readSync(tensorJacobian(projected, parameters, spins));
    for (let k = 0; k < jacobian.length; k++)
      expect(Math.abs(jacobian[k] - general[k])).toBeLessThan(ROUNDING * Math.max(1, Math.abs(general[k])));
  });
});

describe('symmetrize', () => {
  it('gives log 0 where the representation forbids a configuration', () => {
    const rbm = rbmState({ sites: 8, deviation: 0.4 });
    const odd = symmetrize(rbm, { lattice: ring, momentum: [4], spinFlip: 1 });
    const evaluator = amplitudeEvaluator(odd, rbm.init(seededRng(3), 'float64'));
    // One step turns the Néel configuration over: even under the flip, odd under the step.
    const { real } = evaluator.logAmplitudes(Int8Array.of(1, -1, 1, -1, 1, -1, 1, -1));
    expect(real[0]).toBeLessThan(Math.log(ROUNDING));
  });

  it('sums only over cosets of the symmetries that the state has', () => {
    expect(symmetrize(transformer, { lattice: plane }).name).toContain('4 symmetry branches');
    expect(symmetrize(transformer, { lattice: plane, pointGroup: true, spinFlip: 1 }).name).toContain('64');
  });

  it('refuses a momentum that the patches contradict', () => {
    expect(() => symmetrize(transformer, { lattice: plane, momentum: [1, 0] })).toThrow(/projection is zero/);
  });

  it('refuses a momentum that the point group moves, and characters that do not multiply', () => {
    expect(() => symmetrize(transformer, { lattice: plane, momentum: [0, 2], pointGroup: true })).toThrow(
      /point group/,
    );
    expect(() => symmetrize(transformer, { lattice: plane, pointGroup: characters })).toThrow(/1 or -1/);
  });
});
