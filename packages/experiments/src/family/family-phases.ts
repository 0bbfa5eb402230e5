import { effectiveSequences, sequenceWeightsFast } from '@spinformer/potts';
import { type FittedCouplings, fitCouplings } from '../shared/fit-phase.ts';
import { atOnce, type Phase, type PhaseInput } from '../shared/phases.ts';
import { trainLayer } from '../shared/training-phase.ts';
import type { FamilyConfig } from './family-config.ts';
import { familyDistances } from './family-distances.ts';
import { type FamilyData, type FamilyProducts, familyAlignment, familyLayer } from './family-products.ts';
import { drawHairpinFamily } from './hairpin-family.ts';
import { measureFamily } from './measure-family.ts';

type FamilyInput = PhaseInput<FamilyConfig, FamilyProducts>;

/** The phases of the study of a family, in order. */
export const familyPhases: readonly Phase<FamilyConfig, FamilyProducts>[] = [
  {
    id: 'family',
    title: 'reading the family',
    weight: () => 3,
    run: atOnce(readFamily),
    message: (product) =>
      `${(product as FamilyData).weights.length} sequences count as ` +
      `${effectiveSequences((product as FamilyData).weights).toFixed(1)}.`,
  },
  {
    id: 'couplings',
    title: 'inferring couplings',
    weight: () => 10,
    run: inferFamily,
    message: (product) => `Objective ${(product as FittedCouplings).objective.toFixed(1)} nats.`,
  },
  {
    id: 'attention',
    title: 'training attention',
    weight: ({ heads, steps }) => (heads > 0 && steps > 0 ? steps / 15 : 0),
    run: trainFamily,
  },
  {
    id: 'measurement',
    title: 'measuring',
    weight: () => 1,
    run: atOnce(({ config, products }) => measureFamily(products, config)),
  },
];

async function readFamily({ config, rng }: FamilyInput): Promise<FamilyData> {
  const family = config.alignment === undefined ? await drawHairpinFamily(rng) : undefined;
  const alignment = familyAlignment(config, family?.text ?? '');
  const pairs = family?.pairs ?? new Int32Array(0);
  // A structure that cannot be used is told before the long part of the run, not after it.
  familyDistances(alignment, pairs, config);
  const weights = sequenceWeightsFast(alignment, { identity: config.identity });
  return {
    drawn: family?.text ?? '',
    pairs: family?.pairs ?? new Int32Array(0),
    weights,
  };
}

function inferFamily({ config, products, resume }: FamilyInput) {
  const { method, fieldPenalty, iterations } = config;
  const data = weighted(config, products);
  return fitCouplings(data, {
    ...{
      method,
      fieldPenalty,
      couplingPenalty: couplingPenaltyOf(config, data.sites),
      maximumSteps: iterations,
    },
    ...(resume !== undefined && { resume }),
  });
}

function trainFamily({ config, products, rng, resume }: FamilyInput) {
  const { fieldPenalty, steps, batch, learningRate, method } = config;
  const data = weighted(config, products);
  // The same ridge as of the pseudo-likelihood, which sums over sequences and sites where the masked loss is a mean;
  // a layer pays for both directions of a pair, as the asymmetric method does and the symmetric one does not.
  const scale = 1 / (effectiveSequences(products.family.weights) * data.sites);
  const perDirection = couplingPenaltyOf(config, data.sites) * (method === 'plm' ? 0.5 : 1);
  return trainLayer(familyLayer(config, data), data, {
    ...{ solver: 'Adam', rng, steps, batch, learningRate, masking: 'all-sites' },
    penalty: { fields: fieldPenalty * scale, couplings: perDirection * scale },
    ...(resume !== undefined && { resume }),
  });
}

/** The configured ridge on couplings, or the usual one, shared between both directions where each has its own. */
function couplingPenaltyOf({ couplingPenalty, method }: FamilyConfig, sites: number): number {
  return couplingPenalty ?? (method === 'plm' ? 0.1 : 0.05) * (sites - 1);
}

function weighted(config: FamilyConfig, { family }: FamilyProducts) {
  return { ...familyAlignment(config, family.drawn), weights: family.weights };
}
