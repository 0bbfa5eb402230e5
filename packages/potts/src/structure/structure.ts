import { DataError } from '@spinformer/numerics';

/** An atom that is no hydrogen; coordinates in Å. */
export interface Atom {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** A residue or nucleotide of a chain. */
export interface Residue {
  /** Three-letter name, as in the file. */
  readonly name: string;
  /** One-letter code; modified residues count as what they derive from (MSE is M); 'X' where unknown. */
  readonly letter: string;
  /** The authors' residue number. */
  readonly number: number;
  /** '' where there is none. */
  readonly insertionCode: string;
  readonly atoms: readonly Atom[];
}

/** A polymer chain. */
export interface Chain {
  /** The authors' name of the chain; '' where the file leaves it blank. */
  readonly id: string;
  readonly residues: readonly Residue[];
}

/** The chains of one model of a structure file. */
export interface Structure {
  readonly chains: readonly Chain[];
}

/**
 * A chain by name.
 *
 * @throws {DataError} where there is no such chain; lists those there are.
 */
export function selectChain(structure: Structure, id: string): Chain {
  const chain = structure.chains.find((candidate) => candidate.id === id);
  if (chain) return chain;
  throw new DataError(
    `selectChain: the structure has no chain ${JSON.stringify(id)}. It has ${structure.chains.map(describeChain).join(', ')}.`,
  );
}

function describeChain({ id, residues }: Chain): string {
  return `${JSON.stringify(id)} (${residues.length} residues)`;
}

/** One-letter codes of a chain's residues, in order. */
export function chainLetters(chain: Chain): string {
  return chain.residues.map((residue) => residue.letter).join('');
}
