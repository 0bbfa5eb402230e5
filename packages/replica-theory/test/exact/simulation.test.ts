import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import {
  expectedLoss,
  isingProblem,
  normalDeviation,
  pottsProblem,
  ROW_OBSERVABLES,
  type RowObservable,
  type RowSpecification,
  simulateRow,
  skSpectrum,
  solveSaddlePoint,
  unstructuredPottsProblem,
} from '../../src/index.ts';
import { drawRow } from '../../src/simulation/draw-row.ts';
import { fitRow } from '../../src/simulation/fit-row.ts';

/** One point in a few thousand lies farther off by chance; all seeds are fixed. */
const STANDARD_ERRORS = 3.5;

/** Observables of every repeat: [repeats] under each name. */
async function simulate(specification: RowSpecification, sites: number, repeats: number, seed: number) {
  const options = { sites, repeats, testSamples: 3 * sites, rng: seededRng(seed) };
  let values: Float64Array = new Float64Array(0);
  for await (const tick of simulateRow(specification, options)) values = tick.state.values;
  const width = ROW_OBSERVABLES.length;
  return Object.fromEntries(
    ROW_OBSERVABLES.map((name, column) => [name, values.filter((_, i) => i % width === column)]),
  ) as Record<RowObservable, Float64Array>;
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
  ['tilted, ridge 1', { scenario: 'tilted', load: 4, ridge: 1, teacherVariance: 1 }, 100, 12],
  ['tilted, ridge 0.1', { scenario: 'tilted', load: 1, ridge: 0.1, teacherVariance: 0.25 }, 100, 12],
  ['gaussian, ridge 1', { scenario: 'gaussian', load: 4, ridge: 1, teacherVariance: 1 }, 100, 12],
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
  ['tilted, 3 colours', { scenario: 'tilted', load: 3, ridge: 1, teacherVariance: 4, colours: 3 }, 100, 12],
  [
    'gaussian, 3 colours',
    { scenario: 'gaussian', load: 3, ridge: 1, teacherVariance: 4, colours: 3 },
    100,
    12,
  ],
  [
    'tilted, 3 colours, SK covariance',
    { scenario: 'tilted', load: 3, ridge: 1, teacherVariance: 4, colours: 3, covariance: skSpectrum(2 / 3) },
    100,
    12,
  ],
  [
    'gaussian, 3 colours, SK covariance',
    {
      scenario: 'gaussian',
      load: 3,
      ridge: 1,
      teacherVariance: 4,
      colours: 3,
      covariance: skSpectrum(2 / 3),
    },
    100,
    12,
  ],
  ['tilted, 5 colours', { scenario: 'tilted', load: 2, ridge: 1, teacherVariance: 4, colours: 5 }, 100, 12],
  [
    'tilted, unstructured',
    { scenario: 'tilted', load: 8, ridge: 0.3, teacherVariance: 4, colours: 3, structure: 'unstructured' },
    100,
    12,
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
    100,
    12,
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
    100,
    12,
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
    100,
    12,
  ],
];

const GRID_OBSERVABLES = ['trainingLoss', 'generalizationLoss', 'reconstructionError'] as const;

/** Fifteen points of three observables that hang together: the mean square scatters by about a third around one. */
const MEAN_SQUARE = 1.5;

const GRIDS: readonly (readonly [string, Omit<RowSpecification, 'load' | 'ridge'>])[] = [
  ['spins', { scenario: 'tilted', teacherVariance: 1 }],
  ['correlated spins', { scenario: 'tilted', teacherVariance: 0.49, covariance: skSpectrum(0.7) }],
  ['three colours', { scenario: 'tilted', teacherVariance: 4, colours: 3 }],
];

describe('simulated rows agree with the theory', () => {
  it.each(CASES)('%s', async (_, specification, sites, repeats) => {
    const expected = theory(specification);
    const found = await simulate(specification, sites, repeats, 11);
    for (const name of ROW_OBSERVABLES) {
      const { deviation } = normalDeviation(found[name], expected[name]!);
      expect(Math.abs(deviation)).toBeLessThan(STANDARD_ERRORS);
    }
  });

  it.each(GRIDS)('over five loads and three ridges: %s', async (_, world) => {
    const deviations = [];
    for (const load of [0.5, 1, 2, 4, 6]) {
      for (const ridge of [0.1, 0.5, 2]) {
        const specification = { ...world, load, ridge };
        const expected = theory(specification);
        const found = await simulate(specification, 120, 12, 100 * load + 10 * ridge);
        for (const name of GRID_OBSERVABLES) {
          deviations.push(normalDeviation(found[name], expected[name]!).deviation);
        }
      }
    }
    expect(Math.max(...deviations.map(Math.abs))).toBeLessThan(STANDARD_ERRORS);
    const squares = deviations.reduce((sum, z) => sum + z * z, 0) / deviations.length;
    expect(squares).toBeLessThan(MEAN_SQUARE);
  });

  it('and tell the scenarios apart', async () => {
    const tilted = { scenario: 'tilted', load: 4, ridge: 1, teacherVariance: 1 } as const;
    const found = await simulate(tilted, 100, 12, 11);
    const wrong = theory({ ...tilted, scenario: 'gaussian' });
    const { deviation } = normalDeviation(found.generalizationLoss, wrong.generalizationLoss);
    expect(Math.abs(deviation)).toBeGreaterThan(STANDARD_ERRORS);
  });
});

describe('a fitted row', () => {
  const colourMatrix = Float64Array.of(1, 0.3, -0.2, 0.3, 0.4, 0.1, -0.2, 0.1, 1.8);
  const common = { scenario: 'tilted', load: 4, ridge: 0.4, teacherVariance: 3 } as const;
  const rows: readonly (readonly [string, RowSpecification])[] = [
    ['of spins', common],
    ['of Gaussian inputs', { ...common, covariance: skSpectrum(0.5) }],
    ['of colours', { ...common, colours: 3, colourMatrix }],
    ['of Gaussian colours', { ...common, colours: 3, colourMatrix, inputs: 'gaussian' }],
    ['of matrices', { ...common, colours: 3, structure: 'unstructured' }],
  ];

  it.each(rows)('%s is a minimum', (_, specification) => {
    const { train } = drawRow(specification, 7, { train: 61, test: 1 }, seededRng(2));
    const { row, targets } = train;
    const { weights, isConverged } = fitRow(train, 0.4, 1000);
    expect(isConverged).toBe(true);
    // The slope along each parameter from the logits alone: they are linear, so that a unit vector reads a column.
    const logits = new Float64Array(row.count * row.answers);
    row.logits(weights, logits);
    const column = new Float64Array(logits.length);
    for (let i = 0; i < row.size; i++) {
      row.logits(
        Float64Array.from({ length: row.size }, (_, j) => (i === j ? 1 : 0)),
        column,
      );
      let slope = 0.4 * weights[i];
      for (let k = 0; k < row.count; k++) {
        const at = k * row.answers;
        const shares = logits.slice(at, at + row.answers).map(Math.exp);
        const total = shares.reduce((sum, share) => sum + share, 0);
        shares.forEach((share, a) => {
          slope += (share / total - (a === targets[k] ? 1 : 0)) * column[at + a];
        });
      }
      expect(Math.abs(slope)).toBeLessThan(1e-8);
    }
  });

  it('pulls back by the transpose of its logits', () => {
    for (const [, specification] of rows) {
      const { row } = drawRow(specification, 6, { train: 11, test: 1 }, seededRng(3)).train;
      const rng = seededRng(4);
      const weights = Float64Array.from({ length: row.size }, () => rng.normal());
      const forces = Float64Array.from({ length: row.count * row.answers }, () => rng.normal());
      const logits = new Float64Array(forces.length);
      row.logits(weights, logits);
      const gradient = new Float64Array(row.size);
      row.pullBack(forces, gradient);
      const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i], 0);
      expect(dot(gradient, weights)).toBeCloseTo(dot(forces, logits), 11);
    }
  });

  it.each(['tilted', 'gaussian'] as const)('has answers with the law that its truth says: %s', (scenario) => {
    for (const inputs of ['spins', 'gaussian'] as const) {
      for (const colours of [undefined, 3]) {
        const specification = { ...common, scenario, inputs, ...(colours && { colours, colourMatrix }) };
        const { train } = drawRow(specification, 3, { train: 40_000, test: 1 }, seededRng(6));
        const answers = colours ?? 2;
        // Σ over samples of δ(answer, a) − p(a), whose variance is Σ p(a)(1 − p(a)).
        const [excess, variance] = [new Float64Array(answers), new Float64Array(answers)];
        // The same where p(a) is larger than by chance, so that a constant p would not pass.
        const [sure, sureVariance] = [new Float64Array(answers), new Float64Array(answers)];
        for (let k = 0; k < train.targets.length; k++) {
          const shares = train.truth.slice(k * answers, (k + 1) * answers).map(Math.exp);
          const total = shares.reduce((sum, share) => sum + share, 0);
          shares.forEach((share, a) => {
            const p = share / total;
            const hit = (train.targets[k] === a ? 1 : 0) - p;
            excess[a] += hit;
            variance[a] += p * (1 - p);
            if (p < 1.2 / answers) return;
            sure[a] += hit;
            sureVariance[a] += p * (1 - p);
          });
        }
        for (let a = 0; a < answers; a++) {
          expect(Math.abs(excess[a])).toBeLessThan(4 * Math.sqrt(variance[a]));
          expect(Math.abs(sure[a])).toBeLessThan(4 * Math.sqrt(sureVariance[a]));
        }
      }
    }
  });

  it('loses nothing but the entropy when it is the teacher', () => {
    expect(expectedLoss([0, 0, 3, 3], [1, 1, -2, -2], 2)).toMatchObject({
      loss: expect.closeTo(Math.log(2), 12),
    });
    const { loss, errorRate } = expectedLoss([0, Math.log(3)], [0, Math.log(3)], 2);
    expect(loss).toBeCloseTo(-(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75)), 12);
    expect(errorRate).toBeCloseTo(0.25, 12);
  });
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

  it('say when fits did not converge', async () => {
    const options = { sites: 20, repeats: 2, maxIterations: 1, rng: seededRng(4) };
    let last: { status: string; remedy?: string } | undefined;
    for await (const tick of simulateRow(specification, options)) last = tick;
    expect(last!.status).toBe('step-limit');
    expect(last!.remedy).toMatch(/2 of 2 fits did not converge/);
  });

  it('refuse what makes no sense', async () => {
    const first = (spec: RowSpecification, options: { sites: number; repeats: number }) =>
      simulateRow(spec, { ...options, rng: seededRng(1) }).next();
    const sizes = { sites: 20, repeats: 2 };
    await expect(first({ ...specification, load: -1 }, sizes)).rejects.toThrow(/load/);
    await expect(first({ ...specification, load: 0.001 }, sizes)).rejects.toThrow(/no sequence/);
    await expect(first(specification, { sites: 1, repeats: 2 })).rejects.toThrow(/sites/);
    const matrices = { ...specification, colours: 3, structure: 'unstructured' } as const;
    await expect(first({ ...matrices, covariance: skSpectrum(0.5) }, sizes)).rejects.toThrow(
      /needs colours as inputs/,
    );
    await expect(first({ ...matrices, inputs: 'gaussian' }, sizes)).rejects.toThrow(
      /needs colours as inputs/,
    );
    await expect(first({ ...specification, structure: 'unstructured' }, sizes)).rejects.toThrow(
      /needs colours/,
    );
  });
});
