import type { Finding } from '../experiment.ts';
import type { KnownTruthResult } from './known-truth-result.ts';

/** Attention and pseudo-likelihood are the same problem: |W − W'| / |W'| must be below this. */
const SAME_COUPLINGS = 1e-3;
/** The measured excess loss must follow k/2P this closely, relative. */
const FOLLOWS_THEORY = 0.2;

/**
 * What the study of a known truth says, most important first.
 *
 * @param result what the run found
 */
export function knownTruthFindings(result: KnownTruthResult): readonly Finding[] {
  return [
    sameCouplings(result),
    truthRecovered(result),
    entropyReached(result),
    ...sweepFollows(result),
    ...result.warnings.map((text) => ({ text, values: {}, met: false })),
  ];
}

function sameCouplings({ agreement }: KnownTruthResult): Finding {
  const { relativeError, correlation } = agreement.attentionWithPseudolikelihood;
  return {
    text:
      'Masked language modelling and pseudo-likelihood find the same couplings: they differ by ' +
      `${relativeError.toExponential(1)} of their norm (correlation ${correlation.toFixed(6)}).`,
    values: { relativeError, correlation },
    met: relativeError <= SAME_COUPLINGS,
  };
}

function truthRecovered({ agreement, trainSamples }: KnownTruthResult): Finding {
  const { attentionWithTruth, pseudolikelihoodWithTruth } = agreement;
  return {
    text:
      `From ${trainSamples} samples the attention layer recovers the true couplings with a correlation of ` +
      `${attentionWithTruth.correlation.toFixed(4)}; the squared error is ` +
      `${percent(attentionWithTruth.relativeSquaredError)} of their squared norm (pseudo-likelihood: ` +
      `${percent(pseudolikelihoodWithTruth.relativeSquaredError)}).`,
    values: {
      correlation: attentionWithTruth.correlation,
      relativeSquaredError: attentionWithTruth.relativeSquaredError,
      pseudolikelihoodRelativeSquaredError: pseudolikelihoodWithTruth.relativeSquaredError,
    },
  };
}

function entropyReached({ losses, testSamples }: KnownTruthResult): Finding {
  const { exactEntropy, test, excess, theory } = losses;
  const ratio = excess.attention / theory;
  return {
    text:
      `On ${testSamples} test samples the layer's loss is ${test.attention.toFixed(4)} nats per masked site, that of ` +
      `the true model itself ${test.truth.toFixed(4)}; the exact conditional entropy is ${exactEntropy.toFixed(4)}. ` +
      `The expected excess is ${excess.attention.toExponential(2)}, where k/2P promises ${theory.toExponential(2)}.`,
    values: {
      testLoss: test.attention,
      trueTestLoss: test.truth,
      exactEntropy,
      excess: excess.attention,
      theory,
    },
    met: Math.abs(ratio - 1) <= FOLLOWS_THEORY,
  };
}

function sweepFollows({ sweep }: KnownTruthResult): Finding[] {
  if (sweep.length === 0) return [];
  const ratios = sweep.map(({ excess, theory }) => excess / theory);
  const list = sweep.map(({ samples }, index) => `${ratios[index].toFixed(2)} at P = ${samples}`).join(', ');
  const largest = sweep.reduce(
    (best, point, index) => (point.samples > sweep[best].samples ? index : best),
    0,
  );
  return [
    {
      text: `The excess loss falls as k/2P: measured over predicted it is ${list}.`,
      values: Object.fromEntries(sweep.map(({ samples }, index) => [`ratio${samples}`, ratios[index]])),
      met: Math.abs(ratios[largest] - 1) <= FOLLOWS_THEORY,
    },
  ];
}

function percent(fraction: number): string {
  return `${(100 * fraction).toPrecision(2)} %`;
}
