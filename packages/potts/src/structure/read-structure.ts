import { DataError } from '@spinformer/numerics';
import { textLines } from '../formats/record.ts';
import { parseMmcif } from './mmcif.ts';
import { parsePdb } from './pdb.ts';
import type { Structure } from './structure.ts';

/** Options of {@link readStructure}. */
export interface StructureOptions {
  /** Default: what the content shows. */
  readonly format?: 'auto' | 'pdb' | 'mmcif';
  /** Number of the model to read, of a file with several. Default the first. */
  readonly model?: number;
}

/**
 * Reads a structure, PDB or mmCIF: the polymer chains of one model, without hydrogens, waters and ligands. Modified
 * residues count as those they derive from, and of alternate locations the one of highest occupancy stays.
 *
 * @throws {DataError} for a file without atoms, a number that cannot be read (with its line), or a model that is not
 *   there.
 */
export function readStructure(text: string, options: StructureOptions = {}): Structure {
  const lines = textLines(text);
  const { format = 'auto', model } = options;
  const isMmcif =
    format === 'auto' ? lines.some((line) => line.startsWith('_atom_site.')) : format === 'mmcif';
  const structure = isMmcif ? parseMmcif(lines, model) : parsePdb(lines, model);
  if (structure.chains.length === 0)
    throw new DataError(
      'readStructure: the file holds no atoms of a protein or nucleic acid: no ATOM records and no atom_site loop. ' +
        'Is it a PDB or mmCIF file?',
    );
  return structure;
}
