import { compareColours, symmetrise, zeroSumMatrix } from '@spinformer/attention';
import { mean } from '@spinformer/numerics';
import { conditionalEntropies, conditionalLosses, generalizedConditionals } from '@spinformer/potts';
import type { TrainedLayer } from '../shared/training-phase.ts';
import { agreementOf, sampleEntries } from './agreement.ts';
import type { KnownTruthConfig } from './known-truth-config.ts';
import {
  type KnownTruthProducts,
  modelOf,
  parametersPerSite,
  type SiteAndColourCouplings,
  truthLayer,
} from './known-truth-products.ts';
import type { ExcessPoint, KnownTruthResult, LossPoint, Trio } from './known-truth-result.ts';
import { layerCouplings, zeroSumRows } from './layer-couplings.ts';
import { testExcess } from './test-excess.ts';

/** Points of a scatter plot. */
const SCATTER_POINTS = 2000;

/**
 * Turns what the phases made into the study's result.
 *
 * @param products the drawn model, its samples and both fits
 * @param config the configuration of the run
 */
export async function measureKnownTruth(
  products: KnownTruthProducts,
  config: KnownTruthConfig,
): Promise<KnownTruthResult> {
  const { sites, states, trainSamples, testSamples } = config;
  const found: Trio<SiteAndColourCouplings> = {
    truth: products.truth,
    attention: await layerCouplings(truthLayer(config), products.attention),
    pseudolikelihood: products.pseudolikelihood,
  };
  const scaled = mapTrio(found, (couplings) => atScaleOf(products.truth, couplings, states));
  return {
    ...{ sites, states, trainSamples, testSamples },
    siteCouplings: mapTrio(scaled, ({ siteCouplings }) => withoutDiagonal(siteCouplings, sites)),
    colourCouplings: mapTrio(scaled, ({ colourCouplings }) => colourCouplings),
    ...compareCouplings(found, config),
    losses: measureLosses(found, products.test, config),
    parametersPerSite: parametersPerSite(config),
    curve: trainingCurve(products),
    sweep: sweepPoints(products.sweep, config),
    warnings: warnings(products),
  };
}

function mapTrio<From, To>(
  { truth, attention, pseudolikelihood }: Trio<From>,
  map: (from: From) => To,
): Trio<To> {
  return { truth: map(truth), attention: map(attention), pseudolikelihood: map(pseudolikelihood) };
}

/** (A, V) → (cA, V/c) with V in zero-sum form at the norm and sign of U. */
function atScaleOf(truth: SiteAndColourCouplings, found: SiteAndColourCouplings, states: number) {
  const { scale } = compareColours(found.colourCouplings, truth.colourCouplings, states);
  return {
    siteCouplings: found.siteCouplings.map((value) => value * scale),
    colourCouplings: zeroSumMatrix(found.colourCouplings, states).map((value) => value / scale),
  };
}

function withoutDiagonal(values: Float64Array, sites: number): Float64Array {
  return values.map((value, k) => (k % (sites + 1) === 0 ? 0 : value));
}

function compareCouplings(found: Trio<SiteAndColourCouplings>, config: KnownTruthConfig) {
  const { sites, states } = config;
  const rows = mapTrio(found, (couplings) => zeroSumRows(config, couplings));
  const { truth, attention, pseudolikelihood } = mapTrio(rows, (full) => symmetrise(full, sites, states));
  const entries = sampleEntries(sites, states, SCATTER_POINTS);
  const pick = (couplings: Float64Array) => Float64Array.from(entries, (entry) => couplings[entry]);
  return {
    couplingSample: {
      truth: pick(truth),
      attention: pick(attention),
      pseudolikelihood: pick(pseudolikelihood),
    },
    agreement: {
      // Row by row, before anything is averaged: the two are the same regressions.
      attentionWithPseudolikelihood: agreementOf(rows.attention, rows.pseudolikelihood),
      attentionWithTruth: agreementOf(attention, truth),
      pseudolikelihoodWithTruth: agreementOf(pseudolikelihood, truth),
    },
  };
}

function measureLosses(
  found: Trio<SiteAndColourCouplings>,
  test: Int32Array,
  config: KnownTruthConfig,
): KnownTruthResult['losses'] {
  const { truth, attention, pseudolikelihood } = mapTrio(found, (couplings) =>
    generalizedConditionals(modelOf(config, couplings)),
  );
  const loss = (model: typeof truth) => mean(conditionalLosses(model, test));
  return {
    exactEntropy: mean(conditionalEntropies(truth, test)),
    test: mapTrio({ truth, attention, pseudolikelihood }, loss),
    excess: {
      attention: testExcess(truth, attention, test),
      pseudolikelihood: testExcess(truth, pseudolikelihood, test),
    },
    theory: parametersPerSite(config) / (2 * config.trainSamples),
  };
}

function trainingCurve({ warmUp, attention }: KnownTruthProducts): LossPoint[] {
  const points = (layer: TrainedLayer, solver: LossPoint['solver'], offset: number): LossPoint[] =>
    Array.from({ length: layer.curve.length / 2 }, (_, k) => ({
      solver,
      epoch: offset + layer.curve[2 * k],
      loss: layer.curve[2 * k + 1],
    }));
  const adam = warmUp ? points(warmUp, 'Adam', 0) : [];
  return [...adam, ...points(attention, 'L-BFGS', adam.at(-1)?.epoch ?? 0)];
}

function sweepPoints(sweep: Float64Array | undefined, config: KnownTruthConfig): ExcessPoint[] {
  return Array.from({ length: (sweep?.length ?? 0) / 2 }, (_, index) => {
    const samples = sweep![2 * index];
    return { samples, excess: sweep![2 * index + 1], theory: parametersPerSite(config) / (2 * samples) };
  });
}

function warnings({ attention, pseudolikelihood }: KnownTruthProducts): string[] {
  const fits = { Attention: attention, 'Pseudo-likelihood': pseudolikelihood };
  return Object.entries(fits)
    .filter(([, { status }]) => status !== 'converged')
    .map(([name, { status, remedy }]) => `${name} ended as ${status}. ${remedy}`);
}
