import type { Finding } from '../experiment.ts';
import type { EncoderFit, FactoredFit, MappingResult, TrainedModel } from './mapping-result.ts';

/** The excess of a factored layer must follow k/2P this closely, relative. */
const FOLLOWS_THEORY = 0.3;
/** One standard layer with one head counts as far above when its excess is so many times the factored layer's. */
const FAR_ABOVE = 10;

/**
 * What the study of the mapping says, most important first.
 *
 * @param result what the run found
 */
export function mappingFindings(result: MappingResult): readonly Finding[] {
  return [
    ordering(result),
    factoredReachesBayes(result),
    reconstruction(result),
    wrongColours(result),
    mapsAgree(result),
    decoupled(result),
    ...result.warnings.map((text) => ({ text, values: {}, met: false })),
  ];
}

/** The factored layer of a kind on the full training set. */
export function fullFit(
  { factored, trainSamples }: MappingResult,
  colours: FactoredFit['colours'],
): FactoredFit {
  return factored.find((fit) => fit.samples === trainSamples && fit.colours === colours)!;
}

/** The encoders on the full training set, in the order in which they were asked for. */
export function fullEncoders({ encoders, trainSamples }: MappingResult): readonly EncoderFit[] {
  return encoders.filter(({ samples }) => samples === trainSamples);
}

function ordering(result: MappingResult): Finding {
  const factored = fullFit(result, 'learned');
  const encoders = fullEncoders(result);
  const smallest = encoders.reduce((least, fit) => (size(fit) < size(least) ? fit : least));
  const best = encoders.reduce((least, fit) => (fit.excess < least.excess ? fit : least));
  const list = encoders.map(({ name, excess }) => `${name}: ${excess.toFixed(4)}`).join('; ');
  return {
    text:
      `On the same ${result.trainSamples} sequences one factored layer with ${factored.parameters} numbers ends ` +
      `${factored.excess.toFixed(4)} nats above the exact conditional entropy of ${result.exactEntropy.toFixed(4)}; ` +
      `standard encoders end above it by (${list}).`,
    values: {
      exactEntropy: result.exactEntropy,
      factored: factored.excess,
      ...Object.fromEntries(encoders.map((fit) => [`encoder${fit.layers}x${fit.heads}`, fit.excess])),
    },
    met:
      encoders.every(({ excess }) => excess > factored.excess) &&
      smallest.excess > FAR_ABOVE * factored.excess &&
      (encoders.length === 1 || best.excess < smallest.excess),
  };
}

function size({ layers, heads }: TrainedModel): number {
  return 100 * layers + heads;
}

function factoredReachesBayes(result: MappingResult): Finding {
  const { parametersPerSite, trainSamples } = result;
  const ratio = (colours: 'known' | 'learned') =>
    (fullFit(result, colours).excess * 2 * trainSamples) / parametersPerSite[colours];
  const known = ratio('known');
  const learned = ratio('learned');
  return {
    text:
      `What separates the factored layer from the Bayes loss is the price of a finite sample: its excess is ` +
      `${known.toFixed(2)} times k/2P with U known and ${learned.toFixed(2)} times with U learned.`,
    values: { known, learned },
    met: Math.abs(known - 1) <= FOLLOWS_THEORY && Math.abs(learned - 1) <= FOLLOWS_THEORY,
  };
}

function reconstruction(result: MappingResult): Finding {
  const { couplings, symmetrised, siteCouplings, colourCouplings } = fullFit(
    result,
    'learned',
  ).reconstruction;
  return {
    text:
      `Its A and V are the J and U of the model, once their common scale is fixed: squared errors of ` +
      `${percent(siteCouplings)} and ${percent(colourCouplings)} of the squared norms (couplings: ` +
      `${percent(couplings)}, and ${percent(symmetrised)} after averaging both directions).`,
    values: { couplings, symmetrised, siteCouplings, colourCouplings },
  };
}

function wrongColours(result: MappingResult): Finding {
  const { excess, reconstruction: error } = fullFit(result, 'identity');
  return {
    text:
      `A factored layer that takes all different colours for equally different (U = 1) stays ${excess.toFixed(4)} ` +
      `nats above, and its couplings have a squared error of ${percent(error.couplings)}.`,
    values: { excess, couplings: error.couplings },
  };
}

function mapsAgree(result: MappingResult): Finding {
  const heads = fullEncoders(result).map((fit) => {
    const sorted = [...fit.agreement].sort((a, b) => b - a);
    return { fit, best: sorted[0], worst: sorted[sorted.length - 1] };
  });
  const list = heads
    .map(({ fit, best, worst }) =>
      best === worst
        ? `${fit.name}: ${best.toFixed(2)}`
        : `${fit.name}: ${worst.toFixed(2)} to ${best.toFixed(2)}`,
    )
    .join('; ');
  return {
    text: `Where masked sites look in standard encoders correlates with |J| by, from the worst head to the best (${list}).`,
    values: Object.fromEntries(
      heads.flatMap(({ fit, best, worst }) => [
        [`best${fit.layers}x${fit.heads}`, best],
        [`worst${fit.layers}x${fit.heads}`, worst],
      ]),
    ),
  };
}

function decoupled(result: MappingResult): Finding {
  const shares = fullEncoders(result).map(({ name, layers, heads, positional }) => ({
    name: `${layers}x${heads}`,
    title: name,
    share: positional.reduce((sum, value) => sum + value, 0) / positional.length,
  }));
  const list = shares.map(({ title, share }) => `${title}: ${(100 * share).toFixed(0)} %`).join('; ');
  return {
    text:
      'A factored layer looks by position only. In standard encoders positions alone explain this much of the ' +
      `variance of attention, the rest is due to the letters (${list}).`,
    values: Object.fromEntries(shares.map(({ name, share }) => [`positional${name}`, share])),
  };
}

function percent(fraction: number): string {
  return `${(100 * fraction).toPrecision(2)} %`;
}
