import type { Configurations, Floats } from '@spinformer/numerics';
import { dispose, type ParameterTree, read, scope, tensor } from '@spinformer/tensor';
import { checkData } from './check-data.ts';
import type { Model } from './model.ts';

/** Where each site looks, for every layer and head. */
export interface AttentionMaps {
  readonly layers: number;
  readonly heads: number;
  readonly sites: number;
  /** [layers, heads, sites, sites]; row i holds the weights that site i gives to the others. */
  readonly values: Floats<'layers heads sites sites'>;
}

/**
 * The attention maps of a model. Those of a factored layer are the matrices A^h (zero diagonal, any sign for free
 * attention); those of a standard encoder depend on the input and are averaged over `data`.
 *
 * @param data - sequences to average over; not needed for a factored layer.
 * @throws {ConfigError} if the maps depend on the input and no data are given.
 */
export async function attentionMaps<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  data?: Configurations,
): Promise<AttentionMaps> {
  if (data) checkData('attentionMaps', model, data);
  const result = scope(() =>
    model.maps(parameters, data ? tensor(data.values, [data.samples, data.sites], 'int32') : null),
  );
  const values = Float64Array.from(await read(result.maps));
  dispose(result.maps);
  return { layers: result.layers, heads: result.heads, sites: model.sites, values };
}
