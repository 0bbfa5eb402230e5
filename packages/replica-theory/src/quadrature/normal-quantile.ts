import { erfc } from '@spinformer/numerics';

/** Beyond this many deviations the quantile stops: closer to 0 or 1 than a float can tell. */
const FARTHEST = 38;
const HALLEY_STEPS = 3;

/** Where the standard normal distribution function is `probability`, by Halley's method from a rough start. */
export function normalQuantile(probability: number): number {
  if (probability > 0.5) return -normalQuantile(1 - probability);
  if (!(probability > 0)) return -FARTHEST;
  const t = Math.sqrt(-2 * Math.log(probability));
  let x = -(t - (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)));
  for (let step = 0; step < HALLEY_STEPS; step++) {
    const error = 0.5 * erfc(-x / Math.SQRT2) - probability;
    const newton = error * Math.sqrt(2 * Math.PI) * Math.exp(0.5 * x * x);
    x -= newton / (1 + 0.5 * x * newton);
  }
  return x;
}
