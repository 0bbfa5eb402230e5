import { sharedRuntime, type WasmRuntime } from '@spinformer/tensor/wasm';
import {
  countsResidues,
  type EncodedSequences,
  linearWeights,
  sequenceWeights,
  type WeightOptions,
} from './alignment-weights.ts';
import { neighbourCountsKernels } from './generated/neighbour-counts.ts';
import { minimumMatches } from './weights/neighbour-rules.ts';

/** Sequences of a block: what one thread compares with all later ones at a time. */
const BLOCK = 96;
/** Sixteen letters to a vector. */
const LANES = 16;
/** Share of the columns after which most pairs of a family are known to differ too much. */
const EARLY_SHARE = 0.45;
/** Rows of fewer vectors are compared whole. */
const LEAST_EARLY = 4;

/**
 * The weights of {@link sequenceWeights}, exactly, on SIMD comparisons and all threads: for large alignments.
 *
 * @param sequences letter codes of any 8 bits, [samples, sites].
 * @param options identity and convention; the runtime whose memory and threads are used.
 * @returns [samples], 1/(1 + neighbours), new.
 * @throws {DomainError} for an identity outside 0…1; {BackendError} when memory does not suffice.
 * @complexity O(samples²·sites/16)
 */
export function sequenceWeightsFast(
  sequences: EncodedSequences,
  options: WeightOptions & { readonly runtime?: WasmRuntime } = {},
): Float64Array {
  const linear = linearWeights(sequences, options);
  if (linear) return linear;
  if (countsResidues(options)) return sequenceWeights(sequences, options);
  const { samples, sites } = sequences;
  const matches = minimumMatches(sites, options);
  const runtime = options.runtime ?? sharedRuntime();
  const kernels = runtime.load(neighbourCountsKernels);
  const vectors = Math.ceil(sites / LANES);
  const width = vectors * LANES;
  const early = vectors < LEAST_EARLY ? vectors : Math.ceil(EARLY_SHARE * vectors);
  const rows = runtime.allocate(Math.max(LANES, samples * width));
  const counts = runtime.allocate(Math.max(LANES, 4 * samples));
  try {
    writeRows(runtime.bytes(rows, samples * width).fill(0), sequences, width);
    runtime.int32(counts, samples).fill(1);
    // Padding is equal in all rows, so that it adds to the matches that are needed.
    const args = [rows, samples, vectors, matches + width - sites, BLOCK, counts, early];
    runtime.run(kernels, 'count', Math.ceil(samples / BLOCK), args);
    return Float64Array.from(runtime.int32(counts, samples), (count) => 1 / count);
  } finally {
    runtime.free(rows);
    runtime.free(counts);
  }
}

function writeRows(target: Uint8Array, { samples, sites, codes }: EncodedSequences, width: number): void {
  for (let s = 0; s < samples; s++) target.set(codes.subarray(s * sites, (s + 1) * sites), s * width);
}
