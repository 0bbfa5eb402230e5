import type { PlainData } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import type { EnergyPoint } from './energy-point.ts';
import type { Directions } from './natural-directions.ts';
import type { Update, VmcRun } from './vmc-run.ts';

/** The shift is multiplied by this when a step was rejected… */
const RAISE = 4;
/** …and divided by this when one was good. */
const LOWER = 1.5;
/** Shifts tried from one point of a full sum before it is taken for a minimum. */
const ATTEMPTS = 12;
/** A variance this many times the last one is an explosion. */
const EXPLOSION = 10;
/** Variance per site below which a jump is no explosion: there is little to lose near an eigenstate. */
const CALM = 1e-3;

/**
 * One update of a full sum by the trust region: the diagonal shift grows until the energy falls, and shrinks after
 * every success. The energy never rises.
 *
 * @returns undefined when no shift lowers the energy: a minimum to rounding.
 */
export function descend<P extends ParameterTree>(run: VmcRun<P>): Update | undefined {
  const learningRate = run.settings.learningRate(run.step);
  const directions = run.directions();
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const diagonalShift = run.settings.diagonalShift(run.step) * run.caution;
      const direction = directions.at(diagonalShift);
      const candidate = run.candidate(direction, learningRate);
      if (candidate.point.energy < run.point.energy) {
        run.accept(candidate, directions.after(direction));
        run.caution /= LOWER;
        return { diagonalShift, learningRate, stepNorm: candidate.stepNorm, rejected: false };
      }
      run.reject(candidate, null, null);
      run.caution *= RAISE;
    }
    return undefined;
  } finally {
    directions.dispose();
  }
}

/**
 * One update with sampled energies: taken unless it explodes (a local energy that is no number, or a variance ten times
 * the last one). Then the last good parameters and chains come back and the diagonal shift is raised.
 */
export function venture<P extends ParameterTree>(run: VmcRun<P>): Update {
  const learningRate = run.settings.learningRate(run.step);
  const diagonalShift = run.settings.diagonalShift(run.step) * run.caution;
  const directions: Directions<PlainData> = run.directions();
  try {
    const { now, before } = run.chainsState();
    const direction = directions.at(diagonalShift);
    const candidate = run.candidate(direction, learningRate);
    if (isSound(candidate.point, run.point, run.problem.wave.sites)) {
      run.accept(candidate, directions.after(direction));
      run.caution = Math.max(1, run.caution / LOWER);
      return { diagonalShift, learningRate, stepNorm: candidate.stepNorm, rejected: false };
    }
    run.reject(candidate, now, before);
    run.caution *= RAISE;
    run.rejections++;
    return { diagonalShift, learningRate, stepNorm: 0, rejected: true };
  } finally {
    directions.dispose();
  }
}

function isSound(next: EnergyPoint, last: EnergyPoint, sites: number): boolean {
  if (!Number.isFinite(next.energy) || !Number.isFinite(next.variance)) return false;
  return next.variance <= EXPLOSION * Math.max(last.variance, CALM * sites);
}
