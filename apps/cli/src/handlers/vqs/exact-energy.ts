import { diagonalize, type ExactSpectrum, exactMemory } from '@spinformer/transformer-vqs';
import type { SpinProblem } from './spin-problem.ts';

/** Configurations that are diagonalised without being asked to: some seconds on one core. */
const MOST_CONFIGURATIONS = 200_000;

/** The number of configurations of the problem's sector. */
export function configurationsOf({ hamiltonian, model }: SpinProblem): number {
  return exactMemory(hamiltonian, { totalSz: model.totalSz }).configurations;
}

/** Most configurations that are summed without being asked to. */
const SUMMED = 2 ** 14;

/** Whether a problem is so small that all of its configurations are summed. */
export function isSmall(problem: SpinProblem): boolean {
  return configurationsOf(problem) <= SUMMED;
}

/** The exact ground state where it can be had in seconds. */
export function exactGroundState(problem: SpinProblem): ExactSpectrum | undefined {
  if (configurationsOf(problem) > MOST_CONFIGURATIONS) return undefined;
  const { hamiltonian, model } = problem;
  const spectrum = diagonalize(hamiltonian, { totalSz: model.totalSz });
  return spectrum.status === 'converged' ? spectrum : undefined;
}
