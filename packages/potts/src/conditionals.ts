import { type ConditionalModel, type Floats, type Ints, ShapeError } from '@spinformer/numerics';
import { checkConfigurations, localFields } from './energy.ts';
import { checkModel, type PottsModel } from './model.ts';

/**
 * The exact conditionals of a Potts model, log p(s_i = a | s_\i): what pseudo-likelihood and attention learn.
 * Missing neighbours (−1) are left out of the local fields.
 *
 * @returns an object whose `logConditionals` checks its configurations; the model is used as it is, not copied.
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for a parameter that is not finite, with its index.
 */
export function conditionalModel(model: PottsModel): ConditionalModel {
  checkModel('conditionalModel', model);
  const { sites, states } = model;
  return {
    sites,
    states,
    logConditionals(configurations: Ints<'samples sites'>): Floats<'samples sites states'> {
      checkConfigurations('logConditionals', model, configurations);
      const result = new Float64Array(configurations.length * states);
      for (let k = 0; k < configurations.length; k++) {
        const site = k % sites;
        const local = result.subarray(k * states, (k + 1) * states);
        localFields(model, configurations, k - site, site, local);
        normaliseLogs(local);
      }
      return result;
    },
  };
}

/** Subtracts the log-sum-exp in place. */
function normaliseLogs(logs: Float64Array): void {
  let largest = Number.NEGATIVE_INFINITY;
  for (const value of logs) largest = Math.max(largest, value);
  let sum = 0;
  for (const value of logs) sum += Math.exp(value - largest);
  const logSum = largest + Math.log(sum);
  for (let a = 0; a < logs.length; a++) logs[a] -= logSum;
}

/** Samples whose conditionals are held at once. */
const CHUNK = 256;

/**
 * Entropy of the exact conditionals, (1/L) Σ_i H(s_i | s_\i), at each given sample. Over samples of the model itself,
 * the mean is the conditional entropy: the least loss that any prediction of masked sites can reach.
 *
 * @param model of the distribution.
 * @param configurations [samples, sites], complete.
 * @returns [samples], nats per site, new.
 * @throws {ShapeError} where the configurations are not a multiple of `sites`.
 * @throws {DomainError} for a state out of range.
 * @complexity O(samples·sites²·states)
 */
export function conditionalEntropies(
  model: ConditionalModel,
  configurations: Ints<'samples sites'>,
): Floats<'samples'> {
  return siteAverages('conditionalEntropies', model, configurations, (logs, start) => {
    let entropy = 0;
    for (let a = 0; a < model.states; a++) entropy -= Math.exp(logs[start + a]) * logs[start + a];
    return entropy;
  });
}

/**
 * Loss of predicting each site from the others, −(1/L) Σ_i log p(s_i | s_\i), at each given sample: with one site
 * masked at a time, the masked-language-modelling loss and the negative log-pseudo-likelihood per site. Missing
 * entries (−1) are not predicted.
 *
 * @returns [samples], nats per site, new; NaN for a sample without any entry.
 * @throws {ShapeError} where the configurations are not a multiple of `sites`.
 * @throws {DomainError} for a state out of range.
 * @complexity O(samples·sites²·states)
 */
export function conditionalLosses(
  model: ConditionalModel,
  configurations: Ints<'samples sites'>,
): Floats<'samples'> {
  return siteAverages('conditionalLosses', model, configurations, (logs, start, state) =>
    state < 0 ? null : -logs[start + state],
  );
}

function siteAverages(
  caller: string,
  model: ConditionalModel,
  configurations: Int32Array,
  quantity: (logs: Float64Array, start: number, state: number) => number | null,
): Float64Array {
  const { sites, states } = model;
  if (configurations.length % sites !== 0)
    throw new ShapeError(
      `${caller}: configurations must have ${sites} sites. Reshape to [samples, ${sites}].`,
    );
  const averages = new Float64Array(configurations.length / sites);
  for (let first = 0; first < averages.length; first += CHUNK) {
    const chunk = configurations.subarray(first * sites, (first + CHUNK) * sites);
    const logs = model.logConditionals(chunk);
    for (let m = 0; m * sites < chunk.length; m++) {
      let sum = 0;
      let count = 0;
      for (let i = 0; i < sites; i++) {
        const value = quantity(logs, (m * sites + i) * states, chunk[m * sites + i]);
        if (value === null) continue;
        sum += value;
        count++;
      }
      averages[first + m] = sum / count;
    }
  }
  return averages;
}
