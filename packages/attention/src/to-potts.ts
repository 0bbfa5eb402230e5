import { ConfigError, DomainError, type Floats, type PottsLike } from '@spinformer/numerics';
import { dispose, read, scope } from '@spinformer/tensor';
import { type ConditionalCouplings, symmetrise, toZeroSumConditionals } from './coupling-gauge.ts';
import type { FactoredModel, FactoredParameters } from './factored-attention.ts';

/** Options of {@link toPotts}. */
export interface ToPottsOptions {
  /**
   * `'zero-sum'` (default): the gauge in which couplings can be compared and averaged; the conditionals stay the same.
   * `'as-trained'`: the plain sums Σ_h A^h_ij V^h.
   */
  readonly gauge?: 'zero-sum' | 'as-trained';
}

/** A factored layer written as a Potts model. */
export interface PottsReading extends PottsLike {
  readonly couplings: Floats<'sites sites states states'>;
  /**
   * W_ij(a, b) of the layer's own conditionals, before the average over (i, a) ↔ (j, b); equal to `couplings` if the
   * layer is symmetric.
   */
  readonly asymmetric: Floats<'sites sites states states'>;
  /** |W − Wᵀ|/|W + Wᵀ| (Frobenius): 0 for a Potts model, small for a well-trained layer. */
  readonly asymmetry: number;
}

/** A factored layer on the host, as it acts: masked and symmetrised. */
export interface FactoredLayer {
  readonly heads: number;
  readonly sites: number;
  readonly states: number;
  /** A, [heads, sites, sites]. */
  readonly mixing: Floats<'heads sites sites'>;
  /** V, [heads, states, states]. */
  readonly values: Floats<'heads states states'>;
  /** b, [sites, states]; zeros where the layer has none. */
  readonly fields: Floats<'sites states'>;
}

/**
 * Reads a factored layer back from the backend, in float64.
 *
 * @throws {DomainError} if a parameter is not finite.
 */
export async function readFactoredLayer(
  model: FactoredModel,
  parameters: FactoredParameters,
): Promise<FactoredLayer> {
  const tensors = scope(() => {
    const layer = model.layer(parameters);
    return { ...layer };
  });
  const owned = new Set([parameters.mixing, parameters.values, parameters.fields]);
  const take = async (x: (typeof tensors)['mixing']) => {
    const values = Float64Array.from(await read(x));
    if (!owned.has(x)) dispose(x);
    if (values.some((v) => !Number.isFinite(v))) {
      throw new DomainError(
        `readFactoredLayer: the parameters of '${model.name}' are not finite. Take a state from before the training diverged.`,
      );
    }
    return values;
  };
  const { heads } = model.shape;
  const { sites, states } = model;
  const mixing = await take(tensors.mixing);
  const values = await take(tensors.values);
  const fields = tensors.fields ? await take(tensors.fields) : new Float64Array(sites * states);
  return { heads, sites, states, mixing, values, fields };
}

/**
 * The Potts model that a factored layer is: W_ij(a, b) = Σ_h A^h_ij V^h(a, b), with p(s) ∝ exp(Σ_i h_i(s_i) +
 * Σ_{i<j} J_ij(s_i, s_j)) and J the average of W and its transpose. Exact if the layer is symmetric; otherwise the
 * layer's rows are n separate regressions, and the average is what asymmetric pseudo-likelihood uses.
 *
 * @throws {DomainError} if a parameter is not finite.
 * @throws {ConfigError} if the layer sees its own site, which no Potts model does, or the gauge is unknown.
 * @source rende2024mapping; ekeberg2013plmdca for the average
 * @example
 * const { couplings, fields } = await toPotts(model, parameters);
 */
export async function toPotts(
  model: FactoredModel,
  parameters: FactoredParameters,
  options: ToPottsOptions = {},
): Promise<PottsReading> {
  const { gauge = 'zero-sum' } = options;
  if (model.seesOwnSite) {
    throw new ConfigError(
      `toPotts: '${model.name}' sees its own site and is no Potts model. Build it with maskSelf: true.`,
    );
  }
  if (gauge !== 'zero-sum' && gauge !== 'as-trained') {
    throw new ConfigError(`toPotts: gauge must be 'zero-sum' or 'as-trained', got ${JSON.stringify(gauge)}.`);
  }
  const raw = layerCouplings(await readFactoredLayer(model, parameters));
  const { sites, states, fields, couplings } = gauge === 'zero-sum' ? toZeroSumConditionals(raw) : raw;
  const asymmetric = couplings as Floats<'sites sites states states'>;
  const symmetric = symmetrise(asymmetric, sites, states);
  return {
    sites,
    states,
    fields,
    couplings: symmetric,
    asymmetric,
    asymmetry: asymmetry(asymmetric, symmetric),
  };
}

/** W_ij(a, b) = Σ_h A^h_ij V^h(a, b) of a layer, gauge as it is. */
export function layerCouplings(layer: FactoredLayer): ConditionalCouplings {
  const { heads, sites, states, mixing, values, fields } = layer;
  const block = states * states;
  const couplings = new Float64Array(sites * sites * block);
  for (let h = 0; h < heads; h++) {
    const colours = values.subarray(h * block, (h + 1) * block);
    for (let pair = 0; pair < sites * sites; pair++) {
      const weight = mixing[h * sites * sites + pair];
      if (weight === 0) continue;
      for (let c = 0; c < block; c++) couplings[pair * block + c] += weight * colours[c];
    }
  }
  return { sites, states, fields, couplings };
}

function asymmetry(full: Float64Array, symmetric: Float64Array): number {
  let difference = 0;
  let size = 0;
  for (let k = 0; k < full.length; k++) {
    difference += (full[k] - symmetric[k]) ** 2;
    size += symmetric[k] ** 2;
  }
  return size > 0 ? Math.sqrt(difference / size) : 0;
}
