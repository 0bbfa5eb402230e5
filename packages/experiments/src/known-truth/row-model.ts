import { type FactoredModel, readFactoredLayer, zeroSumMatrix } from '@spinformer/attention';
import { type ConditionalModel, logSumExp } from '@spinformer/numerics';
import { dispose } from '@spinformer/tensor';
import { layerParameters, type TrainedLayer } from '../shared/training-phase.ts';
import type { SiteAndColourCouplings } from './known-truth-products.ts';

/**
 * The conditionals of site and colour couplings as rows of full couplings, W_ij(a, b) = J_ij U_ab with U in zero-sum
 * form. J need not be symmetric: row i belongs to the conditional of site i.
 *
 * @param size sites and states
 * @param couplings J and U
 */
export function zeroSumRows(
  { sites, states }: { readonly sites: number; readonly states: number },
  { siteCouplings, colourCouplings }: SiteAndColourCouplings,
): Float64Array {
  return outer(sites, siteCouplings, zeroSumMatrix(colourCouplings, states));
}

/**
 * The conditionals of site and colour couplings, log softmax_a Σ_{j≠i} J_ij U(a, s_j), as attention and asymmetric
 * pseudo-likelihood use them: J and U need not be symmetric.
 *
 * @param size sites and states
 * @param couplings J and U
 */
export function rowConditionals(
  { sites, states }: { readonly sites: number; readonly states: number },
  { siteCouplings, colourCouplings }: SiteAndColourCouplings,
): ConditionalModel {
  const seen = new Float64Array(states);
  return {
    sites,
    states,
    logConditionals(configurations) {
      const logs = new Float64Array(configurations.length * states);
      for (let k = 0; k < configurations.length; k++) {
        const site = k % sites;
        seen.fill(0);
        for (let j = 0; j < sites; j++) {
          if (j !== site) seen[configurations[k - site + j]] += siteCouplings[site * sites + j];
        }
        const logits = logs.subarray(k * states, (k + 1) * states);
        for (let a = 0; a < states; a++) {
          for (let b = 0; b < states; b++) logits[a] += colourCouplings[a * states + b] * seen[b];
        }
        const norm = logSumExp(logits);
        for (let a = 0; a < states; a++) logits[a] -= norm;
      }
      return logs;
    },
  };
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
