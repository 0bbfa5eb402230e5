import { describe, expect, it } from 'vitest';
import {
  bayesLoss,
  empiricalSpectrum,
  isingProblem,
  learningCurve,
  logisticProblem,
  optimalRidge,
  pottsProblem,
  ridgeProblem,
  type Scenario,
  separabilityThreshold,
  skSpectrum,
  softmaxProblem,
  solveSaddlePoint,
  spectrumFromCovariance,
  unstructuredPottsProblem,
} from '../../src/index.ts';

const ising = { load: 4, ridge: 1, teacherVariance: 1, scenario: 'tilted' } as const;
const potts = { ...ising, colours: 3 };

describe('bad input is refused with name, value and remedy', () => {
  it('numbers out of range', () => {
    expect(() => isingProblem({ ...ising, load: -1 })).toThrow(
      /isingProblem: load must be a number ≥ 0, got -1/,
    );
    expect(() => isingProblem({ ...ising, ridge: -0.1 })).toThrow(/ridge must be a number > 0, got -0.1/);
    expect(() => isingProblem({ ...ising, ridge: 0 })).toThrow(/take 1e-6/);
    expect(() => isingProblem({ ...ising, teacherVariance: 0 })).toThrow(/teacherVariance/);
    expect(() => isingProblem({ ...ising, load: Number.NaN })).toThrow(/load/);
    expect(() => isingProblem({ ...ising, scenario: 'other' as Scenario })).toThrow(/'tilted' or 'gaussian'/);
    expect(() => ridgeProblem({ load: 1, ridge: 1, teacherVariance: 1, noise: -1 })).toThrow(/noise/);
    expect(() => pottsProblem({ ...potts, load: -2 })).toThrow(/load/);
    expect(() => unstructuredPottsProblem({ ...potts, ridge: -2 })).toThrow(/ridge/);
    expect(() => bayesLoss({ teacherVariance: -1, scenario: 'tilted' })).toThrow(/teacherVariance/);
    expect(() => separabilityThreshold({ teacherVariance: 0, scenario: 'tilted' })).toThrow(
      /teacherVariance/,
    );
    expect(() => isingProblem({ ...ising, quadrature: { nodes: 10 } })).toThrow(/odd/);
    expect(() => isingProblem({ ...ising, quadrature: { halfWidth: 0 } })).toThrow(/halfWidth/);
  });

  it('covariances that are none', () => {
    expect(() => spectrumFromCovariance(Float64Array.of(1, 2, 2, 1))).toThrow(
      /not positive semidefinite.*Shrink/,
    );
    expect(() => spectrumFromCovariance(Float64Array.of(1, 2, 3, 1))).toThrow(/not symmetric/);
    expect(() => spectrumFromCovariance(Float64Array.of(1, 2, 3))).toThrow(/\[sites, sites\]/);
    expect(() => spectrumFromCovariance(Float64Array.of(1, 0, 0, 1), [1])).toThrow(/teacher must have 2/);
    expect(() => spectrumFromCovariance(Float64Array.of(1, 0, 0, Number.NaN))).toThrow(/NaN/);
    expect(() => empiricalSpectrum([])).toThrow(/at least one/);
    expect(() => empiricalSpectrum([1, -0.5])).toThrow(/eigenvalue 1 is -0.5/);
    expect(() => empiricalSpectrum([0, 0])).toThrow(/do not vary/);
    expect(() => empiricalSpectrum([1, 2], [1])).toThrow(/2 entries, got 1/);
    expect(() => empiricalSpectrum([1, 2], [1, -1])).toThrow(/squares/);
    expect(() => isingProblem({ ...ising, covariance: empiricalSpectrum([1, 0], [0, 1]) })).toThrow(
      /no weight/,
    );
    expect(() => skSpectrum(1)).toThrow(/beta must be in \[0, 1\), got 1/);
  });

  it('colours that are too many or not there', () => {
    expect(() => pottsProblem({ ...potts, colours: 1 })).toThrow(
      /colours must be an integer in 2…256, got 1/,
    );
    expect(() => pottsProblem({ ...potts, colours: 6, nodes: 81 })).toThrow(
      /6 colours with 81 nodes on each of 5 axes cost .* multiplications per update and .* MiB/,
    );
    expect(() => pottsProblem({ ...potts, colours: 200 })).toThrow(/fewer colours/);
    expect(() => pottsProblem({ ...potts, nodes: 8 })).toThrow(/nodes/);
    expect(() => pottsProblem({ ...potts, nodes: 12 })).toThrow(/odd/);
    expect(() => pottsProblem({ ...potts, samples: 3 })).toThrow(/samples/);
    expect(() => pottsProblem({ ...potts, colourMatrix: new Float64Array(4) })).toThrow(/\[3, 3\]/);
    expect(() => pottsProblem({ ...potts, colourMatrix: new Float64Array(9) })).toThrow(/no zero-sum part/);
    expect(() => pottsProblem({ ...potts, colourMatrix: new Float64Array(9).fill(Number.NaN) })).toThrow(
      /NaN/,
    );
  });

  it('settings of the solver and of curves', () => {
    const problem = isingProblem(ising);
    expect(() => solveSaddlePoint(problem, { tolerance: 0 })).toThrow(/tolerance/);
    expect(() => solveSaddlePoint(problem, { damping: 1 })).toThrow(/damping/);
    expect(() => solveSaddlePoint(problem, { maximumIterations: 0 })).toThrow(/maximumIterations/);
    expect(() => solveSaddlePoint(problem, { start: [1, 2] })).toThrow(/3 entries \(m, q, v\), got 2/);
    expect(() => learningCurve(() => problem, [])).toThrow(/loads/);
    expect(() => optimalRidge((ridge) => isingProblem({ ...ising, ridge }), { range: [1, 1] })).toThrow(
      /range/,
    );
  });
});

describe('not converging is a status', () => {
  it('names the remedy', () => {
    const { status, remedy } = solveSaddlePoint(isingProblem(ising), { maximumIterations: 3 });
    expect(status).toBe('step-limit');
    expect(remedy).toMatch(/Raise maximumIterations/);
  });

  it('a map that leaves the numbers is diverged', () => {
    const broken = { ...isingProblem(ising), update: () => Float64Array.of(Number.NaN, 1, 1) };
    const { status, remedy } = solveSaddlePoint(broken);
    expect(status).toBe('diverged');
    expect(remedy).toMatch(/damping/);
  });

  it('a coarse quadrature is told', () => {
    const coarse = isingProblem({ ...ising, ridge: 1e-4, quadrature: { nodes: 9 } });
    const { quadratureError, remedy } = solveSaddlePoint(coarse, { quadratureTolerance: 1e-6 });
    expect(quadratureError).toBeGreaterThan(1e-6);
    expect(remedy).toMatch(/more nodes/);
  });

  it('optimal ridge throws instead of using numbers that have not converged', () => {
    const make = (ridge: number) => isingProblem({ ...ising, ridge });
    expect(() => optimalRidge(make, { maximumIterations: 3 })).toThrow(/did not|Stopped/);
  });
});

describe('curves and names', () => {
  it('sees coexisting solutions and prefers the lower free energy', () => {
    // x = tanh(2x + h) with h the load: two stable solutions for small |h|.
    const make = (load: number) => ({
      ...isingProblem(ising),
      name: 'mean field',
      load,
      orderParameters: ['m'],
      initial: () => Float64Array.of(-0.9),
      update: (x: Float64Array) => Float64Array.of(Math.tanh(2 * x[0] + load)),
      freeEnergy: (x: Float64Array) => x[0] ** 2 - Math.log(2 * Math.cosh(2 * x[0] + load)),
      observables: isingProblem(ising).observables,
      quadratureError: undefined,
      chart: undefined,
    });
    const wrapped = (load: number) => {
      const problem = make(load);
      return {
        ...problem,
        observables: () => isingProblem(ising).observables(Float64Array.of(0.5, 0.5, 0.5)),
      };
    };
    const curve = learningCurve(wrapped, [-1, -0.1, 0.1, 1]);
    expect(curve.map(({ coexisting }) => coexisting.length)).toEqual([0, 1, 1, 0]);
    expect(curve.map(({ point }) => Math.sign(point[0]))).toEqual([-1, -1, 1, 1]);
  });

  it('aliases solve the same problem', () => {
    const { scenario: _, ...rest } = ising;
    const a = solveSaddlePoint(logisticProblem(rest)).observables;
    expect(a).toEqual(solveSaddlePoint(isingProblem({ ...ising, scenario: 'gaussian' })).observables);
    const common = { ...rest, colours: 3, nodes: 15 };
    const b = solveSaddlePoint(softmaxProblem(common)).observables;
    expect(b).toEqual(solveSaddlePoint(pottsProblem({ ...common, scenario: 'gaussian' })).observables);
  });
});
