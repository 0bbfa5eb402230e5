import { type Floats, logSumExp, ShapeError } from '@spinformer/numerics';
import {
  type AutoregressiveModel,
  blockStart,
  checkAutoregressive,
  inOrder,
} from './autoregressive-model.ts';

/**
 * Exact log-probabilities log p(s) of sequences, in nats. A missing entry (−1) has no factor of its own and adds nothing
 * to those after it.
 *
 * @param values [samples, sites], states 0…states−1 or −1.
 * @returns [samples], new.
 * @throws {ShapeError} where `values` holds no whole number of sequences; {DomainError} for a damaged model.
 * @source trinquier2021ardca, eq. (1)
 * @complexity O(samples · sites² · states)
 */
export function logProbabilities(model: AutoregressiveModel, values: ArrayLike<number>): Floats<'samples'> {
  checkAutoregressive('logProbabilities', model);
  const { sites, states, order } = model;
  if (values.length % sites !== 0)
    throw new ShapeError(
      `logProbabilities: values must hold sequences of ${sites} sites, got ${values.length} entries.`,
    );
  const ordered = inOrder(order, values);
  const logits = new Float64Array(states);
  return Float64Array.from({ length: values.length / sites }, (_, s) => {
    const sequence = ordered.subarray(s * sites, (s + 1) * sites);
    let sum = 0;
    for (let t = 0; t < sites; t++) if (sequence[t] >= 0) sum += logFactor(model, sequence, t, logits);
    return sum;
  });
}

/** log p_t(s_t | those before it) of a sequence in the model's order. */
function logFactor(
  model: AutoregressiveModel,
  sequence: Int32Array,
  t: number,
  logits: Float64Array,
): number {
  writeLogits(model, sequence, t, logits);
  return logits[sequence[t]] - logSumExp(logits);
}

/** h_t(a) + Σ_{u<t} J_tu(a, s_u), [states], of a sequence in the model's order. */
export function writeLogits(
  { states, fields, couplings }: AutoregressiveModel,
  sequence: Int32Array,
  t: number,
  logits: Float64Array,
): void {
  for (let a = 0; a < states; a++) logits[a] = fields[t * states + a];
  for (let u = 0; u < t; u++) {
    const b = sequence[u];
    if (b < 0) continue;
    const start = blockStart(t, u, states) + b;
    for (let a = 0; a < states; a++) logits[a] += couplings[start + a * states];
  }
}
