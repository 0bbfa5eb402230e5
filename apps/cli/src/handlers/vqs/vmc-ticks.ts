import {
  optimizeState,
  type TransformerParameters,
  type VmcOptions,
  type VmcTick,
} from '@spinformer/transformer-vqs';
import { vqsOptimizeOptions } from '../../commands/vqs-optimize.ts';
import { asUsage } from './flagged.ts';
import type { SpinProblem } from './spin-problem.ts';
import type { ChosenWave } from './wave-of-options.ts';

/** A tick of an optimisation as the command line keeps it. */
export interface OptimizeTick extends VmcTick {
  /** The time of --time is up: the run may go on later. */
  readonly isPaused?: boolean;
}

export interface OptimizeLimits {
  /** Exact energy per site, where it is known. */
  readonly exact?: number;
  /** Seconds after which it stops. */
  readonly seconds?: number;
  /** What is said then. */
  readonly remedy: string;
}

/** Options of the library that have other names on the command line. */
const NAMES = {
  dtype: 'precision',
  rule: 'moves',
  maximumStepNorm: 'maximum-step',
  momentum: 'optimizer-momentum',
};

/** Optimises until the steps or the time are over, with the relative error where the exact energy is known. */
export async function* vmcTicks(
  { hamiltonian }: SpinProblem,
  { wave }: ChosenWave,
  options: VmcOptions<TransformerParameters>,
  { exact, seconds = Number.POSITIVE_INFINITY, remedy }: OptimizeLimits,
): AsyncGenerator<OptimizeTick> {
  const began = performance.now();
  try {
    for await (const tick of optimizeState(hamiltonian, wave, options)) {
      const shown = exact === undefined ? tick : withError(tick, exact);
      yield shown;
      if (tick.status !== 'running' || performance.now() - began < 1000 * seconds) continue;
      yield {
        ...shown,
        status: 'step-limit',
        remedy: `${remedy} It was at step ${tick.step}.`,
        isPaused: true,
      };
      return;
    }
  } catch (error) {
    throw asUsage(vqsOptimizeOptions, error, NAMES);
  }
}

function withError(tick: VmcTick, exact: number): VmcTick {
  const relativeError = Math.abs(tick.metrics.energyPerSite / exact - 1);
  return { ...tick, metrics: { ...tick.metrics, relativeError } };
}
