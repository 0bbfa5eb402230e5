import type { PottsLike } from '@spinformer/numerics';
import { checkModel } from '../model.ts';
import { conditionModel } from './conditional-model.ts';
import { checkGenerateOptions, type GenerateOptions, type GenerateTick } from './generate-options.ts';
import type { MixingEvidence } from './mixing.ts';
import { runStretch, type Stretch } from './stretch.ts';

const FIRST_SWEEPS = 16;
const MAXIMUM_SWEEPS = 16_384;
const TOLERANCE = 0.02;
/** Standard errors that the overlap may be above that of strangers. */
const STANDARD_ERRORS = 2;

/**
 * Generates sequences: many chains, one sequence each, with evidence of their mixing. Without `sweeps`, their number
 * doubles until the chains have forgotten half of the sweeps ago: then the second half alone would have done.
 *
 * @returns ticks at every doubling, with the sequences as they are; the last one is `converged`, or `step-limit` where
 *   the chains were not seen to mix. With `sweeps`, one tick, which is `converged` in either case: read `mixing`.
 * @throws {DomainError | ShapeError | DataError} for impossible options; {BackendError} when memory does not suffice.
 * @source rosset2025adabmdca (overlap with half of the time ago); vehtari2021rhat
 * @example
 * ```ts
 * for await (const { status, sequences } of generateSequences(model, { count: 1000, rng: seededRng(1) }))
 *   if (status !== 'running') save(writeFasta(sequences, alignment));
 * ```
 */
export async function* generateSequences(
  model: PottsLike,
  options: GenerateOptions,
): AsyncGenerator<GenerateTick> {
  checkModel('generateSequences', model);
  checkGenerateOptions(model, options);
  const conditioned = conditionModel(model, options.fixed ?? new Map());
  const { sweeps, maximumSweeps = MAXIMUM_SWEEPS } = options;
  const most = sweeps ?? maximumSweeps;
  let state = options.resume?.sampling;
  let target = sweeps ?? Math.min(most, Math.max(FIRST_SWEEPS, 2 * (state?.sweep ?? 0)));
  for (;;) {
    const stretch: Stretch = await runStretch(model, conditioned, options, target, state);
    state = stretch.state;
    const mixed = stretch.mixing.remembered <= allowed(stretch.mixing, options.tolerance ?? TOLERANCE);
    const status = statusOf(stretch, { mixed, target, most, fixed: sweeps !== undefined });
    yield {
      step: state.sweep,
      metrics: {
        sweeps: state.sweep,
        energy: stretch.meanEnergy,
        remembered: stretch.mixing.remembered,
        rHat: stretch.mixing.energy.rHat,
      },
      state: { sampling: state },
      sequences: stretch.sequences,
      mixing: stretch.mixing,
      ...status,
    };
    if (status.status !== 'running') return;
    target = Math.min(most, 2 * target);
  }
}

function allowed({ rememberedError }: MixingEvidence, tolerance: number): number {
  return tolerance + STANDARD_ERRORS * rememberedError;
}

function statusOf(
  { aborted }: Stretch,
  { mixed, target, most, fixed }: { mixed: boolean; target: number; most: number; fixed: boolean },
): Pick<GenerateTick, 'status' | 'remedy'> {
  if (aborted) return { status: 'aborted', remedy: 'Stopped on request. Resume from this state to go on.' };
  if (mixed || fixed) return { status: 'converged' };
  if (target >= most)
    return {
      status: 'step-limit',
      remedy:
        'The chains still remember: raise maximumSweeps, or temperature, or take the sequences with that in mind.',
    };
  return { status: 'running' };
}
