/** A pair of sites that the model couples. */
export interface FoundContact {
  /** 0-based sites, i < j. */
  readonly i: number;
  readonly j: number;
  /** Names of the two sites as the reference numbers them, such as `A29`. */
  readonly firstName: string;
  readonly secondName: string;
  readonly score: number;
  /** Distance in the structure, Å; absent where there is none. */
  readonly distance?: number;
  /** Whether the pair touches in the structure; absent where that is not known. */
  readonly contact?: boolean;
}

/** Share of true contacts among the strongest pairs; null where fewer are known. */
export interface Precision {
  readonly 'L/5': number | null;
  readonly 'L/2': number | null;
  readonly L: number | null;
}

/** What the study of a family found. */
export interface FamilyResult {
  readonly source: 'alignment' | 'synthetic hairpin';
  readonly sequences: number;
  readonly effectiveSequences: number;
  readonly sites: number;
  readonly states: number;
  /** The objective at the end, nats. */
  readonly objective: number;
  readonly minimumSeparation: number;
  /** When residues touch, in words. */
  readonly contactRule: string;
  /** Strongest pairs first, as many as there are sites times two, or all. */
  readonly contacts: readonly FoundContact[];
  /** How many of them to list. */
  readonly listed: number;
  /** Pairs (i, j), i < j, that touch; [pairs, 2], flat; absent where that is not known. */
  readonly trueContacts?: Int32Array;
  readonly precision?: Precision;
  /** Share of true contacts among the strongest k pairs, k = 1, 2, …; absent where that is not known. */
  readonly precisionCurve?: Float64Array;
  /** Share among all pairs: what guessing gives. */
  readonly guessing?: number;
  /** Norm of the attention layer's couplings, APC-corrected, [sites, sites]; absent without attention. */
  readonly attentionMap?: Float64Array;
  /** Strongest pairs of that map, as many as contacts. */
  readonly attentionContacts?: readonly FoundContact[];
  readonly attentionPrecision?: Precision;
  /** Masked loss of the attention layer at the end, nats per site. */
  readonly attentionLoss?: number;
  /** Pearson's correlation of the two score maps over pairs at the minimum separation. */
  readonly mapCorrelation?: number;
  readonly warnings: readonly string[];
}
