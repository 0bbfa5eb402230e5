import {
  compareColours,
  type FactoredModel,
  type FactoredParameters,
  readFactoredLayer,
  relativeCouplingError,
  toPotts,
  zeroSumMatrix,
} from '@spinformer/attention';
import type { PlainData, Rng } from '@spinformer/numerics';
import { toFullModel } from '@spinformer/potts';
import { dispose, treeLeaves } from '@spinformer/tensor';
import { agreementOf } from '../known-truth/agreement.ts';
import type { SiteAndColourCouplings } from '../known-truth/known-truth-products.ts';
import type { PhaseTick } from '../shared/phases.ts';
import { layerParameters, trainLayer } from '../shared/training-phase.ts';
import type { MappingConfig } from './mapping-config.ts';
import { factoredLayer, firstSequences, mappingTruth } from './mapping-products.ts';
import type { ColourKnowledge, FactoredFit, Reconstruction } from './mapping-result.ts';
import { expectedExcess, type MaskedContexts } from './masked-contexts.ts';

/** What a factored layer is fitted to, and how. */
export interface FactoredTask {
  readonly config: MappingConfig;
  readonly truth: SiteAndColourCouplings;
  /** [samples, sites], at least as many as are used. */
  readonly train: Int32Array;
  readonly contexts: MaskedContexts;
  readonly colours: ColourKnowledge;
  /** Training sequences P. */
  readonly samples: number;
  readonly rng: Rng;
  readonly resume: PlainData | undefined;
}

/**
 * Takes a factored layer to the minimum of its masked loss over all sites, by L-BFGS, and measures it.
 *
 * @param task layer, data and where to go on
 * @returns ticks; then the layer's numbers
 */
export async function* fitFactored(task: FactoredTask): AsyncGenerator<PhaseTick, FactoredFit> {
  const { config, truth, colours, samples, rng, resume } = task;
  const model = factoredLayer(config, truth, colours);
  const trained = yield* trainLayer(model, firstSequences(config, task.train, samples), {
    ...{ solver: 'L-BFGS', rng, steps: config.iterations },
    ...(resume !== undefined && { resume }),
  });
  const parameters = layerParameters(trained);
  const excess = expectedExcess(model, parameters, task.contexts);
  const fit: FactoredFit = {
    ...{ name: factoredName(colours), kind: 'factored', colours, layers: 1, heads: 1, samples },
    parameters: treeLeaves(parameters).reduce((sum, leaf) => sum + leaf.size, 0),
    ...{ test: task.contexts.entropy + excess, excess },
    ...(await compareWithTruth(model, parameters, task)),
    ...{ status: trained.status, remedy: trained.remedy },
  };
  dispose(parameters);
  return fit;
}

/** What a factored layer is called in tables and figures. */
export function factoredName(colours: ColourKnowledge): string {
  return { known: 'factored, U known', learned: 'factored, U learned', identity: 'factored, U = 1' }[colours];
}

async function compareWithTruth(
  model: FactoredModel,
  parameters: FactoredParameters,
  { config, truth }: FactoredTask,
): Promise<Pick<FactoredFit, 'reconstruction' | 'siteCouplings' | 'colourCouplings'>> {
  const { sites, states } = config;
  const { mixing, values } = await readFactoredLayer(model, parameters);
  const { scale } = compareColours(values, truth.colourCouplings, states);
  const siteCouplings = mixing.map((value) => value * scale);
  const colourCouplings = zeroSumMatrix(values, states).map((value) => value / scale);
  const potts = await toPotts(model, parameters);
  const target = toFullModel(mappingTruth(config, truth));
  const rows = relativeCouplingError({ ...potts, couplings: potts.asymmetric }, target);
  const wanted = zeroSumMatrix(truth.colourCouplings, states);
  const reconstruction: Reconstruction = {
    couplings: rows.asymmetric,
    symmetrised: rows.symmetrised,
    siteCouplings: agreementOf(offDiagonal(siteCouplings, sites), offDiagonal(truth.siteCouplings, sites))
      .relativeSquaredError,
    colourCouplings: agreementOf(colourCouplings, wanted).relativeSquaredError,
  };
  return { reconstruction, siteCouplings, colourCouplings };
}

/** The entries of a matrix [sites, sites] that are not on its diagonal, row by row. */
export function offDiagonal(matrix: Float64Array, sites: number): Float64Array {
  return matrix.filter((_, k) => k % (sites + 1) !== 0);
}
