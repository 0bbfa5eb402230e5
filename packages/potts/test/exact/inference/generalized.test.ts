import { minimize, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionalLosses, conditionalModel } from '../../../src/conditionals.ts';
import { toFullModel, toZeroSumColours } from '../../../src/generalized.ts';
import { distinctSequences } from '../../../src/inference/distinct-sequences.ts';
import { generalizedConditionals } from '../../../src/inference/generalized-conditionals.ts';
import { packGradient, parameterCounts, unpackModel } from '../../../src/inference/generalized-layout.ts';
import { addSquares, GeneralizedObjective } from '../../../src/inference/generalized-objective.ts';
import { inferGeneralizedPotts } from '../../../src/inference/infer-generalized-potts.ts';
import { pseudolikelihood } from '../../../src/inference/pseudolikelihood.ts';
import { replicaSetA } from '../../../src/model-examples.ts';
import { largestDifference } from '../../helpers/random-models.ts';
import { allTicks, lastTick, randomData } from '../../support/random-data.ts';

/** Central differences of a float64 objective of some hundreds. */
const DIFFERENCE = 1e-5;
const GRADIENT_ACCURACY = 1e-6;
/** Sums of the same float64 terms in another order. */
const ROUNDING = 1e-11;

const penalties = { sitePenalty: 0.3, colourPenalty: 0.2, fieldPenalty: 0.1 };

const layouts = fc.record({
  sites: fc.integer({ min: 2, max: 5 }),
  states: fc.integer({ min: 2, max: 4 }),
  heads: fc.integer({ min: 1, max: 2 }),
  symmetric: fc.boolean(),
  freeFields: fc.boolean(),
  fixed: fc.boolean(),
  seed: fc.nat(),
});

describe('the objective of a generalised Potts model', () => {
  it('has the gradient of its value', () => {
    fc.assert(
      fc.property(layouts, ({ fixed, seed, ...rest }) => {
        const rng = seededRng(seed);
        const normals = (length: number) => Float64Array.from({ length }, () => rng.normal());
        const fixedColours = fixed ? normals(rest.heads * rest.states ** 2) : undefined;
        const layout = { ...rest, fixedColours };
        const data = distinctSequences(
          randomData(20, rest.sites, rest.states, { rng, missing: 0.2, weighted: true }),
        );
        const { site, colour, field } = parameterCounts(layout);
        const objective = (x: Float64Array, gradient: Float64Array) => {
          const model = unpackModel(layout, x);
          const parts = {
            siteCouplings: new Float64Array(model.siteCouplings.length),
            colourCouplings: new Float64Array(model.colourCouplings.length),
            fields: new Float64Array(model.fields.length),
          };
          const value = new GeneralizedObjective(data, rest.heads).evaluate(model, parts);
          const all = value + addSquares(model, penalties, parts);
          packGradient(layout, parts, gradient);
          return all;
        };
        const point = normals(site + colour + field);
        const gradient = new Float64Array(point.length);
        const scratch = new Float64Array(point.length);
        objective(point, gradient);
        for (let k = 0; k < point.length; k++) {
          const at = (shift: number) =>
            objective(
              point.map((x, m) => (m === k ? x + shift : x)),
              scratch,
            );
          const slope = (at(DIFFERENCE) - at(-DIFFERENCE)) / (2 * DIFFERENCE);
          expect(Math.abs(slope - gradient[k])).toBeLessThan(GRADIENT_ACCURACY * (1 + Math.abs(slope)));
        }
      }),
      { seed: 2, numRuns: 25 },
    );
  });

  it('is the pseudo-likelihood of the full model, for symmetric couplings', () => {
    const truth = replicaSetA({ sites: 5, states: 4, rng: seededRng(1) });
    const data = randomData(30, 5, 4, { missing: 0.1, weighted: true });
    const nothing = replicaSetA({ sites: 5, states: 4, rng: seededRng(2) });
    const value = new GeneralizedObjective(distinctSequences(data), 1).evaluate(truth, nothing);
    const full = toFullModel(truth);
    const exact = pseudolikelihood(full, data, { fieldPenalty: 0, couplingPenalty: 0 }).objective;
    expect(Math.abs(value / exact - 1)).toBeLessThan(ROUNDING);
    const complete = randomData(30, 5, 4).values;
    const losses = conditionalLosses(generalizedConditionals(truth), complete);
    expect(largestDifference(losses, conditionalLosses(conditionalModel(full), complete))).toBeLessThan(
      ROUNDING,
    );
  });
});

describe('inferGeneralizedPotts', () => {
  const data = randomData(400, 4, 3, { seed: 5 });

  it('with fixed colours reaches the one minimum, from wherever it starts', async () => {
    const options = { colours: 'identity', fieldPenalty: 0.1, sitePenalty: 0.1, tolerance: 1e-9 } as const;
    const { model, status, metrics } = await lastTick(inferGeneralizedPotts(data, options));
    expect(status).toBe('converged');
    const layout = {
      ...data,
      heads: 1,
      symmetric: false,
      fixedColours: model.colourCouplings,
      freeFields: true,
    };
    const objective = new GeneralizedObjective(distinctSequences(data), 1);
    const start = Float64Array.from({ length: 12 + 12 }, (_, k) => Math.sin(k));
    const other = minimize(
      (x, gradient) => {
        const current = unpackModel(layout, x);
        const parts = unpackModel(layout, new Float64Array(x.length));
        parts.colourCouplings.fill(0);
        const value =
          objective.evaluate(current, parts) +
          addSquares(current, { sitePenalty: 0.1, colourPenalty: 0, fieldPenalty: 0.1 }, parts);
        packGradient(layout, parts, gradient);
        return value;
      },
      start,
      { gradientTolerance: 1e-8 },
    );
    expect(Math.abs(metrics.objective / other.value - 1)).toBeLessThan(1e-10);
    const found = unpackModel(layout, other.point);
    expect(largestDifference(model.siteCouplings, found.siteCouplings)).toBeLessThan(1e-6);
  });

  it('keeps the diagonal zero, and pairs equal when asked', async () => {
    const rng = seededRng(1);
    const { model } = await lastTick(
      inferGeneralizedPotts(data, { colours: 'learned', symmetric: true, heads: 2, rng, maximumSteps: 5 }),
    );
    for (let h = 0; h < 2; h++)
      for (let i = 0; i < 4; i++)
        for (let j = 0; j < 4; j++) {
          const value = model.siteCouplings[(h * 4 + i) * 4 + j];
          expect(value).toBe(i === j ? 0 : model.siteCouplings[(h * 4 + j) * 4 + i]);
        }
  });

  it('goes on bit for bit', async () => {
    const options = () => ({ colours: 'learned' as const, rng: seededRng(3), maximumSteps: 9 });
    const ticks = await allTicks(inferGeneralizedPotts(data, options()));
    const rest = await allTicks(inferGeneralizedPotts(data, { ...options(), resume: ticks[4].state }));
    expect(rest.at(-1)?.model).toEqual(ticks.at(-1)?.model);
  });

  it('says what is wrong', async () => {
    const first = (options: Parameters<typeof inferGeneralizedPotts>[1]) =>
      inferGeneralizedPotts(data, options).next();
    await expect(first({ colours: 'learned' })).rejects.toThrow(/Pass rng/);
    await expect(first({ colours: 'known' })).rejects.toThrow(/needs colourCouplings/);
    await expect(first({ colours: 'known', colourCouplings: new Float64Array(4) })).rejects.toThrow(
      /1 × 3 × 3/,
    );
    await expect(first({ colours: 'identity', heads: 2 })).rejects.toThrow(/one head only/);
    await expect(first({ colours: 'identity', heads: 0 })).rejects.toThrow(/heads must be/);
    await expect(first({ colours: 'identity', sitePenalty: -1 })).rejects.toThrow(/sitePenalty must be/);
    await expect(first({ colours: 'any' as 'known' })).rejects.toThrow(/'known', 'learned' or 'identity'/);
  });
});

it('zero-sum colours do not change the conditionals of a symmetric model', () => {
  const truth = replicaSetA({ sites: 4, states: 3, rng: seededRng(4) });
  const shifted = { ...truth, colourCouplings: truth.colourCouplings.map((u) => u + 0.7) };
  const values = randomData(20, 4, 3).values;
  const a = generalizedConditionals(shifted).logConditionals(values);
  const b = generalizedConditionals(toZeroSumColours(shifted)).logConditionals(values);
  expect(largestDifference(a, b)).toBeLessThan(ROUNDING);
});
