// Values of an independent program in numpy, float64, with manual derivatives: L = 4, b = 2, d = 8, two heads, two
// layers, expansion 4, head norms.
import { seededRng } from '@spinformer/numerics';
import { cpu, readSync, tensor, useBackend } from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import { transformerState } from '../../src/index.ts';
import { CONFIGURATIONS, goldenParameters } from '../helpers/golden.ts';

/** Float64 in another order of summation than the reference's. */
const ROUNDING = 1e-9;

const GOLDEN = {
  factored: {
    parameters: 1704,
    neel: [2.470567766907768, -0.64013731711344],
    stripe: [-0.553699402821543, -2.164475992980369],
    mix: [1.225684310331631, 0.827517540779802],
  },
  standard: {
    parameters: 1944,
    neel: [-0.477265494481927, 0.782478288391843],
    stripe: [-0.399304647894364, 4.744894464000881],
    mix: [0.43214495236316, -0.031265410050778],
  },
  t5: {
    parameters: 1960,
    neel: [-1.262397172549036, -5.044592991817844],
    stripe: [1.475194661542555, -4.733793479656892],
    mix: [2.024077658294935, -4.773573998514758],
  },
} as const;

useBackend(cpu());

describe.each(Object.entries(GOLDEN))('%s attention', (attention, golden) => {
  const wave = transformerState({
    lattice: { shape: [4, 4] },
    width: 8,
    heads: 2,
    layers: 2,
    attention: attention as keyof typeof GOLDEN,
    positions: false,
  });

  it('has the published number of parameters', () => {
    expect(wave.parameterCount).toBe(golden.parameters);
  });

  it.each(['neel', 'stripe', 'mix'] as const)('gives log ψ of the %s configuration', (name) => {
    const parameters = goldenParameters(wave.init(seededRng(0), 'float64'));
    const [real, imaginary] = readSync(
      wave.logAmplitude(parameters, tensor(Int32Array.from(CONFIGURATIONS[name]), [1, 16])),
    );
    expect(Math.abs(real - golden[name][0])).toBeLessThan(ROUNDING);
    expect(Math.abs(imaginary - golden[name][1])).toBeLessThan(ROUNDING);
  });
});
