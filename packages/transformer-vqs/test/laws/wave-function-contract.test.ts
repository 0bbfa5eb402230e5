// What every wave function must fulfil, whatever it is: its Jacobian is the derivative of its logarithm, and its
// evaluator gives that logarithm.
import { seededRng } from '@spinformer/numerics';
import {
  flattenTree,
  type ParameterTree,
  readSync,
  tensor,
  treeSize,
  unflattenTree,
  useBackend,
  wasm,
} from '@spinformer/tensor';
import { describe, expect, it } from 'vitest';
import {
  ATTENTION_KINDS,
  amplitudeEvaluator,
  amplitudeJacobian,
  jastrowState,
  rbmState,
  transformerState,
  type WaveFunction,
} from '../../src/index.ts';
import { tensorJacobian } from '../../src/wave-functions/amplitude-jacobian.ts';
import { randomSpins } from '../helpers/random-spins.ts';

/** Five-point differences in float64 with step h: h⁴ from the fifth derivative, 1e-15/h from rounding. */
const STEP = 1e-5;
const DIFFERENCE_ERROR = 1e-7;
/** Float64, in another order of summation. */
const ROUNDING = 1e-10;

useBackend(await wasm());

const shape = [4, 4];
const WAVES: readonly WaveFunction[] = [
  ...ATTENTION_KINDS.map((attention) =>
    transformerState({ lattice: { shape }, width: 8, heads: 2, layers: 2, expansion: 2, attention }),
  ),
  transformerState({ lattice: { shape: [12] }, patch: 3, width: 6, heads: 3, layers: 1, headNorm: false }),
  transformerState({ lattice: { shape: [3, 4] }, patch: 1, width: 10, heads: 2, layers: 2, positions: true }),
  jastrowState({ sites: 8 }),
  jastrowState({ sites: 6, translations: [Int32Array.of(1, 2, 3, 4, 5, 0)] }),
  rbmState({ sites: 6, density: 2, deviation: 0.5 }),
] as readonly WaveFunction[];

describe.each(WAVES.map((wave) => [`${wave.name}, ${wave.sites} sites`, wave] as const))('%s', (_, wave) => {
  const parameters = wave.init(seededRng('start'), 'float64');
  const spins = randomSpins(seededRng('spins'), 11, wave.sites);
  const logarithms = (p: ParameterTree) =>
    readSync(wave.logAmplitude(p, tensor(Int32Array.from(spins), [11, wave.sites])));

  it('has as many parameters as it says', () => {
    expect(treeSize(parameters)).toBe(wave.parameterCount);
  });

  it('has the derivative of log ψ as its Jacobian', () => {
    const jacobian = readSync(amplitudeJacobian(wave, parameters, spins));
    const flat = flattenTree(parameters);
    const count = wave.parameterCount;
    const stride = Math.ceil(count / 60);
    for (let k = 0; k < count; k += stride) {
      const moved = (by: number) => {
        const values = flat.slice();
        values[k] += by;
        return logarithms(unflattenTree(values, parameters));
      };
      const [above, below, far, low] = [moved(STEP), moved(-STEP), moved(2 * STEP), moved(-2 * STEP)];
      for (let s = 0; s < 11; s++)
        for (let c = 0; c < 2; c++) {
          const at = 2 * s + c;
          const slope = (8 * (above[at] - below[at]) - (far[at] - low[at])) / (12 * STEP);
          const got = jacobian[(c * 11 + s) * count + k];
          expect(Math.abs(got - slope), `∂${k} of sample ${s}, part ${c}`).toBeLessThan(
            DIFFERENCE_ERROR * Math.max(1, Math.abs(slope)),
          );
        }
    }
  });

  it('gives the same Jacobian by backward passes in chunks', () => {
    const own = readSync(amplitudeJacobian(wave, parameters, spins));
    const general = readSync(
      tensorJacobian(wave, parameters, spins, { memoryBytes: 128 * wave.parameterCount }),
    );
    expect(own.length).toBe(general.length);
    for (let k = 0; k < own.length; k++)
      expect(Math.abs(own[k] - general[k])).toBeLessThan(ROUNDING * Math.max(1, Math.abs(general[k])));
  });

  it('has an evaluator that gives log ψ', () => {
    const evaluator = amplitudeEvaluator(wave, parameters, { chunk: 4 });
    const { real, imaginary } = evaluator.logAmplitudes(spins);
    evaluator.free();
    const expected = logarithms(parameters);
    for (let s = 0; s < 11; s++) {
      expect(Math.abs(real[s] - expected[2 * s])).toBeLessThan(ROUNDING);
      expect(Math.abs(imaginary[s] - expected[2 * s + 1])).toBeLessThan(ROUNDING);
    }
  });
});
