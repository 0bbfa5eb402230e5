import { DomainError, type Floats } from '@spinformer/numerics';
import { minimumMatches } from './weights/neighbour-rules.ts';
import { positionWeights } from './weights/position-weights.ts';

/**
 * Whose rule gives the weights. With m matching columns of L, gaps counted as letters, two sequences are neighbours
 * where, t being the identity:
 *
 * | convention | rule |
 * | --- | --- |
 * | `plmc` (and EVcouplings up to 0.1) | m ≥ t·L |
 * | `gremlin` | m > ⌊t·L⌋ |
 * | `ccmpred` | m > ⌈t·L⌉, in float32 |
 * | `plmdca` (PlmDCA.jl, ArDCA.jl, GaussDCA.jl) | L − m < ⌊(1 − t)·L⌋ |
 * | `adabmdca` | m/L > t, in float32 |
 * | `evcouplings` (from 0.2) | m/R ≥ t, with m matching residues and R residues of the sequence that is weighted |
 * | `eve` (and DeepSequence) | m/R > t, likewise |
 * | `henikoff` | no pairs: position-based weights, scaled to the sum M |
 * | `none` | every sequence weighs 1 |
 *
 * Under `evcouplings` and `eve` a sequence of gaps only weighs 0.
 */
export type WeightConvention =
  | 'plmc'
  | 'gremlin'
  | 'ccmpred'
  | 'plmdca'
  | 'adabmdca'
  | 'evcouplings'
  | 'eve'
  | 'henikoff'
  | 'none';

/** Options of {@link sequenceWeights}. */
export interface WeightOptions {
  /** Share of matching columns, in 0…1, from which two sequences are neighbours. Default 0.8. */
  readonly identity?: number;
  /** Default 'plmc'. */
  readonly convention?: WeightConvention;
}

/** Sequences as bytes: what {@link sequenceWeights} compares, letter codes with gaps included. */
export interface EncodedSequences {
  readonly samples: number;
  readonly sites: number;
  /** [samples, sites]. */
  readonly codes: Uint8Array;
  /** Tells which code is the gap (−1: none), for the conventions that leave gaps out. */
  readonly alphabet?: { readonly gapCode: number };
}

/**
 * Sequence weights, by default 1/(1 + number of neighbours): related sequences share the weight of one. This is the
 * plain reference; the sum of the weights is {@link effectiveSequences}.
 *
 * @returns [samples], new.
 * @throws {DomainError} for an identity outside 0…1, an unknown convention, or one that needs to know the gap where the
 * sequences have no alphabet.
 * @source hopf2017mutation, sequence weights; frazer2021eve
 * @complexity O(samples²·sites), less where sequences differ early; linear for `henikoff` and `none`
 * @example
 * ```ts
 * sequenceWeights(readAlignment('>a\nAAAAA\n>b\nAAAAA\n>c\nCCCCC\n')); // [0.5, 0.5, 1]
 * ```
 */
export function sequenceWeights(sequences: EncodedSequences, options: WeightOptions = {}): Floats<'samples'> {
  const linear = linearWeights(sequences, options);
  if (linear) return linear;
  if (countsResidues(options)) return residueWeights(sequences, options);
  const { samples, sites, codes } = sequences;
  const allowed = sites - minimumMatches(sites, options);
  const counts = new Float64Array(samples).fill(1);
  for (let m = 0; m < samples; m++) {
    for (let n = m + 1; n < samples; n++) {
      if (!withinDistance(codes, m * sites, n * sites, sites, allowed)) continue;
      counts[m]++;
      counts[n]++;
    }
  }
  return counts.map((count) => 1 / count);
}

/** The weights of a convention that compares no pairs of sequences. */
export function linearWeights(
  sequences: EncodedSequences,
  options: WeightOptions,
): Floats<'samples'> | undefined {
  if (options.convention === 'none') return new Float64Array(sequences.samples).fill(1);
  return options.convention === 'henikoff' ? positionWeights(sequences) : undefined;
}

/** Whether a convention counts matching residues, gaps left out. */
export function countsResidues({ convention }: WeightOptions): boolean {
  return convention === 'evcouplings' || convention === 'eve';
}

/** Least matches of each sequence under a convention that counts residues; −1 for one of gaps only. */
export function neededResidues(sequences: EncodedSequences, options: WeightOptions): Int32Array {
  const { samples, sites, codes, alphabet } = sequences;
  if (!alphabet)
    throw new DomainError(
      `sequenceWeights: convention '${options.convention}' leaves gaps out and needs to know their code. ` +
        'Pass an alignment, or sequences with alphabet: { gapCode }.',
    );
  return Int32Array.from({ length: samples }, (_, m) => {
    let residues = 0;
    for (let i = 0; i < sites; i++) if (codes[m * sites + i] !== alphabet.gapCode) residues++;
    return residues === 0 ? -1 : minimumMatches(residues, options);
  });
}

function residueWeights(sequences: EncodedSequences, options: WeightOptions): Float64Array {
  const { samples, sites, codes } = sequences;
  const needed = neededResidues(sequences, options);
  const gap = sequences.alphabet?.gapCode ?? -1;
  const counts = new Float64Array(samples).fill(1);
  for (let m = 0; m < samples; m++)
    for (let n = m + 1; n < samples; n++) {
      let matches = 0;
      for (let i = 0; i < sites; i++) {
        const code = codes[m * sites + i];
        if (code !== gap && code === codes[n * sites + i]) matches++;
      }
      if (matches >= needed[m] && needed[n] >= 0) counts[m]++;
      if (matches >= needed[n] && needed[m] >= 0) counts[n]++;
    }
  return counts.map((count, m) => (needed[m] < 0 ? 0 : 1 / count));
}

function withinDistance(codes: Uint8Array, a: number, b: number, sites: number, allowed: number): boolean {
  let left = allowed;
  for (let i = 0; i < sites && left >= 0; i++) if (codes[a + i] !== codes[b + i]) left--;
  return left >= 0;
}

/**
 * The effective number of sequences, M_eff: the sum of the weights, or the number of samples where there are none.
 *
 * @example
 * ```ts
 * effectiveSequences(Float64Array.of(0.5, 0.5, 1)); // 2
 * ```
 */
export function effectiveSequences(weights: Floats<'samples'>): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}
