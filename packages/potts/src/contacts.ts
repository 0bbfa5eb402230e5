import { DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import { type Gauge, toLatticeGasGauge, toZeroSumGauge } from './gauge.ts';
import { checkModel, type PottsModel } from './model.ts';

/** Options of {@link contactScores}. */
export interface ContactScoreOptions {
  /**
   * Average product correction with means over pairs of different sites (default; plmc, PlmDCA.jl), with means over all
   * places of the matrix, its zero diagonal included (CCMpred, GREMLIN, adabmDCA), or the bare norms.
   */
  readonly correction?: 'apc' | 'apc-with-diagonal' | 'none';
  /**
   * Gauge in which the norms are taken: 'as-given' is what plmc and GREMLIN do, 'mean-free' takes only the mean of each
   * block away, as CCMpred does. Default 'zero-sum'.
   */
  readonly gauge?: Gauge | 'mean-free' | 'as-given';
  /** A state left out of the norm, such as the gap's. Default: none. */
  readonly withoutState?: number;
  /** Shifts all scores so that the smallest is zero, as CCMpred's matrices are. Default false. */
  readonly fromZero?: boolean;
}

/**
 * Scores of how strongly two sites are coupled: the Frobenius norm of J_ij, less the average product correction
 * F_i· F_·j / F_··, which takes away what a site couples to all others alike.
 *
 * @returns [sites, sites], symmetric, zero diagonal, new.
 * @throws {DomainError} for a `withoutState` that is no state, or a parameter that is not finite.
 * @throws {ShapeError} for arrays of the wrong length.
 * @source dunn2008apc, eq. (6); ekeberg2013plmdca
 */
export function contactScores(model: PottsModel, options: ContactScoreOptions = {}): Floats<'sites sites'> {
  const { correction = 'apc', gauge = 'zero-sum', withoutState } = options;
  checkModel('contactScores', model);
  const { sites, states } = model;
  const isState = (state: number) => Number.isInteger(state) && state >= 0 && state < states;
  if (withoutState !== undefined && !isState(withoutState))
    throw new DomainError(
      `contactScores: withoutState must be a state 0…${states - 1}, got ${withoutState}.`,
    );
  const norms = couplingNorms(inGauge(model, gauge), withoutState ?? -1, gauge === 'mean-free');
  const scores =
    correction === 'none'
      ? norms
      : averageProductCorrection(norms, sites, { diagonal: correction === 'apc-with-diagonal' });
  return options.fromZero ? fromZero(scores, sites) : scores;
}

function inGauge(model: PottsModel, gauge: Required<ContactScoreOptions>['gauge']): PottsModel {
  if (gauge === 'zero-sum') return toZeroSumGauge(model);
  return gauge === 'lattice-gas' ? toLatticeGasGauge(model) : model;
}

function fromZero(scores: Float64Array, sites: number): Float64Array {
  const isPair = (k: number) => Math.floor(k / sites) !== k % sites;
  const least = scores.reduce((low, score, k) => (isPair(k) ? Math.min(low, score) : low), Infinity);
  return scores.map((score, k) => (isPair(k) ? score - least : 0));
}

function couplingNorms(
  { sites, states, couplings }: PottsModel,
  skip: number,
  meanFree: boolean,
): Float64Array {
  const norms = new Float64Array(sites * sites);
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      const start = (i * sites + j) * states * states;
      const mean = meanFree ? blockMean(couplings, start, states) : 0;
      let sum = 0;
      for (let a = 0; a < states; a++) {
        for (let b = 0; b < states; b++)
          if (a !== skip && b !== skip) sum += (couplings[start + a * states + b] - mean) ** 2;
      }
      norms[i * sites + j] = norms[j * sites + i] = Math.sqrt(sum);
    }
  }
  return norms;
}

function blockMean(couplings: PottsModel['couplings'], start: number, states: number): number {
  const count = states * states;
  let mean = 0;
  for (let k = start; k < start + count; k++) mean += couplings[k] / count;
  return mean;
}

/**
 * Takes F_i· F_·j / F_·· from every pair, where the dots are means over pairs of different sites.
 *
 * @param scores [sites, sites], symmetric; the diagonal is ignored.
 * @param options.diagonal take means over all sites, the zero diagonal included: what is taken away is then smaller by
 * the factor (sites − 1)/sites.
 * @returns [sites, sites], symmetric, zero diagonal, new.
 * @source dunn2008apc, eq. (6)
 */
export function averageProductCorrection(
  scores: Floats<'sites sites'>,
  sites: number,
  options: { readonly diagonal?: boolean } = {},
): Floats<'sites sites'> {
  const factor = options.diagonal ? (sites - 1) / sites : 1;
  const means = new Float64Array(sites);
  for (let i = 0; i < sites; i++)
    for (let j = 0; j < sites; j++) if (i !== j) means[i] += scores[i * sites + j] / (sites - 1);
  const mean = means.reduce((sum, value) => sum + value, 0) / sites;
  return scores.map((score, k) => {
    const i = Math.floor(k / sites);
    const j = k % sites;
    if (i === j) return 0;
    return mean === 0 ? score : score - (factor * means[i] * means[j]) / mean;
  });
}

/** A pair of sites with its score; i < j, both 0-based. */
export interface Contact {
  readonly i: number;
  readonly j: number;
  readonly score: number;
}

/** Options of {@link rankContacts}. */
export interface RankOptions {
  /** Least |i − j| of the pairs listed, in residues where `residueNumbers` is given, otherwise in sites. Default 1. */
  readonly minimumSeparation?: number;
  /** [sites]. */
  readonly residueNumbers?: ArrayLike<number>;
}

/**
 * The pairs in order of falling score; equal scores in order of i, then j.
 *
 * @param scores [sites, sites], of which the part above the diagonal is read.
 * @throws {ShapeError} where the scores are no square.
 * @throws {DomainError} for a score that is not a number, with its pair.
 */
export function rankContacts(scores: Floats<'sites sites'>, options: RankOptions = {}): Contact[] {
  const { minimumSeparation = 1, residueNumbers } = options;
  const sites = Math.sqrt(scores.length);
  if (!Number.isInteger(sites))
    throw new ShapeError(`rankContacts: scores must be [sites, sites], got ${scores.length} numbers.`);
  const position = (i: number) => (residueNumbers ? residueNumbers[i] : i);
  const contacts: Contact[] = [];
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      const score = scores[i * sites + j];
      if (Number.isNaN(score))
        throw new DomainError(`rankContacts: the score of sites ${i} and ${j} is NaN.`);
      if (Math.abs(position(i) - position(j)) >= minimumSeparation) contacts.push({ i, j, score });
    }
  }
  return contacts.sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j);
}
