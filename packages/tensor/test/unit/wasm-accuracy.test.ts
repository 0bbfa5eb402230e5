import { describe, expect, it } from 'vitest';
import { type UnaryOp, wasm } from '../../src/index.ts';
import { WasmRuntime } from '../../src/wasm/index.ts';
import { operand } from './wasm-operands.ts';

const POINTS = 20_001;
/** Units in the last place. The engine's own Math, which serves as the reference, is itself good to one. */
const ULPS = { float32: 2, float64: 4 };
/** Spacing of the numbers just above one. */
const SPACING = { float32: 2 ** -23, float64: 2 ** -52 };

type Case = readonly [op: UnaryOp, reference: (x: number) => number, low: number, high: number];

const CASES: readonly Case[] = [
  ['exp', Math.exp, -87, 88],
  ['log', Math.log, 1e-6, 1e4],
  ['tanh', Math.tanh, -12, 12],
  ['tanh', Math.tanh, -0.7, 0.7],
  ['sigmoid', (x) => 1 / (1 + Math.exp(-x)), -60, 60],
  ['softplus', (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), -60, 60],
  ['sin', Math.sin, -1e5, 1e5],
  ['cos', Math.cos, -1e5, 1e5],
  ['sin', Math.sin, 9e5, 1e9],
  ['cos', Math.cos, -1e22, 1e38],
];

describe('wasm transcendental functions', async () => {
  const backend = await wasm({ runtime: new WasmRuntime({ threads: 1 }) });

  for (const dtype of ['float32', 'float64'] as const)
    for (const [op, reference, low, high] of CASES)
      it(`${op} · ${dtype} · ${low}…${high}: within ${ULPS[dtype]} units in the last place`, () => {
        const grid = Float64Array.from(
          { length: POINTS },
          (_, k) => low + ((high - low) * (k + 0.3)) / POINTS,
        );
        const x = dtype === 'float32' ? Float32Array.from(grid) : grid;
        const y = backend.readSync!(backend.kernels.unary(op, operand(backend, [POINTS], dtype, x)));
        for (let k = 0; k < POINTS; k++) {
          const exact = reference(x[k]);
          const units = Math.abs(y[k] - exact) / (Math.abs(exact) * SPACING[dtype]);
          if (!(units <= ULPS[dtype])) expect.fail(`${op}(${x[k]}) = ${y[k]}, not ${exact}: ${units} units`);
        }
      });

  it('keeps the digits of log cosh near zero', () => {
    const x = [1e-8, -1e-5, 1e-3];
    const y = backend.readSync!(backend.kernels.unary('logCosh', operand(backend, [3], 'float64', x)));
    x.forEach((v, k) => {
      const series = v ** 2 / 2 - v ** 4 / 12 + v ** 6 / 45;
      expect(Math.abs(y[k] / series - 1)).toBeLessThan(4 * SPACING.float64);
    });
  });

  it('gives the limits at infinities, zero and NaN', () => {
    const x = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0];
    const expected: Partial<Record<UnaryOp, number[]>> = {
      exp: [Number.POSITIVE_INFINITY, 0, Number.NaN, 1],
      log: [Number.POSITIVE_INFINITY, Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY],
      tanh: [1, -1, Number.NaN, 0],
      softplus: [Number.POSITIVE_INFINITY, 0, Number.NaN, Math.LN2],
      logCosh: [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, 0],
    };
    for (const [op, values] of Object.entries(expected)) {
      const y = backend.readSync!(backend.kernels.unary(op as UnaryOp, operand(backend, [4], 'float64', x)));
      expect([...y], op).toEqual(values);
    }
  });

  it('raises to powers as ECMAScript does', () => {
    const bases = [
      2,
      -2,
      -2,
      0,
      -0,
      Number.POSITIVE_INFINITY,
      1,
      0.5,
      -8,
      1.0000001,
      7.3,
      1e-310,
      Number.NaN,
    ];
    const exponents = [10, 3, 0.5, -1, -1, -1, Number.POSITIVE_INFINITY, -1074, 1 / 3, 1e9, -351.7, 0.3, 0];
    const n = bases.length;
    const a = operand(backend, [n], 'float64', bases);
    const b = operand(backend, [n], 'float64', exponents);
    const y = backend.readSync!(backend.kernels.binary('pow', a, b, [n]));
    bases.forEach((base, k) => {
      const exact = base ** exponents[k];
      if (Number.isFinite(exact) && exact !== 0)
        expect(Math.abs(y[k] / exact - 1)).toBeLessThanOrEqual(2 * SPACING.float64);
      else expect(y[k]).toBe(exact);
    });
  });
});
