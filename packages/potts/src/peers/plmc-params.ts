import { DataError, type Floats } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { fullCouplings } from '../model-file.ts';
import { BinaryReader, type FloatWidth } from './binary.ts';

/** A binary parameter file of plmc (`-o`). */
export interface PlmcParameters {
  /** float64 fields, couplings as precise as the file; in the gauge in which plmc left them. */
  readonly model: PottsModel;
  /** `letters[state]`. */
  readonly letters: string;
  readonly sequences: number;
  readonly sequencesDropped: number;
  readonly iterations: number;
  /** Divergence below which sequences are neighbours: 1 − identity. */
  readonly theta: number;
  readonly fieldPenalty: number;
  readonly couplingPenalty: number;
  readonly groupPenalty: number;
  readonly effectiveSequences: number;
  /** Neighbours of each sequence, itself included; 0 for a dropped one. */
  readonly neighbours: Float32Array | Float64Array;
  /** Letters of the focus sequence, or of the first state throughout where there was none. */
  readonly target: string;
  /** Number of each site, as plmc counts: columns of the alignment from the start of the region. */
  readonly numbers: Int32Array;
  /** Weighted frequencies, [sites, states]. */
  readonly frequencies: Floats<'sites states'>;
  /** Weighted frequencies of pairs i < j in the order (0,1), (0,2), …, [pairs, states, states]. */
  readonly pairFrequencies: Float32Array | Float64Array;
}

const NUMBER_BYTES = 4;
/** Above these a file is surely none of plmc's. */
const MAX_SITES = 100_000;
const MAX_STATES = 256;

/** Whether the sizes of a header are possible at all. */
export function possibleSizes(sites: number, states: number): boolean {
  return sites > 0 && sites <= MAX_SITES && states > 1 && states <= MAX_STATES;
}

/**
 * Reads plmc's binary parameters, "plmc_v2": of float32 as plmc writes them, or of float64 as EVcouplings can.
 *
 * @throws {DataError} for a file whose length does not fit its header, or that holds impossible sizes.
 * @source plmc, OutputParametersFull in src/plm.c
 */
export function readPlmcParameters(bytes: Uint8Array): PlmcParameters {
  const header = new BinaryReader(bytes).integers(5);
  const width = plmcFloatWidth(bytes);
  if (width === null)
    throw new DataError(
      `readPlmcParameters: ${bytes.length} bytes do not fit the header (${header[0]} sites, ${header[1]} states, ` +
        `${header[2] + header[3]} sequences). Is this a parameter file of plmc (-o), and complete?`,
    );
  const [sites, states, sequences, sequencesDropped, iterations] = header;
  const reader = new BinaryReader(bytes, width);
  reader.integers(5);
  const pairNumbers = ((sites * (sites - 1)) / 2) * states * states;
  const [theta, fieldPenalty, couplingPenalty, groupPenalty, effectiveSequences] = reader.floats(5);
  const letters = reader.text(states);
  const neighbours = reader.floats(sequences + sequencesDropped);
  const target = reader.text(sites);
  const numbers = reader.integers(sites);
  const frequencies = Float64Array.from(reader.floats(sites * states));
  const fields = Float64Array.from(reader.floats(sites * states));
  const pairFrequencies = reader.floats(pairNumbers);
  const couplings = fullCouplings(reader.floats(pairNumbers), sites, states);
  return {
    model: { sites, states, fields, couplings },
    letters,
    sequences,
    sequencesDropped,
    iterations,
    theta,
    fieldPenalty,
    couplingPenalty,
    groupPenalty,
    effectiveSequences,
    neighbours,
    target,
    numbers,
    frequencies,
    pairFrequencies,
  };
}

/** Width of the floats with which the length fits the header of a parameter file of plmc; null where none does. */
export function plmcFloatWidth(bytes: Uint8Array): FloatWidth | null {
  const [sites, states, sequences, sequencesDropped] = new BinaryReader(bytes).integers(5);
  if (!possibleSizes(sites, states) || sequences < 0 || sequencesDropped < 0) return null;
  const pairs = (sites * (sites - 1)) / 2;
  const floats = 5 + sequences + sequencesDropped + 2 * sites * states + 2 * pairs * states * states;
  const rest = (5 + sites) * NUMBER_BYTES + states + sites;
  return ([4, 8] as const).find((width) => floats * width + rest === bytes.length) ?? null;
}
