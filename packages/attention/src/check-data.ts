import { type Configurations, DataError, DomainError, ShapeError } from '@spinformer/numerics';

/** The sizes of a model that data must fit. */
interface Sizes {
  readonly name: string;
  readonly sites: number;
  readonly states: number;
}

/**
 * Refuses sequences that a model cannot read: checked once, so that nothing below needs to.
 *
 * @throws {ShapeError} if sites, states or lengths do not fit the model or one another.
 * @throws {DataError} if there are no sequences, a state is out of range, or nothing is observed.
 * @throws {DomainError} if a weight is negative or not finite, or all are zero.
 */
export function checkData(caller: string, model: Sizes, data: Configurations): void {
  if (data.sites !== model.sites || data.states !== model.states) {
    throw new ShapeError(
      `${caller}: '${model.name}' is made for ${model.sites} sites and ${model.states} states, but the sequences have ` +
        `${data.sites} sites and ${data.states} states. Build the model with the sizes of the data.`,
    );
  }
  if (data.samples < 1) throw new DataError(`${caller}: there are no sequences.`);
  if (data.values.length !== data.samples * data.sites) {
    throw new ShapeError(
      `${caller}: values must have ${data.samples * data.sites} entries [${data.samples} samples, ${data.sites} sites], ` +
        `got ${data.values.length}.`,
    );
  }
  checkStates(caller, data.values, data.sites, data.states);
  if (data.weights) checkWeights(caller, data.weights, data.samples);
}

/** @throws {DataError} at the first entry outside −1…states−1, and if all entries are missing. */
function checkStates(caller: string, values: Int32Array, sites: number, states: number): void {
  let observed = false;
  for (let k = 0; k < values.length; k++) {
    const s = values[k];
    if (s >= states || s < -1) {
      throw new DataError(
        `${caller}: sequence ${Math.floor(k / sites)}, site ${k % sites} holds ${s}; states are 0…${states - 1}, and −1 ` +
          'for a missing entry.',
      );
    }
    if (s >= 0) observed = true;
  }
  if (!observed)
    throw new DataError(`${caller}: every entry is missing (−1), there is nothing to learn from.`);
}

function checkWeights(caller: string, weights: Float64Array, samples: number): void {
  if (weights.length !== samples) {
    throw new ShapeError(
      `${caller}: weights must have one entry per sequence, ${samples}, got ${weights.length}.`,
    );
  }
  let total = 0;
  for (let k = 0; k < samples; k++) {
    if (!(weights[k] >= 0 && weights[k] < Infinity)) {
      throw new DomainError(
        `${caller}: weights must be finite and not negative, weight ${k} is ${weights[k]}.`,
      );
    }
    total += weights[k];
  }
  if (total === 0)
    throw new DomainError(`${caller}: all weights are zero. Leave weights out to count every sequence once.`);
}
