import type { PlainData, Rng } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import {
  optimizeState,
  type SpinChainsState,
  type SpinHamiltonian,
  type VmcOptions,
  type VmcState,
  type VmcTick,
  type WaveFunction,
} from '@spinformer/transformer-vqs';
import { type InnerState, innerResume, innerTicks } from '../inner-ticks.ts';
import type { PhaseTick } from '../phases.ts';

/** How a wave function is optimised in one phase of a study. */
export interface OptimizeTask<P extends ParameterTree> {
  readonly hamiltonian: SpinHamiltonian;
  readonly wave: WaveFunction<P>;
  readonly rng: Rng;
  readonly steps: number;
  readonly options: Omit<VmcOptions<P>, 'rng' | 'steps' | 'resume' | 'signal'>;
  /** Looks at the state of a tick; the numbers are kept, row after row. Nothing is kept where it returns undefined. */
  readonly look?: (tick: VmcTick) => readonly number[] | undefined;
  readonly resume: PlainData | undefined;
}

/** What an optimisation makes. */
export interface OptimizedWave {
  readonly [key: string]: PlainData;
  readonly parameters: PlainData;
  /** Where the chains stand; null for exact sums. */
  readonly chains: SpinChainsState | null;
  /** Step, energy per site, its standard error and the V-score, [points, 4]. */
  readonly curve: Float64Array;
  /** The rows of `look`, one after the other. */
  readonly looks: Float64Array;
  /** Amplitudes evaluated and derivatives taken, mean of a step. */
  readonly evaluations: number;
  readonly derivatives: number;
  readonly status: string;
  readonly remedy: string;
}

/** Numbers in a row of a curve. */
export const CURVE_COLUMNS = 4;

/**
 * Optimises a wave function as a phase of a study.
 *
 * @returns ticks; then parameters, curve and how it ended
 */
export async function* optimizeWave<P extends ParameterTree>(
  task: OptimizeTask<P>,
): AsyncGenerator<PhaseTick, OptimizedWave> {
  const { hamiltonian, wave, rng, steps, options, resume } = task;
  let notes = (resume as OptimizeState | undefined)?.notes ?? NOTHING;
  const begun = resume as OptimizeState | undefined;
  if (begun?.last) return optimized(begun.inner as VmcState, notes);
  const ticks = optimizeState(hamiltonian, wave, {
    ...options,
    rng,
    steps,
    ...innerResume<VmcState>(resume),
  });
  const show = (tick: VmcTick) => {
    notes = note(notes, tick, task.look?.(tick) ?? []);
    const { energyPerSite, standardError, vScore } = tick.metrics;
    return { fraction: tick.step / steps, metrics: { energyPerSite, standardError, vScore } };
  };
  const { state } = yield* innerTicks(ticks, resume, show, () => ({ notes }));
  return optimized(state, notes);
}

/** What is written down on the way. */
type Notes = {
  readonly curve: Float64Array;
  readonly looks: Float64Array;
  /** Sums over ticks. */
  readonly evaluations: number;
  readonly derivatives: number;
  readonly status: string;
  readonly remedy: string;
};

interface OptimizeState extends InnerState {
  readonly notes: Notes;
}

const NOTHING: Notes = {
  ...{ curve: new Float64Array(0), looks: new Float64Array(0), evaluations: 0, derivatives: 0 },
  ...{ status: 'running', remedy: '' },
};

function note(notes: Notes, { step, metrics, status, remedy }: VmcTick, look: readonly number[]): Notes {
  const { energyPerSite, standardError, vScore, evaluations, uniqueSamples } = metrics;
  return {
    curve: Float64Array.of(...notes.curve, step, energyPerSite, standardError, vScore),
    looks: Float64Array.of(...notes.looks, ...look),
    evaluations: notes.evaluations + evaluations,
    derivatives: notes.derivatives + uniqueSamples,
    status,
    remedy: remedy ?? '',
  };
}

function optimized({ parameters, chains }: VmcState, notes: Notes): OptimizedWave {
  const points = notes.curve.length / CURVE_COLUMNS;
  return {
    ...notes,
    ...{ parameters, chains },
    evaluations: notes.evaluations / points,
    derivatives: notes.derivatives / points,
  };
}
