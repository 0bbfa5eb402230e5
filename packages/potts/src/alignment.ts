import type { Configurations, Ints } from '@spinformer/numerics';
import type { Alphabet, AlphabetName } from './alphabet.ts';
import type { AlignmentFormat } from './formats/detect.ts';

/**
 * Aligned sequences as configurations of a Potts model. `values[m·sites + i]` is the state of site i in sequence m,
 * 0…states−1, or −1 for a gap that the model leaves out (`gaps: 'ignore'`).
 */
export interface Alignment extends Configurations {
  /** Names of the sequences kept, in the order of the file; names may repeat. */
  readonly names: readonly string[];
  readonly alphabet: Alphabet;
  /** `letters[state]` is the letter of a state: the alphabet's symbols, without the gap where gaps are ignored. */
  readonly letters: string;
  readonly gaps: 'state' | 'ignore';
  /**
   * [samples, sites]: the code in `alphabet.symbols`, gaps included. Sequence weights compare these, because a gap
   * counts as a letter there whether or not the model has a gap state.
   */
  readonly codes: Uint8Array;
  /** 0-based column of the file for each site (of the match columns, for A3M). */
  readonly columns: Ints<'sites'>;
  /** The focus sequence, where one was named. */
  readonly reference?: ReferenceSequence;
  readonly format: AlignmentFormat;
  readonly counts: AlignmentCounts;
  /** What a reader should know about the reading, as sentences; empty where all went as expected. */
  readonly warnings: readonly string[];
}

/** The sequence that chose the columns, and how its residues are numbered. */
export interface ReferenceSequence {
  readonly name: string;
  /** One letter per site. */
  readonly letters: string;
  /**
   * Number of each site's residue: the region's start in `NAME/start-end` (1 without a region) and one more for every
   * residue, also for those that are no sites; downwards where start > end.
   */
  readonly residueNumbers: Ints<'sites'>;
}

/** How many sequences and columns were read and left out, and why. */
export interface AlignmentCounts {
  readonly sequencesRead: number;
  /** Dropped because of a letter outside the alphabet. */
  readonly sequencesWithInvalidLetters: number;
  /** Dropped by `maxSequenceGaps`. */
  readonly sequencesWithTooManyGaps: number;
  /** Letters read as gaps under `invalid: 'gap'`. */
  readonly lettersReadAsGaps: number;
  readonly columnsRead: number;
  /** Insert columns, and those that the focus sequence leaves out. */
  readonly columnsOutsideFocus: number;
  /** Dropped by `maxColumnGaps`. */
  readonly columnsWithTooManyGaps: number;
  /** Dropped by `emptyColumns: 'drop'`. */
  readonly columnsEmpty: number;
}

/** Options of {@link readAlignment}. */
export interface AlignmentOptions {
  /** Default: what the content shows. */
  readonly format?: AlignmentFormat | 'auto';
  /** A name, the letters themselves, or an {@link Alphabet}. Default: guessed from the letters. */
  readonly alphabet?: AlphabetName | Alphabet | (string & {});
  /**
   * Keeps the columns where this sequence has an upper-case letter. The sequence is the first whose name, up to white
   * space or `/`, equals this text, otherwise the first whose name begins with it.
   */
  readonly focus?: string;
  /** Whether a gap is a state of the model (default) or a missing entry, −1. */
  readonly gaps?: 'state' | 'ignore';
  /** What to do with a sequence that holds a letter outside the alphabet. Default 'drop', which is counted. */
  readonly invalid?: 'drop' | 'gap' | 'error';
  /** Whether letters outside the alphabet count in the columns kept only (default) or in all columns, as in plmc. */
  readonly invalidColumns?: 'kept' | 'all';
  /** Drop sequences with more than this share of gaps in the columns kept, 0…1. Default 1: none. */
  readonly maxSequenceGaps?: number;
  /** Drop columns with more than this share of gaps among the sequences kept, 0…1. Default 1: none. */
  readonly maxColumnGaps?: number;
  /**
   * A column of gaps only says nothing about any coupling. 'error' (default) refuses it; 'drop' leaves it out; 'keep'
   * keeps it with a warning: the pseudo-likelihood stays defined because the penalty holds its parameters, at zero
   * where gaps are ignored.
   */
  readonly emptyColumns?: 'error' | 'drop' | 'keep';
  /** Refuse an alignment of fewer sequences. Default 2: couplings cannot be inferred from one. */
  readonly minimumSequences?: number;
}
