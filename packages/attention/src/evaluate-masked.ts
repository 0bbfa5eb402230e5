import type { Configurations, Rng } from '@spinformer/numerics';
import { dispose, type ParameterTree, read, scope, treeLeaves } from '@spinformer/tensor';
import { checkData } from './check-data.ts';
import { maskedLoss, uploadBatch } from './masked-loss.ts';
import { askedWeight, checkMasking, type MaskedEntries, type Masking, maskEntries } from './masking.ts';
import type { Model, Precision } from './model.ts';

/** Options of {@link evaluateMasked}. */
export interface EvaluateOptions {
  /** The masks; not used for `'all-sites'`. The same stream gives the same masks. */
  readonly rng: Rng;
  /** What is hidden; `'all-sites'` where the model allows it, else `'one'`. */
  readonly masking?: Masking;
  /** Sequences that go through the model at once; 1024. */
  readonly batch?: number;
}

/**
 * The masked language modelling loss on data, without gradients.
 *
 * @returns nats per masked site, mean weighted by the sequences' weights; NaN if no site was masked.
 * @throws {ShapeError | DataError | DomainError} if the data or the masking do not fit the model.
 */
export async function evaluateMasked<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  data: Configurations,
  options: EvaluateOptions,
): Promise<number> {
  const { masking = model.seesOwnSite ? 'one' : 'all-sites', batch = 1024, rng } = options;
  checkData('evaluateMasked', model, data);
  checkMasking(masking, model);
  const masks = maskEntries(data.values, data.sites, masking, rng);
  return lossOfEntries(model, parameters, masks, data, batch);
}

/** The loss on entries that are masked already; `data` gives the weights. */
export async function lossOfEntries<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  entries: MaskedEntries,
  data: Configurations,
  batch: number,
): Promise<number> {
  const loss = maskedLoss(model);
  const precision = treeLeaves(parameters)[0].dtype as Precision;
  let total = 0;
  let asked = 0;
  for (let begin = 0; begin < data.samples; begin += batch) {
    const part = sliceEntries(entries, data, begin, Math.min(begin + batch, data.samples));
    const weight = askedWeight(part.entries.targets, data.sites, part.weights);
    if (weight === 0) continue;
    const value = scope(() =>
      loss(parameters, uploadBatch(part.entries, data.sites, part.weights, precision)),
    );
    total += weight * Number((await read(value))[0]);
    asked += weight;
    dispose(value);
  }
  return total / asked;
}

/** The entries and weights of sequences begin…end−1. */
export function sliceEntries(
  entries: MaskedEntries,
  data: Configurations,
  begin: number,
  end: number,
): { readonly entries: MaskedEntries; readonly weights: Float64Array | undefined } {
  const cut = (x: Int32Array) => x.subarray(begin * data.sites, end * data.sites);
  return {
    entries: { tokens: cut(entries.tokens), targets: cut(entries.targets) },
    weights: data.weights?.subarray(begin, end),
  };
}
