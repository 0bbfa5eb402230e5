import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { BinaryReader, BinaryWriter, type FloatWidth } from './binary.ts';
import { blockOf, emptyCouplings, forEachPair, placeBlock } from './coupling-blocks.ts';
import type { PottsFileHints, PottsFileMetadata, PottsModelReading } from './peer-file.ts';
import { guessLetters, inUsualOrder } from './peer-letters.ts';
import { plmcContents } from './plmc-contents.ts';
import { possibleSizes } from './plmc-params.ts';

const CALLER = 'readPottsModelFile (plmc-v1)';
const NUMBER_BYTES = 4;

/**
 * Reads the older binary parameters of plmc, "plmc_v1" of EVcouplings: no alphabet, no weights, and each pair's
 * frequencies and couplings side by side after its site numbers.
 *
 * @throws {DataError} for a file whose length does not fit its header, or whose pairs are out of order.
 * @source EVcouplings, __read_plmc_v1 in couplings/model.py
 */
export function readPlmcV1(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const [sites, states] = new BinaryReader(bytes).integers(2);
  const width = plmcV1FloatWidth(bytes);
  if (width === null)
    throw new DataError(
      `${CALLER}: ${bytes.length} bytes do not fit the header (${sites} sites, ${states} states). Is the file complete?`,
    );
  const reader = new BinaryReader(bytes, width);
  reader.integers(2);
  const target = reader.text(sites);
  const offsets = reader.integers(sites);
  reader.floats(sites * states);
  const fields = Float64Array.from(reader.floats(sites * states));
  const model = { sites, states, fields, couplings: emptyCouplings(CALLER, sites, states) };
  forEachPair(sites, (i, j) => {
    const [first, second] = reader.integers(2);
    if (first !== i + 1 || second !== j + 1)
      throw new DataError(`${CALLER}: the pair ${i + 1} ${j + 1} is due, the file has ${first} ${second}.`);
    reader.floats(states * states);
    placeBlock(model, i, j, reader.floats(states * states));
  });
  const { letters, warnings } = guessLetters(CALLER, states, hints);
  const reference = { name: '', letters: target, residueNumbers: offsets };
  const description = { ...(letters ? { letters } : {}), reference };
  return { model, ...(letters ? { letters } : {}), offsets, description, format: 'plmc-v1', warnings };
}

/** Width of the floats with which the length fits the header; null where none does. */
export function plmcV1FloatWidth(bytes: Uint8Array): FloatWidth | null {
  const [sites, states] = new BinaryReader(bytes).integers(2);
  if (!possibleSizes(sites, states)) return null;
  const fits = ([4, 8] as const).filter((width) => plmcV1Length(sites, states, width) === bytes.length);
  return fits[0] ?? null;
}

function plmcV1Length(sites: number, states: number, width: number): number {
  const pairs = (sites * (sites - 1)) / 2;
  const floats = 2 * sites * states + 2 * pairs * states * states;
  return (2 + sites + 2 * pairs) * NUMBER_BYTES + sites + floats * width;
}

/** Writes the older binary parameters of plmc; float32. What it lacks of the metadata is lost. */
export function writePlmcV1(given: PottsModel, metadata: PottsFileMetadata): Uint8Array {
  const model = inUsualOrder(given, metadata.letters);
  const { sites, states, fields } = model;
  const { target, numbers, frequencies, pairFrequencies } = plmcContents(model, metadata);
  const writer = new BinaryWriter(plmcV1Length(sites, states, NUMBER_BYTES));
  writer.integers([sites, states]);
  writer.text(target);
  writer.integers(numbers);
  writer.floats(frequencies);
  writer.floats(fields);
  const block = states * states;
  let pair = 0;
  forEachPair(sites, (i, j) => {
    writer.integers([i + 1, j + 1]);
    writer.floats(pairFrequencies.subarray(pair * block, (pair + 1) * block));
    writer.floats(blockOf(model, i, j));
    pair++;
  });
  return writer.bytes;
}
