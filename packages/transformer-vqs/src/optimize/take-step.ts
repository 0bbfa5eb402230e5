import type { PlainData } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import type { EnergyPoint } from './energy-point.ts';
import type { Directions } from './natural-directions.ts';
import type { Candidate, Update, VmcRun } from './vmc-run.ts';

/** The shift is multiplied by this when a step was rejected… */
const RAISE = 4;
/** …and divided by this when one was good. */
const LOWER = 1.5;
/** Shifts tried from one point of a full sum before it is taken for a minimum. */
const ATTEMPTS = 12;
/** Most doublings of a good step. */
const DOUBLINGS = 4;
/** A variance this many times the last one is an explosion. */
const EXPLOSION = 10;
/** An energy this many standard errors above the last one is no chance, and no step that anybody wants. */
const RISE = 6;
/** Variance per site below which a jump is no explosion: there is little to lose near an eigenstate. */
const CALM = 1e-3;

/**
 * One update of a full sum by the trust region: the diagonal shift grows until the energy falls, and shrinks after
 * every success; along a good direction the step is doubled as long as that pays. The energy never rises. Where a
 * remembered direction leads nowhere (however large the shift, a step keeps part of it), it is forgotten first.
 *
 * @returns undefined when no shift lowers the energy: a minimum to rounding.
 */
export function descend<P extends ParameterTree>(run: VmcRun<P>): Update | undefined {
  const { caution } = run;
  const update = tryShifts(run);
  if (update || !run.forget()) return update;
  run.caution = caution;
  return tryShifts(run);
}

function tryShifts<P extends ParameterTree>(run: VmcRun<P>): Update | undefined {
  const base = run.settings.learningRate(run.step);
  const directions = run.directions();
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const scheduled = run.settings.diagonalShift(run.step);
      run.caution = Math.max(run.caution, run.leastShift() / scheduled);
      const diagonalShift = scheduled * run.caution;
      const direction = directions.at(diagonalShift);
      const first = run.candidate(direction, base);
      if (first.point.energy < run.point.energy) {
        const best = furthest(run, direction, first, base);
        run.accept(best.candidate, directions.after(direction));
        run.caution /= LOWER;
        return { diagonalShift, learningRate: best.rate, stepNorm: best.candidate.stepNorm, rejected: false };
      }
      run.discard(first);
      run.caution *= RAISE;
    }
    return undefined;
  } finally {
    directions.dispose();
  }
}

/** Doubles the step while the energy goes on falling. */
function furthest<P extends ParameterTree>(
  run: VmcRun<P>,
  direction: Float64Array,
  first: Candidate<P>,
  base: number,
): { readonly candidate: Candidate<P>; readonly rate: number } {
  let candidate = first;
  let rate = base;
  for (let doubling = 0; doubling < DOUBLINGS; doubling++) {
    const next = run.candidate(direction, 2 * rate);
    if (!(next.point.energy < candidate.point.energy)) {
      run.discard(next);
      break;
    }
    run.discard(candidate);
    candidate = next;
    rate *= 2;
  }
  return { candidate, rate };
}

/**
 * One update with sampled energies: taken unless it explodes (a local energy that is no number, a variance ten times the
 * last one, or an energy six standard errors above the last one). Then the last good parameters come back, the remembered
 * direction is forgotten, and the diagonal shift is raised (without one, the learning rate lowered). They are sampled
 * anew, because it may have been their samples that were lucky.
 */
export function venture<P extends ParameterTree>(run: VmcRun<P>): Update {
  const learningRate = run.settings.learningRate(run.step) / (run.natural ? 1 : run.caution);
  const diagonalShift = run.settings.diagonalShift(run.step) * run.caution;
  const directions: Directions<PlainData> = run.directions();
  try {
    const now = run.chainsState();
    const direction = directions.at(diagonalShift);
    const candidate = run.candidate(direction, learningRate);
    if (isSound(candidate.point, run.point, run.problem.wave.sites)) {
      run.accept(candidate, directions.after(direction));
      run.caution = Math.max(1, run.caution / LOWER);
      return { diagonalShift, learningRate, stepNorm: candidate.stepNorm, rejected: false };
    }
    run.discard(candidate);
    if (run.natural) run.forget();
    run.sampleAnew(now);
    run.caution *= RAISE;
    run.rejections++;
    return { diagonalShift, learningRate, stepNorm: 0, rejected: true };
  } finally {
    directions.dispose();
  }
}

function isSound(next: EnergyPoint, last: EnergyPoint, sites: number): boolean {
  if (!Number.isFinite(next.energy) || !Number.isFinite(next.variance)) return false;
  if (next.variance > EXPLOSION * Math.max(last.variance, CALM * sites)) return false;
  const error = Math.hypot(next.estimate.standardError, last.estimate.standardError);
  return !(next.estimate.mean - last.estimate.mean > RISE * error);
}
