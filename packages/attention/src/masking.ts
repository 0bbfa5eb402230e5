import { type Configurations, DomainError, type Rng } from '@spinformer/numerics';

/**
 * Which entries are hidden and predicted:
 * - `'one'`: one observed site of each sequence, uniformly;
 * - `'all-sites'`: every observed site from all the others at once, which is the pseudo-likelihood; only for models in
 *   which a site does not see itself;
 * - `{ bernoulli: p }`: each observed site with probability p, 0 < p ≤ 1; what is hidden is missing for all the others,
 *   so that the loss is no longer a pseudo-likelihood.
 */
export type Masking = 'one' | 'all-sites' | { readonly bernoulli: number };

/** A batch with its hidden entries, on the host. */
export interface MaskedEntries {
  /** [samples, sites]: what the model sees; −1 where hidden or missing. */
  readonly tokens: Int32Array;
  /** [samples, sites]: what it must say; −1 where nothing is asked. */
  readonly targets: Int32Array;
}

/** A name of the masking for messages and run records. */
export function describeMasking(masking: Masking): string {
  return typeof masking === 'string' ? masking : `bernoulli(${masking.bernoulli})`;
}

/**
 * Refuses a masking that means nothing, or that the model would pass by looking at the answer.
 *
 * @throws {DomainError} if a Bernoulli probability is outside (0, 1], the name is unknown, or `'all-sites'` meets a
 *   model that sees its own site.
 */
export function checkMasking(
  masking: Masking,
  model: { readonly name: string; readonly seesOwnSite: boolean },
): void {
  if (masking === 'one') return;
  if (masking === 'all-sites') {
    if (!model.seesOwnSite) return;
    throw new DomainError(
      `masking: 'all-sites' needs a model in which site i does not see token i, but in '${model.name}' it does, so it ` +
        `would copy the answer. Use 'one' or { bernoulli: p }, or a factored layer with maskSelf: true.`,
    );
  }
  const p = typeof masking === 'object' && masking !== null ? masking.bernoulli : Number.NaN;
  if (!(p > 0 && p <= 1)) {
    throw new DomainError(
      `masking: expected 'one', 'all-sites' or { bernoulli: p } with 0 < p ≤ 1, got ${JSON.stringify(masking)}.`,
    );
  }
}

/**
 * Hides entries of sequences. Missing entries (−1) stay missing and are never asked for.
 *
 * @param values - [samples, sites], states or −1; not changed.
 * @returns new arrays, except that for `'all-sites'` both are `values` itself.
 */
export function maskEntries(values: Int32Array, sites: number, masking: Masking, rng: Rng): MaskedEntries {
  if (masking === 'all-sites') return { tokens: values, targets: values };
  const tokens = Int32Array.from(values);
  const targets = new Int32Array(values.length).fill(-1);
  const hide = (k: number) => {
    targets[k] = values[k];
    tokens[k] = -1;
  };
  for (let row = 0; row < values.length; row += sites) {
    if (masking === 'one') {
      const k = drawObserved(values, row, sites, rng);
      if (k >= 0) hide(k);
    } else {
      for (let k = row; k < row + sites; k++)
        if (rng.uniform() < masking.bernoulli && values[k] >= 0) hide(k);
    }
  }
  return { tokens, targets };
}

/** A uniformly drawn observed entry of the row that begins at `row`, or −1 if all of it is missing. */
function drawObserved(values: Int32Array, row: number, sites: number, rng: Rng): number {
  let observed = 0;
  for (let k = row; k < row + sites; k++) if (values[k] >= 0) observed++;
  if (observed === 0) return -1;
  let left = rng.integer(observed);
  for (let k = row; ; k++) if (values[k] >= 0 && left-- === 0) return k;
}

/**
 * One loss weight per sequence such that Σ_b weight_b Σ_(asked sites) loss is the weighted mean per masked site:
 * weight_b = w_b / Σ_b w_b n_b, with n_b the sites asked for in sequence b. All zero if nothing is asked.
 *
 * @param total - Σ_b w_b n_b, if the sequences are only a part of those to average over.
 */
export function lossWeights(
  targets: Int32Array,
  sites: number,
  sampleWeights?: ArrayLike<number>,
  total = askedWeight(targets, sites, sampleWeights),
): Float64Array {
  return Float64Array.from({ length: targets.length / sites }, (_, b) =>
    total > 0 ? (sampleWeights ? sampleWeights[b] : 1) / total : 0,
  );
}

/** Σ_b w_b n_b: the weight of all that is asked, by which batches are combined into one mean. */
export function askedWeight(targets: Int32Array, sites: number, sampleWeights?: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < targets.length; k++) {
    if (targets[k] >= 0) total += sampleWeights ? sampleWeights[Math.floor(k / sites)] : 1;
  }
  return total;
}

/** The rows of `data` with the given indices, and their weights. */
export function takeSamples(
  data: Configurations,
  indices: ArrayLike<number>,
): { readonly values: Int32Array; readonly weights: Float64Array | undefined } {
  const { sites } = data;
  const values = new Int32Array(indices.length * sites);
  const weights = data.weights ? new Float64Array(indices.length) : undefined;
  for (let k = 0; k < indices.length; k++) {
    const from = indices[k] * sites;
    values.set(data.values.subarray(from, from + sites), k * sites);
    if (weights) weights[k] = data.weights![indices[k]];
  }
  return { values, weights };
}
