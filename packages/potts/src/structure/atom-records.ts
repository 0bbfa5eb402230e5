import type { Atom, Chain, Residue, Structure } from './structure.ts';

/** One atom as a line of a structure file gives it. */
export interface AtomRecord {
  readonly name: string;
  readonly element: string;
  readonly residueName: string;
  /** One-letter code of the residue, 'X' where unknown; null for what is no part of a polymer: waters, ligands. */
  readonly letter: string | null;
  readonly chain: string;
  readonly residueNumber: number;
  readonly insertionCode: string;
  readonly occupancy: number;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

interface ResidueBuilder {
  readonly first: AtomRecord;
  readonly atoms: Map<string, AtomRecord>;
}

/**
 * Gathers atoms into residues and chains, in the order of the file. Hydrogens, waters and ligands are left out; of
 * alternate locations the one of highest occupancy stays, the first among equals.
 */
export class StructureBuilder {
  readonly #chains = new Map<string, Map<string, ResidueBuilder>>();

  add(record: AtomRecord): void {
    if (record.element === 'H' || record.element === 'D') return;
    if (record.letter === null) return;
    const residues = getOrCreate(this.#chains, record.chain, () => new Map<string, ResidueBuilder>());
    const key = `${record.residueNumber}${record.insertionCode}`;
    const residue = getOrCreate(residues, key, () => ({ first: record, atoms: new Map() }));
    if (residue.first.residueName !== record.residueName) return;
    const present = residue.atoms.get(record.name);
    if (!present || record.occupancy > present.occupancy) residue.atoms.set(record.name, record);
  }

  finish(): Structure {
    const chains: Chain[] = [];
    for (const [id, residues] of this.#chains)
      chains.push({ id, residues: [...residues.values()].map(toResidue) });
    return { chains };
  }
}

function toResidue({ first, atoms }: ResidueBuilder): Residue {
  return {
    name: first.residueName,
    letter: first.letter ?? 'X',
    number: first.residueNumber,
    insertionCode: first.insertionCode,
    atoms: [...atoms.values()].map(({ name, x, y, z }): Atom => ({ name, x, y, z })),
  };
}

function getOrCreate<K, V>(map: Map<K, V>, key: K, create: () => V): V {
  const present = map.get(key);
  if (present !== undefined) return present;
  const created = create();
  map.set(key, created);
  return created;
}
