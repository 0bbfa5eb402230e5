import { DataError } from '@spinformer/numerics';
import { type AtomRecord, StructureBuilder } from './atom-records.ts';
import { residueLetter } from './residue-letters.ts';
import type { Structure } from './structure.ts';

/**
 * Reads the ATOM and HETATM records of a PDB file, and what its MODRES records say modified residues derive from.
 *
 * @param model the MODEL to read, by its number; default the first.
 * @throws {DataError} for a number that cannot be read, with its line, or a model that is not there.
 * @source wwPDB, Atomic Coordinate Entry Format 3.3
 */
export function parsePdb(lines: readonly string[], model?: number): Structure {
  const builder = new StructureBuilder();
  const models: number[] = [];
  const parents = new Map<string, string | null>();
  let current: number | null = null;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    const tag = line.slice(0, 6).trimEnd();
    if (tag === 'MODEL') models.push((current = readNumber(line.slice(6), 'model number', index)));
    if (tag === 'MODRES') parents.set(line.slice(12, 15).trim(), residueLetter(line.slice(24, 27).trim()));
    if (tag !== 'ATOM' && tag !== 'HETATM') continue;
    const wanted = current === null || current === (model ?? models[0]);
    if (!wanted) continue;
    const residueName = line.slice(17, 20).trim();
    const letter = residueLetter(residueName) ?? parents.get(residueName) ?? (tag === 'ATOM' ? 'X' : null);
    builder.add({ ...readAtom(line, index), residueName, letter });
  }
  if (model !== undefined && models.length > 0 && !models.includes(model))
    throw new DataError(
      `readStructure: there is no model ${model}; the file has models ${models.join(', ')}.`,
    );
  return builder.finish();
}

function readAtom(line: string, index: number): Omit<AtomRecord, 'residueName' | 'letter'> {
  const rawName = line.slice(12, 16);
  return {
    name: rawName.trim(),
    element: line.slice(76, 78).trim().toUpperCase() || elementOf(rawName),
    chain: line.slice(21, 22).trim(),
    residueNumber: readNumber(line.slice(22, 26), 'residue number', index),
    insertionCode: line.slice(26, 27).trim(),
    occupancy: Number(line.slice(54, 60)) || 0,
    x: readNumber(line.slice(30, 38), 'x coordinate', index),
    y: readNumber(line.slice(38, 46), 'y coordinate', index),
    z: readNumber(line.slice(46, 54), 'z coordinate', index),
  };
}

/** Element from the atom's name where the file has no element column: one letter, right-aligned in two places. */
function elementOf(rawName: string): string {
  if (/^\d?H|^ ?H/.test(rawName)) return 'H';
  return rawName.trim().replace(/\d/g, '').slice(0, 1);
}

function readNumber(text: string, what: string, index: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new DataError(
    `readStructure: line ${index + 1} has the ${what} ${JSON.stringify(text.trim())}, which is no number. ` +
      'The columns of a PDB file are fixed; is it damaged?',
  );
}
