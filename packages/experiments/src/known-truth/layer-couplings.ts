import { type FactoredModel, readFactoredLayer, zeroSumMatrix } from '@spinformer/attention';
import { dispose } from '@spinformer/tensor';
import { layerParameters, type TrainedLayer } from '../shared/training-phase.ts';
import type { SiteAndColourCouplings } from './known-truth-products.ts';

/**
 * Site and colour couplings as rows of full couplings, W_ij(a, b) = J_ij U_ab with U in zero-sum form. J need not be
 * symmetric: row i belongs to the conditional of site i.
 *
 * @param size sites and states
 * @param couplings J and U
 * @returns [sites, sites, states, states]
 */
export function zeroSumRows(
  { sites, states }: { readonly sites: number; readonly states: number },
  { siteCouplings, colourCouplings }: SiteAndColourCouplings,
): Float64Array {
  return outer(sites, siteCouplings, zeroSumMatrix(colourCouplings, states));
}

/**
 * The matrices A and V of a trained layer with one head.
 *
 * @param model the layer
 * @param trained its parameters
 */
export async function layerCouplings(
  model: FactoredModel,
  trained: TrainedLayer,
): Promise<SiteAndColourCouplings> {
  const parameters = layerParameters(trained);
  const { mixing, values } = await readFactoredLayer(model, parameters);
  dispose(parameters);
  return { siteCouplings: mixing, colourCouplings: values };
}

function outer(sites: number, siteCouplings: Float64Array, colours: Float64Array): Float64Array {
  const block = colours.length;
  const couplings = new Float64Array(sites * sites * block);
  for (let pair = 0; pair < sites * sites; pair++) {
    if (pair % (sites + 1) === 0) continue;
    for (let c = 0; c < block; c++) couplings[pair * block + c] = siteCouplings[pair] * colours[c];
  }
  return couplings;
}
