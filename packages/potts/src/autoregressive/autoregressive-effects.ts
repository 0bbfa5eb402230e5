import { type Floats, ShapeError } from '@spinformer/numerics';
import { type AutoregressiveModel, checkAutoregressive } from './autoregressive-model.ts';
import { logProbabilities } from './log-probabilities.ts';

/**
 * Effects of all single mutations, log p(mutant) − log p(wild type) in nats: negative where a mutation makes the
 * sequence less likely.
 *
 * @param sequence the wild type, [sites]; −1 where it has a gap that the model leaves out: its row is NaN.
 * @returns [sites, states], 0 for the wild type's own states, new.
 * @throws {ShapeError} for a sequence of another length; {DomainError} for a damaged model.
 * @source trinquier2021ardca, eq. (8)
 * @complexity O(sites³ · states²)
 */
export function autoregressiveEffects(
  model: AutoregressiveModel,
  sequence: ArrayLike<number>,
): Floats<'sites states'> {
  checkAutoregressive('autoregressiveEffects', model);
  const { sites, states } = model;
  if (sequence.length !== sites)
    throw new ShapeError(
      `autoregressiveEffects: the sequence must have ${sites} sites, got ${sequence.length}.`,
    );
  const mutants = new Int32Array((sites * states + 1) * sites);
  const wildType = Int32Array.from(sequence);
  mutants.set(wildType, 0);
  for (let k = 0; k < sites * states; k++) {
    mutants.set(wildType, (k + 1) * sites);
    mutants[(k + 1) * sites + Math.floor(k / states)] = k % states;
  }
  const values = logProbabilities(model, mutants);
  return values
    .subarray(1)
    .map((value, k) => (wildType[Math.floor(k / states)] < 0 ? Number.NaN : value - values[0]));
}
