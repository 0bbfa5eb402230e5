import { DataError, type Ints } from '@spinformer/numerics';
import type { Alignment } from '../alignment.ts';
import { GAP_CHARACTERS } from '../alphabet.ts';
import { alignGlobally } from '../structure/global-alignment.ts';
import type { MutationReference } from './mutation-reference.ts';

/** A sequence put onto the sites of a family. */
export interface FamilyMember extends MutationReference {
  /** [sites], the residue at each site; 0 where the sequence has none. */
  readonly residueNumbers: Ints<'sites'>;
  /** [residues], the site of each residue of the sequence, or −1. */
  readonly sites: Ints<'residues'>;
  /** Numbers of the residues that have no site: insertions, and what hangs over the ends. */
  readonly unmodelled: readonly number[];
}

/** Options of {@link alignToFamily}. */
export interface FamilyMemberOptions {
  /** Number of the first residue; default 1. */
  readonly firstResidue?: number;
}

/** Frequencies are smoothed by this many sequences of the family's mean composition. */
const PSEUDOCOUNT = 5;
/** Log-odds in half bits, the unit of BLOSUM62, for which the costs of gaps are made. */
const HALF_BITS = 2 / Math.log(2);
/** Below this share of the residues a sequence is hardly a member. */
const LEAST_COVERED = 0.3;

/**
 * Aligns a sequence to the profile of a family: log-odds of each site's weighted frequencies against the family's mean
 * composition, affine gaps, free at the ends. For a wild type that is not in the alignment itself.
 *
 * @param sequence unaligned; gaps in it are ignored, lower case counts as upper case.
 * @throws {DataError} for a letter outside the alphabet, or a sequence of which hardly anything fits.
 * @complexity O(residues·sites + samples·sites)
 * @example
 * ```ts
 * const wildType = alignToFamily('PRRIVIHRGSTGLGFNIVGG', alignment, { firstResidue: 311 });
 * scoreMutants(model, wildType, ['I314V'], { letters: alignment.letters });
 * ```
 */
export function alignToFamily(
  sequence: string,
  family: Alignment,
  options: FamilyMemberOptions = {},
): FamilyMember {
  const { firstResidue = 1 } = options;
  const residues = [...sequence.toUpperCase()].filter((letter) => !GAP_CHARACTERS.includes(letter));
  const codes = residues.map((letter, k) => codeOf(letter, k, family));
  const profile = logOdds(family);
  const size = family.alphabet.symbols.length;
  const sites = alignGlobally(codes.length, family.sites, (k, site) => profile[site * size + codes[k]]);
  const letters = Array<string>(family.sites).fill('-');
  const residueNumbers = new Int32Array(family.sites);
  sites.forEach((site, k) => {
    if (site < 0) return;
    letters[site] = residues[k];
    residueNumbers[site] = firstResidue + k;
  });
  const unmodelled = [...sites.keys()].filter((k) => sites[k] < 0).map((k) => firstResidue + k);
  const found = residues.length - unmodelled.length;
  if (found === 0 || found < LEAST_COVERED * Math.min(residues.length, family.sites))
    throw new DataError(
      `alignToFamily: only ${found} of ${residues.length} residues find a site among ` +
        `${family.sites}. Is the sequence a member of this family?`,
    );
  return { letters: letters.join(''), residueNumbers, sites, unmodelled };
}

function codeOf(letter: string, at: number, { alphabet }: Alignment): number {
  const code = alphabet.symbols.indexOf(letter);
  if (code >= 0) return code;
  throw new DataError(
    `alignToFamily: the sequence has "${letter}" at position ${at + 1}, which is no letter of the alphabet ` +
      `${alphabet.symbols}.`,
  );
}

/** [sites, symbols]: log of a symbol's frequency at a site over its frequency in the family. */
function logOdds({ samples, sites, codes, alphabet, weights }: Alignment): Float64Array {
  const size = alphabet.symbols.length;
  const counts = new Float64Array(sites * size);
  const total = new Float64Array(size);
  for (let m = 0; m < samples; m++)
    for (let i = 0; i < sites; i++) {
      const code = codes[m * sites + i];
      if (code === alphabet.gapCode) continue;
      counts[i * size + code] += weights?.[m] ?? 1;
      total[code] += weights?.[m] ?? 1;
    }
  const all = total.reduce((sum, count) => sum + count, 0) + size;
  return counts.map((count, k) => {
    const background = (total[k % size] + 1) / all;
    const start = k - (k % size);
    const known = counts.subarray(start, start + size).reduce((sum, value) => sum + value, 0);
    const frequency = (count + PSEUDOCOUNT * background) / (known + PSEUDOCOUNT);
    return HALF_BITS * Math.log(frequency / background);
  });
}
