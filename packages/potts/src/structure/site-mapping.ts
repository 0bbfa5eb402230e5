import { DataError } from '@spinformer/numerics';
import { alignmentText } from './alignment-text.ts';
import { alignPair } from './sequence-alignment.ts';
import { type Chain, chainLetters, type Residue, type Structure, selectChain } from './structure.ts';

/** The sequence whose sites are to be found in a structure. */
export interface MappedSequence {
  /** One letter per site; '-' where a site has none. */
  readonly letters: string;
  /** [sites], where the sites' residues are numbered. */
  readonly residueNumbers?: ArrayLike<number>;
}

/** Where each site is in a structure. */
export interface SiteMapping {
  readonly chain: Chain;
  /** One per site; null where the structure lacks it. */
  readonly residues: readonly (Residue | null)[];
  /** Whether the sites were found by their residue numbers or by aligning the sequences. */
  readonly method: 'numbers' | 'sequence';
  /** Sites found in the structure. */
  readonly covered: number;
  /** Share of the sites found whose letter is the same in the structure, 0…1. */
  readonly identity: number;
  /** Sites and chain under one another, as text for people. */
  readonly alignment: string;
}

/** Options of {@link mapSites}. */
export interface MappingOptions {
  /** The authors' name of the chain; default: the chain that agrees in most letters. */
  readonly chain?: string;
  /** Least share of the sites found whose letters agree; default 0.2, about what unrelated sequences reach. */
  readonly leastIdentity?: number;
}

/** Residue numbers are trusted where at least this share of the sites found by them has the same letter… */
const TRUSTED_IDENTITY = 0.9;
/** …and at least this share of the sites is found. */
const TRUSTED_COVERAGE = 0.5;
/** Below this many sites found nothing can be compared. */
const LEAST_COVERED = 5;
/** Aligned at best, unrelated proteins agree in about this share of their letters. */
const LEAST_IDENTITY = 0.2;

/**
 * Finds the sites of an alignment in a structure: by residue numbers where these agree with the letters, otherwise by
 * aligning the sequences. Without a chain named, the one that agrees in most letters is taken.
 *
 * @param sequence the reference sequence of an alignment, or its consensus.
 * @throws {DataError} where there is no such chain, next to nothing of the sequence is found, or hardly a letter agrees:
 *   the message then shows the alignment between both.
 */
export function mapSites(
  structure: Structure,
  sequence: MappedSequence,
  options: MappingOptions = {},
): SiteMapping {
  const chains = options.chain === undefined ? structure.chains : [selectChain(structure, options.chain)];
  const agreement = (mapping: Unaligned) => mapping.identity * mapping.covered;
  const mappings = chains.map((chain) => mapChain(chain, sequence));
  const best = mappings.reduce((a, b) => (agreement(b) > agreement(a) ? b : a));
  const alignment = describeAlignment(best, sequence.letters);
  const least = options.leastIdentity ?? LEAST_IDENTITY;
  if (best.covered < Math.min(LEAST_COVERED, sequence.letters.length) || best.identity < least)
    throw new DataError(
      `mapSites: chain ${JSON.stringify(best.chain.id)}, the best of ${chains.length}, has ${best.covered} of ` +
        `${sequence.letters.length} sites, and ${Math.round(100 * best.identity)} % of their letters agree. Is it a ` +
        `structure of this family? If it is a remote one, lower leastIdentity.\n${alignment}`,
    );
  return { ...best, alignment };
}

function describeAlignment({ chain, residues }: Unaligned, letters: string): string {
  const positions = new Map(chain.residues.map((residue, k) => [residue, k]));
  const partners = residues.map((residue) => (residue === null ? -1 : (positions.get(residue) ?? -1)));
  return alignmentText(letters, chainLetters(chain), partners, ['sites', `chain ${chain.id}`]);
}

type Unaligned = Omit<SiteMapping, 'alignment'>;

function mapChain(chain: Chain, sequence: MappedSequence): Unaligned {
  const { letters, residueNumbers } = sequence;
  if (residueNumbers) {
    const byNumber = new Map<number, Residue>();
    for (const residue of chain.residues)
      if (residue.insertionCode === '') byNumber.set(residue.number, residue);
    const residues = Array.from(residueNumbers, (number) => byNumber.get(number) ?? null);
    const mapping = describe(chain, letters, residues, 'numbers');
    if (mapping.identity >= TRUSTED_IDENTITY && mapping.covered >= TRUSTED_COVERAGE * letters.length)
      return mapping;
  }
  const kind = isNucleic(chain) ? 'nucleic' : 'protein';
  const partners = alignPair(letters, chainLetters(chain), kind);
  const residues = Array.from(partners, (partner) => (partner < 0 ? null : chain.residues[partner]));
  return describe(chain, letters, residues, 'sequence');
}

function describe(
  chain: Chain,
  letters: string,
  residues: readonly (Residue | null)[],
  method: SiteMapping['method'],
): Unaligned {
  const found = residues.filter((residue) => residue !== null).length;
  const same = residues.filter(
    (residue, site) => residue !== null && sameLetter(residue.letter, letters[site]),
  ).length;
  return { chain, residues, method, covered: found, identity: found === 0 ? 0 : same / found };
}

function sameLetter(a: string, b: string): boolean {
  return a === b.toUpperCase() || (a === 'T' && b === 'U') || (a === 'U' && b === 'T');
}

function isNucleic(chain: Chain): boolean {
  const nucleotides = chain.residues.filter((residue) => residue.name.length <= 2).length;
  return nucleotides > chain.residues.length / 2;
}
