import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import {
  isingProblem,
  pottsProblem,
  ROW_OBSERVABLES,
  type RowSpecification,
  type RowStatistics,
  simulateRow,
  skSpectrum,
  solveSaddlePoint,
  unstructuredPottsProblem,
} from '../../src/index.ts';
import { fitRow } from '../../src/simulation/fit-row.ts';

/** One point in a few thousand lies farther off by chance; all seeds are fixed. */
const STANDARD_ERRORS = 3.5;

async function simulate(specification: RowSpecification, sites: number, repeats: number, seed: number) {
  let statistics: RowStatistics | undefined;
  for await (const tick of simulateRow(specification, { sites, repeats, rng: seededRng(seed) })) {
    statistics = tick.statistics;
  }
  return statistics!;
}

function theory(specification: RowSpecification) {
  const { colours, structure } = specification;
  const make = structure === 'unstructured' ? unstructuredPottsProblem : pottsProblem;
  const problem =
    colours === undefined
      ? isingProblem(specification)
      : make({ ...specification, colours, ...(colours <= 3 ? { nodes: 21 } : { samples: 1024 }) });
  const { status, observables } = solveSaddlePoint(problem);
  expect(status).toBe('converged');
  return observables;
}

const CASES: readonly (readonly [string, RowSpecification, sites: number, repeats: number])[] = [
  ['tilted, ridge 1', { scenario: 'tilted', load: 4, ridge: 1, teacherVariance: 1 }, 100, 16],
  ['tilted, ridge 0.1', { scenario: 'tilted', load: 1, ridge: 0.1, teacherVariance: 0.25 }, 120, 16],
  ['gaussian, ridge 1', { scenario: 'gaussian', load: 4, ridge: 1, teacherVariance: 1 }, 100, 16],
  ['gaussian, ridge 0.1', { scenario: 'gaussian', load: 4, ridge: 0.1, teacherVariance: 1 }, 100, 12],
  [
    'tilted, SK covariance',
    { scenario: 'tilted', load: 4, ridge: 1, teacherVariance: 0.49, covariance: skSpectrum(0.7) },
    100,
    12,
  ],
  [
    'gaussian, SK covariance',
    { scenario: 'gaussian', load: 4, ridge: 1, teacherVariance: 0.49, covariance: skSpectrum(0.7) },
    100,
    12,
  ],
  ['tilted, 3 colours', { scenario: 'tilted', load: 3, ridge: 1, teacherVariance: 4, colours: 3 }, 60, 12],
  [
    'gaussian, 3 colours',
    { scenario: 'gaussian', load: 3, ridge: 1, teacherVariance: 4, colours: 3 },
    60,
    12,
  ],
  ['tilted, 5 colours', { scenario: 'tilted', load: 2, ridge: 1, teacherVariance: 4, colours: 5 }, 50, 8],
  [
    'tilted, unstructured',
    { scenario: 'tilted', load: 8, ridge: 0.3, teacherVariance: 4, colours: 3, structure: 'unstructured' },
    50,
    10,
  ],
  [
    'gaussian, unstructured, another U',
    {
      scenario: 'gaussian',
      load: 4,
      ridge: 1,
      teacherVariance: 4,
      colours: 3,
      structure: 'unstructured',
      colourMatrix: Float64Array.of(1, 0.3, -0.2, 0.3, 0.4, 0.1, -0.2, 0.1, 1.8),
    },
    50,
    10,
  ],
  [
    'gaussian, student with another U',
    {
      scenario: 'gaussian',
      load: 4,
      ridge: 0.5,
      teacherVariance: 4,
      colours: 3,
      teacherColourMatrix: Float64Array.of(1, 0.3, -0.2, 0.3, 0.4, 0.1, -0.2, 0.1, 1.8),
    },
    50,
    10,
  ],
  [
    'tilted, student with another U',
    {
      scenario: 'tilted',
      load: 4,
      ridge: 0.5,
      teacherVariance: 2,
      colours: 3,
      teacherColourMatrix: Float64Array.of(1, 0.3, -0.2, 0.3, 0.4, 0.1, -0.2, 0.1, 1.8),
    },
    80,
    10,
  ],
];

describe('simulated rows agree with the theory', () => {
  it.each(CASES)('%s', async (_, specification, sites, repeats) => {
    const expected = theory(specification);
    const found = await simulate(specification, sites, repeats, 11);
    for (const name of ROW_OBSERVABLES) {
      const { mean, standardError } = found[name];
      expect(Math.abs(mean - expected[name]!) / standardError).toBeLessThan(STANDARD_ERRORS);
    }
  });

  it('and tell the scenarios apart', async () => {
    const tilted = { scenario: 'tilted', load: 4, ridge: 1, teacherVariance: 1 } as const;
    const found = await simulate(tilted, 100, 16, 11);
    const wrong = theory({ ...tilted, scenario: 'gaussian' });
    const { mean, standardError } = found.generalizationLoss;
    expect(Math.abs(mean - wrong.generalizationLoss) / standardError).toBeGreaterThan(STANDARD_ERRORS);
  });
});

it('a fit is a minimum', () => {
  const rng = seededRng(2);
  const [count, answers, sites] = [60, 3, 7];
  const features = Float64Array.from({ length: count * answers * sites }, () => rng.normal());
  const targets = Int32Array.from({ length: count }, () => rng.integer(answers));
  const { weights, isConverged } = fitRow({ count, answers, features, targets }, sites, 0.4);
  expect(isConverged).toBe(true);
  const gradient = weights.map((w) => 0.4 * w);
  for (let sample = 0; sample < count; sample++) {
    const row = (a: number) =>
      features.subarray((sample * answers + a) * sites, (sample * answers + a + 1) * sites);
    const logits = [0, 1, 2].map((a) => row(a).reduce((sum, x, i) => sum + x * weights[i], 0));
    const total = logits.reduce((sum, z) => sum + Math.exp(z), 0);
    for (let a = 0; a < answers; a++) {
      const force = Math.exp(logits[a]) / total - (a === targets[sample] ? 1 : 0);
      row(a).forEach((x, i) => {
        gradient[i] += force * x;
      });
    }
  }
  for (const slope of gradient) expect(Math.abs(slope)).toBeLessThan(1e-8);
});

describe('ticks', () => {
  const specification = { scenario: 'tilted', load: 2, ridge: 1, teacherVariance: 1 } as const;

  it('resume to the bit', async () => {
    const all = [];
    const options = { sites: 20, repeats: 5 };
    for await (const tick of simulateRow(specification, { ...options, rng: seededRng(4) })) all.push(tick);
    const rest = [];
    const resume = all[1].state;
    for await (const tick of simulateRow(specification, { ...options, rng: seededRng(4), resume })) {
      rest.push(tick);
    }
    expect(rest.map(({ step }) => step)).toEqual([3, 4, 5]);
    expect(rest.at(-1)!.state.values).toEqual(all.at(-1)!.state.values);
    expect(all.map(({ status }) => status)).toEqual([
      'running',
      'running',
      'running',
      'running',
      'converged',
    ]);
    expect(all[0].statistics.trainingLoss.standardError).toBeNaN();
  });

  it('refuse what makes no sense', async () => {
    const first = (spec: RowSpecification, options: { sites: number; repeats: number }) =>
      simulateRow(spec, { ...options, rng: seededRng(1) }).next();
    const sizes = { sites: 20, repeats: 2 };
    await expect(first({ ...specification, load: -1 }, sizes)).rejects.toThrow(/load/);
    await expect(first({ ...specification, load: 0.001 }, sizes)).rejects.toThrow(/no sequence/);
    await expect(first(specification, { sites: 1, repeats: 2 })).rejects.toThrow(/sites/);
    await expect(first({ ...specification, colours: 3, covariance: skSpectrum(0.5) }, sizes)).rejects.toThrow(
      /covariance goes with Ising/,
    );
    await expect(first({ ...specification, structure: 'unstructured' }, sizes)).rejects.toThrow(
      /needs colours/,
    );
  });
});
