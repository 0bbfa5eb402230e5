import {
  BackendError,
  type ConditionalModel,
  DomainError,
  type Floats,
  ShapeError,
} from '@spinformer/numerics';
import { type ParameterTree, readSync, scope, type Tensor, tensor } from '@spinformer/tensor';
import type { Model } from './model.ts';

/** Sequences that go through a model at once; bounds the memory of one call. */
const CHUNK = 1024;

/**
 * A trained model as the conditionals log p(s_i | s_\i) that samplers and clones ask for. Where a site does not see
 * itself one pass answers for all sites; otherwise each site is hidden in turn, one pass of `sites` copies.
 *
 * @param parameters - used, not copied: keep them until the conditional model is no longer needed.
 * @returns log-conditionals [samples, sites, states], normalised in float64.
 * @throws {BackendError} when asked, if the current backend cannot be read without waiting.
 * @throws {DomainError} when asked, if the model's logits are not finite.
 * @throws {ShapeError} when asked for configurations that are not whole sequences.
 */
export function conditionalModel<P extends ParameterTree>(model: Model<P>, parameters: P): ConditionalModel {
  const { sites, states } = model;
  return {
    sites,
    states,
    logConditionals(configurations) {
      if (configurations.length % sites !== 0) {
        throw new ShapeError(
          `logConditionals: configurations must be [samples, ${sites}], got ${configurations.length} entries.`,
        );
      }
      const logits = model.seesOwnSite
        ? hiddenLogits(model, parameters, configurations)
        : directLogits(model, parameters, configurations);
      normaliseRows(logits, states);
      return logits;
    },
  };
}

function directLogits<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  values: Int32Array,
): Floats<'samples sites states'> {
  const { sites, states } = model;
  const result = new Float64Array(values.length * states);
  for (let begin = 0; begin < values.length; begin += CHUNK * sites) {
    const chunk = values.slice(begin, begin + CHUNK * sites);
    result.set(logitsOf(model, parameters, chunk), begin * states);
  }
  return result;
}

/** Hides each site in turn and keeps the logits of the hidden one only. */
function hiddenLogits<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  values: Int32Array,
): Floats<'samples sites states'> {
  const { sites, states } = model;
  const result = new Float64Array(values.length * states);
  const perCall = Math.max(1, Math.floor(CHUNK / sites));
  for (let begin = 0; begin < values.length; begin += perCall * sites) {
    const chunk = values.subarray(begin, begin + perCall * sites);
    const copies = hideEachSite(chunk, sites);
    const logits = logitsOf(model, parameters, copies);
    for (let k = 0; k < chunk.length; k++) {
      const from = (k * sites + (k % sites)) * states;
      for (let a = 0; a < states; a++) result[(begin + k) * states + a] = logits[from + a];
    }
  }
  return result;
}

/** For every entry of every sequence a copy of the sequence with that entry hidden, [samples·sites, sites]. */
export function hideEachSite(values: Int32Array, sites: number): Int32Array {
  const copies = new Int32Array(values.length * sites);
  for (let k = 0; k < values.length; k++) {
    const row = k - (k % sites);
    copies.set(values.subarray(row, row + sites), k * sites);
    copies[k * sites + (k % sites)] = -1;
  }
  return copies;
}

function logitsOf<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  values: Int32Array,
): ArrayLike<number> {
  return scope(() => {
    const logits: Tensor = model.apply(
      parameters,
      tensor(values, [values.length / model.sites, model.sites], 'int32'),
    );
    if (!logits.backend.readSync) {
      throw new BackendError(
        `conditionalModel: backend '${logits.backend.name}' cannot be read without waiting. Use cpu() or wasm().`,
      );
    }
    return readSync(logits);
  });
}

/** Turns each row of logits into log-probabilities, in place. */
function normaliseRows(rows: Float64Array, states: number): void {
  for (let begin = 0; begin < rows.length; begin += states) {
    let largest = -Infinity;
    for (let a = 0; a < states; a++) largest = Math.max(largest, rows[begin + a]);
    let total = 0;
    for (let a = 0; a < states; a++) total += Math.exp(rows[begin + a] - largest);
    const logSum = largest + Math.log(total);
    if (!Number.isFinite(logSum)) {
      throw new DomainError(
        'logConditionals: the logits are not finite, so the parameters hold NaN or overflow. Take a state from before the training diverged.',
      );
    }
    for (let a = 0; a < states; a++) rows[begin + a] -= logSum;
  }
}
