import { DataError, type Floats } from '@spinformer/numerics';
import { checkModel, type PottsModel } from '../model.ts';
import { indexOfLetter } from '../peers/state-order.ts';
import { parseMutant, type Substitution } from './mutant.ts';
import type { MutationOptions } from './mutation-effects.ts';
import {
  checkReference,
  type MutationReference,
  referenceConfiguration,
  siteByNumber,
} from './mutation-reference.ts';

/** Scores of a list of mutants. */
export interface MutantScores {
  readonly mutants: readonly string[];
  /**
   * [mutants]: log p(mutant) − log p(reference) = E(reference) − E(mutant), in nats; higher is fitter, 0 for the
   * reference itself. NaN where a position or letter is outside the model.
   */
  readonly scores: Floats<'mutants'>;
  /** Positions of the mutants that are no sites of the model, ascending: nothing is said about them. */
  readonly unmodelledPositions: readonly number[];
  /** Mutants without a score: at such positions, or with a letter that is no state, as a stop codon. */
  readonly unmodelled: number;
}

/**
 * Scores mutants by the energy difference to the reference: all fields and couplings that change, so that several
 * substitutions feel one another (epistasis).
 *
 * @param mutants `A24G`, or several substitutions as `A24G:L30V`, in the reference's residue numbers; `WT` for none.
 * @throws {DataError} for a mutant that cannot be read, or that does not start from the reference's letters, with the
 *   shift of numbers that would put it right where there is one; for a reference or letters that do not fit the model.
 * @throws {ShapeError | DomainError} for a model whose arrays are wrong or not finite.
 * @complexity O(substitutions·sites)
 * @source hopf2017mutation
 * @example
 * ```ts
 * scoreMutants(model, alignment.reference, ['A24G', 'A24G:L30V'], { letters: alignment.letters }).scores;
 * ```
 */
export function scoreMutants(
  model: PottsModel,
  reference: MutationReference,
  mutants: readonly string[],
  { letters }: MutationOptions,
): MutantScores {
  checkModel('scoreMutants', model);
  const configuration = referenceConfiguration('scoreMutants', model, reference, letters);
  const parsed = mutants.map(parseMutant);
  checkReference('scoreMutants', reference, parsed.flat());
  const sites = siteByNumber(reference);
  const unmodelledPositions = new Set<number>();
  const scores = Float64Array.from(parsed, (substitutions) => {
    for (const { position } of substitutions) if (!sites.has(position)) unmodelledPositions.add(position);
    return scoreOf(model, configuration, changesOf(substitutions, sites, letters));
  });
  return {
    mutants,
    scores,
    unmodelledPositions: [...unmodelledPositions].sort((a, b) => a - b),
    unmodelled: scores.filter(Number.isNaN).length,
  };
}

interface Change {
  readonly site: number;
  readonly state: number;
}

/** Null where a position or a letter is outside the model. */
function changesOf(
  substitutions: readonly Substitution[],
  sites: ReadonlyMap<number, number>,
  letters: string,
): Change[] | null {
  const changes = substitutions.map(({ position, to }) => ({
    site: sites.get(position) ?? -1,
    state: indexOfLetter(letters, to),
  }));
  return changes.every(({ site, state }) => site >= 0 && state >= 0) ? changes : null;
}

/** −ΔE by one substitution after the other, each in the background of those before it. */
function scoreOf(model: PottsModel, configuration: Int32Array, changes: readonly Change[] | null): number {
  if (changes === null) return Number.NaN;
  const present = configuration.slice();
  let score = 0;
  for (const { site, state } of changes) {
    score += localEnergy(model, present, site, state) - localEnergy(model, present, site, present[site]);
    present[site] = state;
  }
  return score;
}

/** h_i(a) + Σ_j J_ij(a, s_j), 0 for a missing entry. */
function localEnergy(
  { sites, states, fields, couplings }: PottsModel,
  configuration: Int32Array,
  i: number,
  a: number,
): number {
  if (a < 0) return 0;
  let sum = fields[i * states + a];
  for (let j = 0; j < sites; j++) {
    const b = configuration[j];
    if (j !== i && b >= 0) sum += couplings[((i * sites + j) * states + a) * states + b];
  }
  return sum;
}

/**
 * The residue numbers of a reference moved by an offset, as where a file counts from another start.
 *
 * @throws {DataError} for an offset that is no whole number.
 */
export function shiftReference(reference: MutationReference, offset: number): MutationReference {
  if (!Number.isInteger(offset))
    throw new DataError(`shiftReference: offset must be a whole number of residues, got ${offset}.`);
  const { letters, residueNumbers } = reference;
  const numbers = Int32Array.from(letters, (_, site) => (residueNumbers?.[site] ?? site + 1) + offset);
  return { letters, residueNumbers: numbers };
}
