import type { ConditionalModel } from '@spinformer/numerics';

/** Samples whose conditionals are held at once. */
const CHUNK = 512;

/**
 * By how much a model's expected masked loss exceeds the exact conditional entropy: the mean Kullback–Leibler
 * divergence of its conditionals from the true ones, over given contexts. The letters that happen to stand at the
 * masked sites do not enter, so that this is far less noisy than a difference of test losses.
 *
 * @param truth the conditionals of the model that made the samples
 * @param model the conditionals that were learned
 * @param samples [samples, sites]
 * @returns nats per masked site
 */
export function testExcess(truth: ConditionalModel, model: ConditionalModel, samples: Int32Array): number {
  const size = CHUNK * truth.sites;
  let total = 0;
  for (let begin = 0; begin < samples.length; begin += size) {
    const chunk = samples.slice(begin, begin + size);
    const p = truth.logConditionals(chunk);
    const q = model.logConditionals(chunk);
    for (let k = 0; k < p.length; k++) total += Math.exp(p[k]) * (p[k] - q[k]);
  }
  return total / samples.length;
}
