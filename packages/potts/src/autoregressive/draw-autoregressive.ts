import { type Configurations, DomainError, logSumExp, philox4x32, type Rng } from '@spinformer/numerics';
import { type AutoregressiveModel, checkAutoregressive } from './autoregressive-model.ts';
import { writeLogits } from './log-probabilities.ts';

/** Independent sequences with their exact log-probabilities. */
export interface AutoregressiveDraws extends Configurations {
  /** log p(s) in nats, [samples]. */
  readonly logProbabilities: Float64Array;
}

/**
 * Draws independent sequences from an autoregressive model, exactly: no chains, no mixing. Each sequence has a key of
 * its own, so that the first n of many are the same as n alone.
 *
 * @param options.samples sequences to draw, at least 1.
 * @param options.rng draws the key: two words of it are used.
 * @throws {DomainError} for a number of samples that is none, or a damaged model.
 * @source trinquier2021ardca; salmon2011philox
 * @complexity O(samples · sites² · states)
 */
export function drawAutoregressive(
  model: AutoregressiveModel,
  options: { readonly samples: number; readonly rng: Rng },
): AutoregressiveDraws {
  checkAutoregressive('drawAutoregressive', model);
  const { samples, rng } = options;
  if (!(Number.isInteger(samples) && samples >= 1))
    throw new DomainError(
      `drawAutoregressive: samples must be a whole number of at least 1, got ${samples}.`,
    );
  const { sites, states, order } = model;
  const key = [rng.uint32(), rng.uint32()] as const;
  const values = new Int32Array(samples * sites);
  const logProbabilities = new Float64Array(samples);
  const sequence = new Int32Array(sites);
  const logits = new Float64Array(states);
  for (let s = 0; s < samples; s++) {
    for (let t = 0; t < sites; t++) {
      writeLogits(model, sequence, t, logits);
      const norm = logSumExp(logits);
      const state = stateAt(logits, norm, uniform(key, s, t));
      sequence[t] = state;
      values[s * sites + order[t]] = state;
      logProbabilities[s] += logits[state] - norm;
    }
  }
  return { samples, sites, states, values, logProbabilities };
}

/** A uniform number in [0, 1) of 53 bits, for a sequence and a place. */
function uniform(key: readonly [number, number], sample: number, place: number): number {
  const words = philox4x32([place, sample, 0, 0], key);
  return (words[0] * 2 ** 21 + (words[1] >>> 11)) / 2 ** 53;
}

/** The first state whose cumulative probability exceeds `rest`. */
function stateAt(logits: Float64Array, norm: number, rest: number): number {
  const last = logits.length - 1;
  for (let a = 0; a < last; a++) {
    rest -= Math.exp(logits[a] - norm);
    if (rest < 0) return a;
  }
  return last;
}
