import type { PottsModel } from '../model.ts';
import { packedCouplings } from '../model-file.ts';
import { BinaryWriter } from './binary.ts';
import type { PottsFileMetadata } from './peer-file.ts';
import { plmcContents } from './plmc-contents.ts';

/**
 * Writes plmc's binary parameters ("plmc_v2"), which EVcouplings reads: float32. Frequencies, weights and the focus
 * sequence come from `metadata.plmc` or the alignment; without either they are flat, none and unknown.
 *
 * @throws {DataError} for metadata that do not fit the model.
 * @source plmc, OutputParametersFull in src/plm.c
 */
export function writePlmcParameters(model: PottsModel, metadata: PottsFileMetadata): Uint8Array {
  const contents = plmcContents(model, metadata);
  const { sites, states, fields } = model;
  const { letters, target, numbers, neighbours, frequencies, pairFrequencies } = contents;
  const floats = 5 + neighbours.length + 2 * sites * states + 2 * pairFrequencies.length;
  const writer = new BinaryWriter(4 * (5 + sites + floats) + states + sites);
  writer.integers([sites, states, contents.sequences, contents.sequencesDropped, contents.iterations]);
  writer.floats([
    contents.theta,
    contents.fieldPenalty,
    contents.couplingPenalty,
    contents.groupPenalty,
    contents.effectiveSequences,
  ]);
  writer.text(letters);
  writer.floats(neighbours);
  writer.text(target);
  writer.integers(numbers);
  writer.floats(frequencies);
  writer.floats(fields);
  writer.floats(pairFrequencies);
  writer.floats(packedCouplings(model));
  return writer.bytes;
}
