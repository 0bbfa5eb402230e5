import {
  erf,
  erfc,
  erfcx,
  gaussHermite,
  gaussianTail,
  gaussLegendre,
  logGaussianTail,
  type Quadrature,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { reference, relativeError } from '../helpers/references.ts';

type Table = [number, string][];
interface Rules {
  [order: string]: { nodes: string[]; weights: string[] };
}
const values = reference<Record<string, Table>>('special.json');
const rules = reference<Record<string, Rules>>('special.json');

/** Four roundings of float64: two exponentials, their product, a rational function. */
const FEW_ULP = 8.9e-16;
/** Below 1e-307 float64 loses digits, whatever the method. */
const SUBNORMAL = 1e-307;
/** Values of the rules to a few roundings; weights carry a sum of squares over the order. */
const NODE_ERROR = 4e-16;
const WEIGHT_ERROR = 2e-14;

describe.each([
  ['erf', erf, FEW_ULP],
  ['erfc', erfc, FEW_ULP],
  ['erfcx', erfcx, FEW_ULP],
  ['gaussianTail', gaussianTail, FEW_ULP],
  ['logGaussianTail', logGaussianTail, FEW_ULP],
] as const)('%s', (name, f, tolerance) => {
  it('agrees with mpmath to a few roundings', () => {
    let worst = { x: 0, error: 0 };
    for (const [x, text] of values[name]) {
      if (Math.abs(Number(text)) < SUBNORMAL) continue;
      const error = relativeError(f(x), Number(text));
      if (!(error <= worst.error)) worst = { x, error };
    }
    expect(worst.error, `largest at x = ${worst.x}`).toBeLessThan(tolerance);
  });
});

describe.each([
  ['gaussHermite', gaussHermite],
  ['gaussLegendre', gaussLegendre],
] as [string, (order: number) => Quadrature][])('%s', (name, rule) => {
  it.each(['2', '5', '32'])('agrees with mpmath at order %s', (order) => {
    const { nodes, weights } = rule(Number(order));
    const expected = rules[name][order];
    for (let i = 0; i < nodes.length; i++) {
      const node = Number(expected.nodes[i]);
      expect(Math.abs(nodes[i] - (Math.abs(node) < 1e-30 ? 0 : node))).toBeLessThanOrEqual(
        NODE_ERROR * Math.max(1, Math.abs(node)),
      );
      expect(relativeError(weights[i], Number(expected.weights[i]))).toBeLessThan(WEIGHT_ERROR);
    }
  });
});
