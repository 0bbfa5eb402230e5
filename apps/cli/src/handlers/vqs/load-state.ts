import type { TransformerParameters } from '@spinformer/transformer-vqs';
import { decodeWave, findWave } from '../../models/wave-function-file.ts';
import { resolveModel, type SpinProblem, spinProblem } from './spin-problem.ts';
import { type ChosenWave, projectWave } from './wave-of-options.ts';

/** The wave function of a run, with its symmetries and the model that it is for. */
export interface StoredState extends ChosenWave {
  /** Absolute path of its run directory. */
  readonly run: string;
  readonly problem: SpinProblem;
  /** The caller's, on the current backend. */
  readonly parameters: TransformerParameters;
}

const NOTHING_GIVEN = {
  ...{ lattice: undefined, size: undefined, open: false, j1: undefined, j2: undefined },
  ...{ anisotropy: undefined, signRule: undefined, totalSz: undefined },
};

/**
 * Reads the wave function of a run of vqs optimize.
 * @throws {InputError} when there is none or its file is damaged
 */
export function loadState(reference: string): StoredState {
  const { run, bytes, options } = findWave(reference);
  const problem = spinProblem(resolveModel(NOTHING_GIVEN, options));
  const { wave, parameters } = decodeWave(bytes, run);
  const { symmetries, momentum } = options;
  const projected = projectWave(problem, wave, { symmetries, momentum });
  return { run, problem, parameters, ...projected };
}
