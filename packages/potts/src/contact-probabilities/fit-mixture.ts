import type { Status } from '@spinformer/numerics';
import { minimizePlane } from './minimize-plane.ts';
import { assess, logNoise, type ScoreMixture } from './score-mixture.ts';

interface Fit {
  readonly mixture: ScoreMixture;
  readonly logLikelihood: number;
  readonly steps: number;
  readonly status: Status;
  readonly remedy?: string;
}

/** Width of the signal at the start, as a standard deviation of log scores. */
const FIRST_WIDTH = 0.1;
/** A signal narrower than this, in log scores, has collapsed onto equal scores: its likelihood has no bound. */
const NARROWEST = 1e-4;
/** Noise is fitted to scores that are noise by more than this share: the rest is nothing but time. */
const LEAST_SHARE = 1e-12;

/** Expectation–maximisation from half noise and a narrow signal around the greatest score. */
export function fitMixture(scores: Float64Array, tolerance: number, maximumSteps: number): Fit {
  let mixture = startOf(scores);
  let { logLikelihood, signal } = expect(mixture, scores);
  for (let steps = 1; steps <= maximumSteps; steps++) {
    const next = maximize(mixture, scores, signal);
    if (!(next.signalDeviation > NARROWEST && next.noiseShare < 1))
      return {
        mixture,
        logLikelihood,
        steps: steps - 1,
        status: 'diverged',
        remedy:
          'The signal shrank to a single score: nothing else stands out. Do not use these probabilities.',
      };
    const before = logLikelihood;
    mixture = next;
    ({ logLikelihood, signal } = expect(mixture, scores));
    if (logLikelihood - before <= tolerance) return { mixture, logLikelihood, steps, status: 'converged' };
  }
  const remedy = 'Raise maximumSteps or tolerance.';
  return { mixture, logLikelihood, steps: maximumSteps, status: 'step-limit', remedy };
}

function startOf(scores: Float64Array): ScoreMixture {
  const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length;
  const variance = scores.reduce((sum, x) => sum + (x - mean) ** 2, 0) / scores.length;
  const greatest = scores.reduce((a, b) => Math.max(a, b));
  return {
    noiseShare: 0.5,
    noiseScale: Math.sqrt(variance),
    noiseSkew: 0,
    signalMean: Math.log(greatest),
    signalDeviation: FIRST_WIDTH,
  };
}

function expect(mixture: ScoreMixture, scores: Float64Array) {
  const signal = new Float64Array(scores.length);
  let logLikelihood = 0;
  scores.forEach((score, k) => {
    const point = assess(mixture, score);
    signal[k] = point.signal;
    logLikelihood += point.logDensity;
  });
  return { logLikelihood, signal };
}

/** The mixture of greatest likelihood where scores are signal with the probabilities `signal`. */
function maximize(mixture: ScoreMixture, scores: Float64Array, signal: Float64Array): ScoreMixture {
  const total = signal.reduce((sum, p) => sum + p, 0);
  const mean = (value: (log: number) => number) =>
    signal.reduce((sum, p, k) => (p > 0 ? sum + p * value(Math.log(scores[k])) : sum), 0) / total;
  const signalMean = mean((log) => log);
  const signalDeviation = Math.sqrt(mean((log) => (log - signalMean) ** 2));
  const cost = (logScale: number, noiseSkew: number) => {
    const scale = Math.exp(logScale);
    let sum = 0;
    for (let k = 0; k < scores.length; k++)
      if (1 - signal[k] > LEAST_SHARE) sum -= (1 - signal[k]) * logNoise(scale, noiseSkew, scores[k]);
    return sum;
  };
  const [logScale, noiseSkew] = minimizePlane(cost, [Math.log(mixture.noiseScale), mixture.noiseSkew]);
  const noiseShare = 1 - total / scores.length;
  return { noiseShare, noiseScale: Math.exp(logScale), noiseSkew, signalMean, signalDeviation };
}
