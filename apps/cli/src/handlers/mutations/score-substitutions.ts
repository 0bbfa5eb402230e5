import {
  type AutoregressiveModel,
  autoregressiveEffects,
  logProbabilities,
  type MutationReference,
  mutationEffects,
  type PottsModel,
  parseMutant,
  scoreMutants,
} from '@spinformer/potts';

/** What scores are computed with. */
export interface Scorer {
  readonly model: PottsModel;
  /** Of an autoregressive run, whose `model` holds epistasis only. */
  readonly exact?: AutoregressiveModel;
  readonly letters: string;
  readonly reference: MutationReference;
}

/**
 * log p(mutant) − log p(reference) of mutants by name, nats; NaN where the model says nothing.
 * @throws {DataError} for mutants that do not start from the reference
 */
export function scoreNamed({ model, exact, letters, reference }: Scorer, names: readonly string[]) {
  // Checks the names, and says which have no score, also for an autoregressive model.
  const { scores, unmodelledPositions } = scoreMutants(model, reference, names, { letters });
  if (!exact) return { scores, unmodelledPositions };
  const wildType = statesOf(reference, letters);
  const siteOf = sitesByNumber(reference);
  const [base] = logProbabilities(exact, wildType);
  const exactly = scores.map((score, k) => {
    if (Number.isNaN(score)) return score;
    const mutant = wildType.slice();
    for (const { position, to } of parseMutant(names[k]))
      mutant[siteOf.get(position) ?? -1] = letters.indexOf(to);
    return logProbabilities(exact, mutant)[0] - base;
  });
  return { scores: exactly, unmodelledPositions };
}

/** The same of every single substitution, [sites, states]; 0 for the reference's own letters. */
export function scoreEvery({ model, exact, letters, reference }: Scorer): Float64Array {
  if (exact) return Float64Array.from(autoregressiveEffects(exact, statesOf(reference, letters)));
  return mutationEffects(model, reference, { letters }).energyChanges.map((change) => 0 - change);
}

/** States of the reference; −1 for a gap that the model leaves out. */
function statesOf(reference: MutationReference, letters: string): number[] {
  return Array.from(reference.letters, (letter) => letters.indexOf(letter.toUpperCase()));
}

/** The site of every residue number that the reference has. */
function sitesByNumber({ letters, residueNumbers }: MutationReference): Map<number, number> {
  const entries = Array.from(letters, (letter, site) => ({ letter, site }))
    .filter(({ letter }) => !'-.'.includes(letter))
    .map(({ site }) => [residueNumbers?.[site] ?? site + 1, site] as const);
  return new Map(entries);
}
