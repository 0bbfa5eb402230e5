import { type Configurations, DomainError, type Ints, ShapeError } from '@spinformer/numerics';
import { sharedRuntime, type WasmRuntime } from '@spinformer/tensor/wasm';
import { checkConfigurations } from '../energy.ts';
import { nearestRowsKernels } from '../generated/nearest-rows.ts';

/** How far sequences are from the nearest of a set. */
export interface Nearest {
  readonly sites: number;
  /** Number of the nearest sequence, the first of equals, [samples]; −1 where there is none to compare with. */
  readonly index: Ints<'samples'>;
  /** Columns in which it differs, [samples]. */
  readonly distance: Ints<'samples'>;
  /** What the distances say of all sequences together. */
  readonly summary: Novelty;
}

/** How new sequences are. */
export interface Novelty {
  /** Mean share of columns that agree with the nearest sequence, 0…1. */
  readonly meanIdentity: number;
  /** Identity at the quantiles 0.05, 0.25, 0.5, 0.75 and 0.95. */
  readonly quantiles: readonly number[];
  /** Sequences at distance 0: copies. */
  readonly copies: number;
}

/** Options of {@link nearestNatural}. */
export interface NearestOptions {
  /** Leaves out the sequence of the same number: for the distances of natural sequences among themselves. Default false. */
  readonly skipSame?: boolean;
  /** Memory and threads; default the runtime that the process shares. */
  readonly runtime?: WasmRuntime;
}

/** Sequences of a block: what one thread compares with all others at a time. */
const BLOCK = 96;
/** Sixteen letters to a vector. */
const LANES = 16;
/** Share of the columns after which most pairs are known to differ too much. */
const EARLY_SHARE = 0.5;
/** A code for a missing entry, which equals another missing entry as a gap does. */
const MISSING = 255;
const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95];

/**
 * The nearest natural sequence of each generated one, by the number of columns that differ; a missing entry counts as
 * one more letter. Copies of natural sequences, or distances below those that natural sequences have among themselves,
 * show a model that has learned by heart.
 *
 * @param generated [samples, sites].
 * @param natural of the same sites and states, as an alignment.
 * @throws {ShapeError | DomainError} for configurations whose sizes or entries are wrong, or more than 254 states;
 *   {BackendError} when memory does not suffice.
 * @complexity O(generated·natural·sites/16)
 * @example
 * ```ts
 * const { summary } = nearestNatural(sequences, alignment);
 * const among = nearestNatural(alignment, alignment, { skipSame: true }).summary;
 * summary.meanIdentity < among.meanIdentity; // as new as a natural sequence is
 * ```
 */
export function nearestNatural(
  generated: Configurations,
  natural: Configurations,
  options: NearestOptions = {},
): Nearest {
  checkSets(generated, natural);
  const { sites, samples } = generated;
  const runtime = options.runtime ?? sharedRuntime();
  const kernels = runtime.load(nearestRowsKernels);
  const vectors = Math.ceil(sites / LANES);
  const early = Math.ceil(EARLY_SHARE * vectors);
  const blocks: number[] = [];
  const allocate = (bytes: number) => {
    blocks.push(runtime.allocate(Math.max(LANES, bytes)));
    return blocks[blocks.length - 1];
  };
  try {
    const queries = allocate(samples * vectors * LANES);
    const rows = allocate(natural.samples * vectors * LANES);
    const [index, equal] = [allocate(4 * samples), allocate(4 * samples)];
    writeRows(runtime, queries, generated, vectors);
    writeRows(runtime, rows, natural, vectors);
    const shape = [queries, samples, rows, natural.samples, vectors, BLOCK];
    const args = [...shape, index, equal, early, options.skipSame ? 1 : 0];
    runtime.run(kernels, 'nearest', Math.ceil(samples / BLOCK), args);
    // Padding is equal in all rows.
    const padding = vectors * LANES - sites;
    const distance = runtime.int32(equal, samples).map((same) => (same < 0 ? sites : sites + padding - same));
    return {
      sites,
      index: runtime.int32(index, samples).slice(),
      distance: Int32Array.from(distance),
      summary: novelty(distance, sites),
    };
  } finally {
    for (const block of blocks) runtime.free(block);
  }
}

function novelty(distance: Int32Array, sites: number): Novelty {
  const identities = Float64Array.from(distance, (d) => 1 - d / sites).sort();
  const at = (quantile: number) => identities[Math.round(quantile * (identities.length - 1))];
  return {
    meanIdentity: identities.reduce((sum, identity) => sum + identity, 0) / identities.length,
    quantiles: QUANTILES.map(at),
    copies: identities.filter((identity) => identity === 1).length,
  };
}

function checkSets(generated: Configurations, natural: Configurations): void {
  for (const [name, set] of Object.entries({ generated, natural })) {
    checkConfigurations(`nearestNatural: ${name}`, set, set.values);
    if (set.values.length !== set.samples * set.sites || set.samples < 1)
      throw new ShapeError(
        `nearestNatural: ${name} must hold ${set.samples} × ${set.sites} states and at least one sequence, ` +
          `got ${set.values.length} entries.`,
      );
    if (set.states >= MISSING)
      throw new DomainError(`nearestNatural: at most ${MISSING - 1} states, got ${set.states}.`);
  }
  if (generated.sites !== natural.sites || generated.states !== natural.states)
    throw new ShapeError(
      `nearestNatural: generated sequences have ${generated.sites} sites of ${generated.states} states, natural ones ` +
        `${natural.sites} of ${natural.states}. Compare sequences of one alignment.`,
    );
}

function writeRows(runtime: WasmRuntime, place: number, set: Configurations, vectors: number): void {
  const { samples, sites, values } = set;
  const width = vectors * LANES;
  const rows = runtime.bytes(place, samples * width).fill(0);
  for (let m = 0; m < samples; m++)
    for (let i = 0; i < sites; i++) {
      const state = values[m * sites + i];
      rows[m * width + i] = state < 0 ? MISSING : state;
    }
}
