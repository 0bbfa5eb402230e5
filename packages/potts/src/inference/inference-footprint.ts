import { inferenceMemory } from './inference-memory.ts';
import type { InferenceMethod } from './inference-options.ts';

/** Memory that an inference needs, in bytes. */
export interface InferenceFootprint {
  /** WebAssembly memory, of which there is one of 4 GiB: what {@link inferenceMemory} says. */
  readonly wasm: number;
  /** JavaScript arrays: the data, the model, and one copy of the state for a checkpoint. */
  readonly heap: number;
  /** Both together. */
  readonly total: number;
}

/** Bytes for each entry of the alignment: values, codes, letters twice, and column patterns while they are sought. */
const BYTES_PER_ENTRY = 14;
/** Vectors of variables in the state of a symmetric fit: point, gradient, and two pairs of steps and changes. */
const STATE_VECTORS = 6;

/**
 * What {@link inferCouplings} will need at most, before it starts, so that a caller can say so and refuse. 50,000 × 500
 * with 21 states: about 2 GiB for `plm-asymmetric`, 6 GiB for `plm`.
 *
 * @param sequences distinct sequences of positive weight.
 * @param options.method default `plm`.
 * @param options.threads default 1.
 */
export function inferenceFootprint(
  sites: number,
  states: number,
  sequences: number,
  options: { readonly method?: InferenceMethod; readonly threads?: number } = {},
): InferenceFootprint {
  const wasm = inferenceMemory(sites, states, sequences, options);
  const couplings = 4 * (sites * states) ** 2;
  const heap = BYTES_PER_ENTRY * sequences * sites + arraysOf(options.method ?? 'plm', couplings);
  return { wasm, heap, total: wasm + heap };
}

/** Arrays of the size of the couplings, [sites, sites, states, states] float32. */
function arraysOf(method: InferenceMethod, couplings: number): number {
  switch (method) {
    case 'plm':
      // A block of a pair is padded to whole vectors of four, so a vector is a little more than half the couplings.
      return couplings * (1 + (STATE_VECTORS * 1.4) / 2);
    case 'plm-asymmetric':
      return 3 * couplings;
    default:
      return 2 * couplings;
  }
}
