import type { Floats } from '@spinformer/numerics';
import type { Scenario } from '../replica-problem.ts';
import type { Spectrum } from '../spectra/spectrum.ts';

/** One row to simulate: the options of `isingProblem`, or with `colours` those of `pottsProblem`. */
export interface RowSpecification {
  readonly scenario: Scenario;
  /** α = sequences / sites; rounded to whole sequences. */
  readonly load: number;
  /** λ of the summed loss. */
  readonly ridge: number;
  /** ρ. */
  readonly teacherVariance: number;
  /** C; absent means Ising with spins ±1. */
  readonly colours?: number;
  /** The student's U, [colours, colours]; default the identity. */
  readonly colourMatrix?: Floats<'colours colours'>;
  /** The teacher's U; default the student's. */
  readonly teacherColourMatrix?: Floats<'colours colours'>;
  /** What is fitted with `colours`: one number per site (default) or a [colours, colours] matrix per site. */
  readonly structure?: 'factored' | 'unstructured';
  /** Ω; only without `colours`, and then inputs are Gaussian vectors instead of spins. */
  readonly covariance?: Spectrum;
  /** Ising inputs: `spins` (default without covariance) or `gaussian`. */
  readonly inputs?: 'spins' | 'gaussian';
}

/** Training and test data of one row with its teacher. */
export interface RowData {
  /** w*, [sites]. */
  readonly teacher: Float64Array;
  /** Features x_a of each answer, [samples, answers, sites]: the logit of answer a is w·x_a. */
  readonly train: RowSamples;
  readonly test: RowSamples;
}

/** Samples of a row. */
export interface RowSamples {
  readonly count: number;
  readonly answers: number;
  /** [count, answers, sites], already divided by √sites. */
  readonly features: Float64Array;
  /** [count]. */
  readonly targets: Int32Array;
  /** The inputs themselves where they are colours, [count, sites]. */
  readonly states?: Int32Array;
}
