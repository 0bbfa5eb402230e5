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
  /** Ω, the same for all colours; inputs then are Gaussian vectors. Not for unstructured rows. */
  readonly covariance?: Spectrum;
  /** Inputs: spins or colours (`spins`, default without covariance), or Gaussian vectors of their covariance. */
  readonly inputs?: 'spins' | 'gaussian';
}
