import { DataError, type Ints } from '@spinformer/numerics';
import type { PottsFileMetadata } from './peer-file.ts';

/** Numbers from 1, where a file does not say them. */
export function siteNumbers(sites: number): Ints<'sites'> {
  return Int32Array.from({ length: sites }, (_, site) => site + 1);
}

/**
 * The residue numbers to write: those given, those of the reference, or from 1.
 *
 * @throws {DataError} for another number of them than of sites.
 */
export function numbersToWrite(sites: number, metadata: PottsFileMetadata): Ints<'sites'> {
  const { offsets, description, alignment } = metadata;
  const given =
    offsets ??
    description?.reference?.residueNumbers ??
    alignment?.reference?.residueNumbers ??
    siteNumbers(sites);
  if (given.length !== sites)
    throw new DataError(
      `writePottsModelFile: offsets must hold one residue number for each of the ${sites} sites, got ${given.length}.`,
    );
  return Int32Array.from(given);
}
