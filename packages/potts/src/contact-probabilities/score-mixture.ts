import { erfc, erfcx } from '@spinformer/numerics';

/** Noise and signal in the scores of pairs: p · SkewNormal(scale, skew; mean 0) + (1 − p) · LogNormal(μ, σ). */
export interface ScoreMixture {
  /** p, the share of pairs that are noise, 0…1. */
  readonly noiseShare: number;
  /** ω > 0 of the skew-normal noise, in units of the score; its location is what makes the mean zero. */
  readonly noiseScale: number;
  /** Skew α of the noise; 0 is a normal distribution. */
  readonly noiseSkew: number;
  /** μ, mean of the logarithm of signal scores. */
  readonly signalMean: number;
  /** σ > 0, standard deviation of the logarithm of signal scores. */
  readonly signalDeviation: number;
}

const LOG_ROOT_TWO_PI = Math.log(Math.sqrt(2 * Math.PI));
/** Below this argument log Φ is taken from the scaled complement, which does not underflow. */
const DEEP = -5;

function logNormalCumulative(x: number): number {
  if (x >= DEEP) return Math.log(0.5 * erfc(-x * Math.SQRT1_2));
  return Math.log(0.5 * erfcx(-x * Math.SQRT1_2)) - x ** 2 / 2;
}

/** Log density at `x` of skew-normal noise with mean zero. */
export function logNoise(scale: number, skew: number, x: number): number {
  const location = (-scale * skew * Math.sqrt(2 / Math.PI)) / Math.sqrt(1 + skew ** 2);
  const z = (x - location) / scale;
  return Math.LN2 - Math.log(scale) - LOG_ROOT_TWO_PI - z ** 2 / 2 + logNormalCumulative(skew * z);
}

function logSignal({ signalMean, signalDeviation }: ScoreMixture, x: number): number {
  if (!(x > 0)) return Number.NEGATIVE_INFINITY;
  const z = (Math.log(x) - signalMean) / signalDeviation;
  return -(z ** 2) / 2 - LOG_ROOT_TWO_PI - Math.log(signalDeviation * x);
}

/** Log density of the mixture at `x` and the probability that `x` is signal. */
export function assess(mixture: ScoreMixture, x: number): { logDensity: number; signal: number } {
  const { noiseShare, noiseScale, noiseSkew } = mixture;
  const noise = Math.log(noiseShare) + logNoise(noiseScale, noiseSkew, x);
  const signal = Math.log1p(-noiseShare) + logSignal(mixture, x);
  const top = Math.max(noise, signal);
  const logDensity = top + Math.log(Math.exp(noise - top) + Math.exp(signal - top));
  return { logDensity, signal: Math.exp(signal - logDensity) };
}

/** Probability that a pair of this score is signal, 0…1. */
export function signalProbability(mixture: ScoreMixture, score: number): number {
  return assess(mixture, score).signal;
}
