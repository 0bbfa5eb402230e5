import { sharedRuntime, type WasmRuntime } from '@spinformer/tensor/wasm';
import {
  countsResidues,
  type EncodedSequences,
  linearWeights,
  neededResidues,
  type WeightOptions,
} from './alignment-weights.ts';
import { UNKNOWN_CODE } from './alphabet.ts';
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
  const runtime = options.runtime ?? sharedRuntime();
  if (!countsResidues(options)) return countColumns(runtime, sequences, options);
  const needed = neededResidues(sequences, options);
  return countResidues(runtime, sequences, needed).map((weight, m) => (needed[m] < 0 ? 0 : weight));
}

function countColumns(
  runtime: WasmRuntime,
  sequences: EncodedSequences,
  options: WeightOptions,
): Float64Array {
  const { sites } = sequences;
  const matches = minimumMatches(sites, options);
  // Padding is equal in all rows, so that it adds to the matches that are needed.
  const padding = LANES * Math.ceil(sites / LANES) - sites;
  return countNeighbours(runtime, sequences, 'count', matches + padding, 0);
}

function countResidues(runtime: WasmRuntime, sequences: EncodedSequences, needed: Int32Array): Float64Array {
  const address = runtime.allocate(Math.max(LANES, needed.byteLength));
  try {
    runtime.int32(address, needed.length).set(needed);
    const gap = sequences.alphabet?.gapCode ?? -1;
    // Without a gap in the alphabet a code that no letter has pads the rows and matches nothing.
    return countNeighbours(runtime, sequences, 'countResidues', address, gap < 0 ? UNKNOWN_CODE : gap);
  } finally {
    runtime.free(address);
  }
}

function countNeighbours(
  runtime: WasmRuntime,
  sequences: EncodedSequences,
  job: 'count' | 'countResidues',
  needed: number,
  padding: number,
): Float64Array {
  const { samples, sites } = sequences;
  const kernels = runtime.load(neighbourCountsKernels);
  const vectors = Math.ceil(sites / LANES);
  const width = vectors * LANES;
  const early = vectors < LEAST_EARLY ? vectors : Math.ceil(EARLY_SHARE * vectors);
  const rows = runtime.allocate(Math.max(LANES, samples * width));
  const counts = runtime.allocate(Math.max(LANES, 4 * samples));
  try {
    writeRows(runtime.bytes(rows, samples * width).fill(padding), sequences, width);
    runtime.int32(counts, samples).fill(1);
    const args = [rows, samples, vectors, needed, BLOCK, counts, early, padding];
    runtime.run(kernels, job, Math.ceil(samples / BLOCK), args);
    return Float64Array.from(runtime.int32(counts, samples), (count) => 1 / count);
  } finally {
    runtime.free(rows);
    runtime.free(counts);
  }
}

function writeRows(target: Uint8Array, { samples, sites, codes }: EncodedSequences, width: number): void {
  for (let s = 0; s < samples; s++) target.set(codes.subarray(s * sites, (s + 1) * sites), s * width);
}
