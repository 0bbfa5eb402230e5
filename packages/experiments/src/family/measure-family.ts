import { readFactoredLayer } from '@spinformer/attention';
import { pearson } from '@spinformer/numerics';
import {
  type Alignment,
  averageProductCorrection,
  type Contact,
  contactPrecision,
  contactScores,
  effectiveSequences,
  precisionCurve,
  rankContacts,
} from '@spinformer/potts';
import { dispose } from '@spinformer/tensor';
import { fittedModel } from '../shared/fit-phase.ts';
import { layerParameters } from '../shared/training-phase.ts';
import { attentionNorms } from './attention-norms.ts';
import type { FamilyConfig } from './family-config.ts';
import { type Distances, familyDistances } from './family-distances.ts';
import { type FamilyProducts, familyAlignment, familyLayer } from './family-products.ts';
import type { FamilyResult, FoundContact, Precision } from './family-result.ts';

/**
 * Turns what the phases made into the study's result.
 *
 * @param products weights, couplings and, where it was trained, the attention layer
 * @param config the configuration of the run
 * @throws {DataError} for a structure that cannot be read or is of another family
 */
export async function measureFamily(products: FamilyProducts, config: FamilyConfig): Promise<FamilyResult> {
  const alignment = familyAlignment(config, products.family.drawn);
  const scores = contactScores(fittedModel(products.couplings), gapOptions(alignment));
  const known = familyDistances(alignment, products.family.pairs, config);
  const ranked = rankSites(scores, alignment, config);
  return {
    source: config.alignment === undefined ? 'synthetic hairpin' : 'alignment',
    sequences: alignment.samples,
    effectiveSequences: effectiveSequences(products.family.weights),
    sites: alignment.sites,
    states: alignment.states,
    objective: products.couplings.objective,
    minimumSeparation: config.minimumSeparation,
    contactRule: known ? `closer than ${known.threshold} Å (${config.contact})` : '',
    contacts: labelled(ranked, alignment, known),
    listed: Math.min(config.contacts, ranked.length),
    ...(known && comparison(ranked, known, config)),
    ...(products.attention && (await measureAttention(products, config, alignment, { ranked, known }))),
    warnings: [...alignment.warnings, ...convergence(products)],
  };
}

function gapOptions({ gaps, letters }: Alignment): { withoutState?: number } {
  const gap = letters.search(/[-.]/);
  return gaps === 'state' && gap >= 0 ? { withoutState: gap } : {};
}

function rankSites(
  scores: Float64Array,
  alignment: Alignment,
  { minimumSeparation }: FamilyConfig,
): Contact[] {
  const residueNumbers = alignment.reference?.residueNumbers;
  return rankContacts(scores, { minimumSeparation, ...(residueNumbers && { residueNumbers }) });
}

function labelled(
  ranked: readonly Contact[],
  alignment: Alignment,
  known: Distances | undefined,
): FoundContact[] {
  const { sites, reference, columns } = alignment;
  const name = (site: number) =>
    reference ? `${reference.letters[site]}${reference.residueNumbers[site]}` : String(columns[site] + 1);
  return ranked.slice(0, 2 * sites).map(({ i, j, score }) => {
    const distance = known?.distances[i * sites + j] ?? Number.NaN;
    const touching =
      known && !Number.isNaN(distance) ? { distance, contact: distance < known.threshold } : {};
    return { i, j, firstName: name(i), secondName: name(j), score, ...touching };
  });
}

function comparison(ranked: readonly Contact[], known: Distances, { minimumSeparation }: FamilyConfig) {
  const sites = Math.sqrt(known.distances.length);
  const touching: number[] = [];
  let pairs = 0;
  for (const { i, j } of ranked) {
    const distance = known.distances[i * sites + j];
    if (Number.isNaN(distance)) continue;
    pairs++;
    if (distance < known.threshold) touching.push(i, j);
  }
  return {
    minimumSeparation,
    trueContacts: Int32Array.from(touching),
    guessing: touching.length / 2 / pairs,
    precision: precisionOf(ranked, known),
    precisionCurve: precisionCurve(ranked, known).slice(0, 2 * sites),
  };
}

function precisionOf(ranked: readonly Contact[], known: Distances): Precision {
  const precision = contactPrecision(ranked, known);
  const orNull = (value: number) => (Number.isNaN(value) ? null : value);
  return { 'L/5': orNull(precision['L/5']), 'L/2': orNull(precision['L/2']), L: orNull(precision.L) };
}

async function measureAttention(
  { attention }: FamilyProducts,
  config: FamilyConfig,
  alignment: Alignment,
  { ranked, known }: { readonly ranked: readonly Contact[]; readonly known: Distances | undefined },
) {
  const parameters = layerParameters(attention);
  const layer = await readFactoredLayer(familyLayer(config, alignment), parameters);
  dispose(parameters);
  const attentionMap = averageProductCorrection(attentionNorms(layer), alignment.sites);
  const found = rankSites(attentionMap, alignment, config);
  const scores = Float64Array.from(ranked, ({ score }) => score);
  const others = Float64Array.from(ranked, ({ i, j }) => attentionMap[i * alignment.sites + j]);
  return {
    attentionMap,
    attentionContacts: labelled(found, alignment, known),
    ...(known && { attentionPrecision: precisionOf(found, known) }),
    attentionLoss: attention.curve.at(-1)!,
    mapCorrelation: pearson(scores, others),
  };
}

function convergence({ couplings }: FamilyProducts): string[] {
  return couplings.status === 'converged' || couplings.status === 'step-limit'
    ? []
    : [`The inference ended as ${couplings.status}. ${couplings.remedy}`];
}
