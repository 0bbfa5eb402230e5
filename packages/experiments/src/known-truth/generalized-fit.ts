import type { Configurations, LbfgsState, PlainData, Rng } from '@spinformer/numerics';
import { inferGeneralizedPotts } from '@spinformer/potts';
import { innerResume, innerTicks } from '../shared/inner-ticks.ts';
import type { PhaseTick } from '../shared/phases.ts';
import type { GeneralizedFit } from './known-truth-products.ts';

/** Gradient at which the fit counts as converged, nats per sample: far below the relative 1e-3 that is to be shown. */
const TOLERANCE = 1e-6;
/** Iterations that the fit takes, about. */
const TYPICAL_ITERATIONS = 40;

/**
 * Solves the pseudo-likelihood problem of the generalised Potts model, J and U learned, without fields, every site
 * with its own row of J: independently of attention, on the package `potts` alone.
 *
 * @param data the training samples
 * @param options the stream of the random start, most iterations, and where to go on
 * @returns ticks; then J and U
 */
export async function* fitGeneralized(
  data: Configurations,
  options: { readonly rng: Rng; readonly maximumSteps: number; readonly resume?: PlainData },
): AsyncGenerator<PhaseTick, GeneralizedFit> {
  const { rng, maximumSteps, resume } = options;
  const ticks = inferGeneralizedPotts(data, {
    ...{ colours: 'learned', fields: 'none', rng, maximumSteps, tolerance: TOLERANCE },
    ...innerResume<LbfgsState>(resume),
  });
  const { model, status, remedy } = yield* innerTicks(ticks, resume, (tick) => ({
    fraction: tick.step / (tick.step + TYPICAL_ITERATIONS / 2),
    metrics: { loss: tick.metrics.lossPerSite, gradientNorm: tick.metrics.gradientNorm },
  }));
  const { siteCouplings, colourCouplings } = model;
  return { siteCouplings, colourCouplings, status, remedy: remedy ?? '' };
}
