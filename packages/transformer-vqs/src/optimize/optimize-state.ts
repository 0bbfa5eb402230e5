import { letEventsThrough, ShapeError, type Status } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { vScore } from '../observables/v-score.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import type { WaveFunction } from '../wave-function.ts';
import { descend, venture } from './take-step.ts';
import { type VmcOptions, vmcSettings } from './vmc-options.ts';
import { type Update, VmcRun } from './vmc-run.ts';
import type { VmcMetrics, VmcTick } from './vmc-state.ts';

/** Steps rejected in a row that end an optimisation. */
const MOST_REJECTIONS = 8;

const NO_UPDATE: Update = { diagonalShift: 0, learningRate: 0, stepNorm: 0, rejected: false };

/**
 * Looks for the ground state: lowers the energy of a wave function by stochastic reconfiguration or one of its
 * relatives, as ticks. The first tick (step 0) measures the start; each further one follows an update. A tick's energy is
 * that of the parameters in its state.
 *
 * With `samples: 'all'` the energy is exact and never rises: the diagonal shift adapts until a step lowers it. With
 * sampling, steps that explode are taken back, said in `metrics.rejected` and `remedy`, and tried again with a larger shift.
 *
 * Statuses: `step-limit`; `converged` (full sum: no step lowers the energy any more); `diverged` (eight updates in a row
 * exploded; the state is the last good one); `aborted`.
 *
 * @param hamiltonian - on the same sites as the wave function.
 * @returns ticks whose `state` resumes bit for bit and holds the parameters, see `parametersFromVmcState`.
 * @throws {ShapeError | DomainError | ConfigError} when the first tick is asked for, naming what is wrong.
 * @source sorella2001; chen2024minsr; goldshlager2024spring
 * @example
 * ```ts
 * for await (const tick of optimizeState(j1j2(square(4), { j2: 0.5 }), wave, { rng: seededRng(1), samples: 'all' }))
 *   console.log(tick.step, formatEstimate(tick.energy));
 * ```
 */
export async function* optimizeState<P extends ParameterTree>(
  hamiltonian: SpinHamiltonian,
  wave: WaveFunction<P>,
  options: VmcOptions<P>,
): AsyncGenerator<VmcTick> {
  const { sites } = hamiltonian.lattice;
  if (wave.sites !== sites)
    throw new ShapeError(
      `optimizeState: the wave function has ${wave.sites} sites, the Hamiltonian ${sites}. Build both on one lattice.`,
    );
  const settings = vmcSettings(sites, options);
  const run = new VmcRun(hamiltonian, wave, settings, options);
  try {
    if (!options.resume) {
      const tick = tickOf(run, NO_UPDATE, options.signal);
      yield tick;
      if (tick.status !== 'running') return;
    }
    while (run.step < settings.steps) {
      await letEventsThrough();
      const monotone = settings.samples === 'all' && run.natural;
      const update = options.signal?.aborted ? NO_UPDATE : monotone ? descend(run) : venture(run);
      if (update !== NO_UPDATE) run.step++;
      const tick = tickOf(run, update, options.signal);
      yield tick;
      if (tick.status !== 'running') return;
    }
  } finally {
    run.dispose();
  }
}

function tickOf<P extends ParameterTree>(
  run: VmcRun<P>,
  update: Update | undefined,
  signal: AbortSignal | undefined,
): VmcTick {
  const { estimate } = run.point;
  const verdict = judge(run, update, signal);
  return {
    step: run.step,
    metrics: metricsOf(run, update ?? NO_UPDATE),
    energy: estimate,
    state: run.state(),
    ...verdict,
  };
}

function metricsOf<P extends ParameterTree>(run: VmcRun<P>, update: Update): VmcMetrics {
  const { energy, variance, estimate, acceptance, evaluations, weights } = run.point;
  const { rHat, autocorrelationTime } = estimate;
  return {
    energyPerSite: estimate.mean,
    standardError: estimate.standardError,
    variance,
    vScore: vScore(energy, variance, run.problem.wave.sites),
    acceptance,
    ...(Number.isNaN(rHat) ? {} : { rHat, autocorrelationTime }),
    diagonalShift: update.diagonalShift,
    learningRate: update.learningRate,
    stepNorm: update.stepNorm,
    rejected: update.rejected ? 1 : 0,
    uniqueSamples: weights.length,
    evaluations,
  };
}

function judge<P extends ParameterTree>(
  run: VmcRun<P>,
  update: Update | undefined,
  signal: AbortSignal | undefined,
): { readonly status: Status; readonly remedy?: string } {
  if (!Number.isFinite(run.point.energy))
    return { status: 'diverged', remedy: 'The start has no finite energy. Start from smaller parameters.' };
  if (update === undefined) return { status: 'converged' };
  if (run.rejections >= MOST_REJECTIONS)
    return {
      status: 'diverged',
      remedy:
        `${run.rejections} updates in a row exploded; the state is the last good one. Resume with a smaller ` +
        'learningRate or maximumStepNorm, or with more samples.',
    };
  if (signal?.aborted)
    return { status: 'aborted', remedy: 'Stopped on request. Resume from this state to go on.' };
  if (run.step >= run.settings.steps)
    return {
      status: 'step-limit',
      remedy: `All ${run.settings.steps} steps are done. Raise steps if the energy still falls.`,
    };
  if (update.rejected) {
    const changed = run.natural
      ? `the diagonal shift is now ${run.caution} times`
      : `the learning rate is now 1/${run.caution} of`;
    return { status: 'running', remedy: `The update exploded and was taken back; ${changed} its schedule.` };
  }
  return { status: 'running' };
}
