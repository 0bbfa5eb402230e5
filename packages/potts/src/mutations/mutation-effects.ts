import type { Floats, Ints } from '@spinformer/numerics';
import { energyDifferences } from '../energy.ts';
import { checkModel, type PottsModel } from '../model.ts';
import { type MutationReference, referenceConfiguration } from './mutation-reference.ts';

/** Options of {@link mutationEffects} and of {@link scoreMutants}. */
export interface MutationOptions {
  /** `letters[state]` of the model: those of its alignment or file. */
  readonly letters: string;
}

/** What every single substitution does to the energy of a sequence. */
export interface MutationEffects {
  /** [sites, states]: E(mutant) − E(reference); positive is less likely, 0 for the reference's own letter. */
  readonly energyChanges: Floats<'sites states'>;
  /** [sites], the mean over all other residues, the gap aside: how sensitive a site is. */
  readonly siteMeans: Floats<'sites'>;
  /** The reference as states, −1 where it has no residue and the model no gap. */
  readonly configuration: Ints<'sites'>;
  readonly letters: string;
}

/**
 * The energy change of every single-site substitution in the background of one sequence. With an
 * {@link independentModel} these are the log-odds of the site's own frequencies.
 *
 * @throws {DataError} for a reference or letters that do not fit the model.
 * @throws {ShapeError | DomainError} for a model whose arrays are wrong or not finite.
 * @complexity O(sites²·states)
 * @source hopf2017mutation
 * @example
 * ```ts
 * const { energyChanges } = mutationEffects(model, alignment.reference, { letters: alignment.letters });
 * ```
 */
export function mutationEffects(
  model: PottsModel,
  reference: MutationReference,
  { letters }: MutationOptions,
): MutationEffects {
  checkModel('mutationEffects', model);
  const configuration = referenceConfiguration('mutationEffects', model, reference, letters);
  const energyChanges = energyDifferences(model, configuration);
  const { sites, states } = model;
  const siteMeans = Float64Array.from({ length: sites }, (_, site) => {
    const others = [...letters].flatMap((letter, state) =>
      state === configuration[site] || letter === '-' || letter === '.'
        ? []
        : [energyChanges[site * states + state]],
    );
    return others.reduce((sum, change) => sum + change, 0) / others.length;
  });
  return { energyChanges, siteMeans, configuration, letters };
}
