import { type Model, maskEntries } from '@spinformer/attention';
import { logSumExp, type PlainData, type Rng } from '@spinformer/numerics';
import { type GeneralizedPottsModel, generalizedConditionals } from '@spinformer/potts';
import { type ParameterTree, readSync, scope, tensor } from '@spinformer/tensor';

/** Sequences that go through a model at once. */
const CHUNK = 512;

/** Test sequences with one site of each masked, and what the truth says about it. */
export interface MaskedContexts {
  readonly [key: string]: PlainData;
  readonly samples: number;
  readonly sites: number;
  readonly states: number;
  /** [samples, sites], −1 where masked. */
  readonly tokens: Int32Array;
  /** The masked site of each sequence, [samples]. */
  readonly masked: Int32Array;
  /** log p(a | the others) of the true model at the masked site, [samples, states]. */
  readonly truth: Float64Array;
  /** Mean entropy of these conditionals, nats per masked site. */
  readonly entropy: number;
}

/**
 * Masks one site of each sequence and asks the true model about it.
 *
 * @param truth the model that made the sequences
 * @param values [samples, sites]
 * @param rng draws the sites
 */
export function maskedContexts(truth: GeneralizedPottsModel, values: Int32Array, rng: Rng): MaskedContexts {
  const { sites, states } = truth;
  const samples = values.length / sites;
  const { tokens, targets } = maskEntries(values, sites, 'one', rng);
  const masked = new Int32Array(samples);
  for (let k = 0; k < targets.length; k++) if (targets[k] >= 0) masked[Math.floor(k / sites)] = k % sites;
  const conditionals = generalizedConditionals(truth);
  const logs = new Float64Array(samples * states);
  for (let begin = 0; begin < samples; begin += CHUNK) {
    const end = Math.min(begin + CHUNK, samples);
    const all = conditionals.logConditionals(values.slice(begin * sites, end * sites));
    for (let k = begin; k < end; k++) {
      const from = ((k - begin) * sites + masked[k]) * states;
      logs.set(all.subarray(from, from + states), k * states);
    }
  }
  const entropy = -logs.reduce((sum, log) => sum + Math.exp(log) * log, 0) / samples;
  return { samples, sites, states, tokens, masked, truth: logs, entropy };
}

/**
 * By how much a model's expected loss at the masked sites exceeds the exact conditional entropy: the mean
 * Kullback–Leibler divergence from the true conditionals. What happened to stand at the masked sites does not enter, so
 * that this is far less noisy than a difference of test losses.
 *
 * @param model any model of masked sequences
 * @param parameters its parameters, on a backend that can be read at once
 * @param contexts the masked sequences
 * @returns nats per masked site
 */
export function expectedExcess<P extends ParameterTree>(
  model: Model<P>,
  parameters: P,
  contexts: MaskedContexts,
): number {
  const { samples, sites, states } = contexts;
  let total = 0;
  for (let begin = 0; begin < samples; begin += CHUNK) {
    const count = Math.min(CHUNK, samples - begin);
    const tokens = contexts.tokens.slice(begin * sites, (begin + count) * sites);
    const logits = scope(() => readSync(model.apply(parameters, tensor(tokens, [count, sites], 'int32'))));
    for (let k = 0; k < count; k++) {
      const from = (k * sites + contexts.masked[begin + k]) * states;
      total += divergence(contexts.truth, (begin + k) * states, logits, from, states);
    }
  }
  return total / samples;
}

/** Σ_a p(a) (log p(a) − log q(a)) from log p and from logits of q. */
function divergence(
  logs: Float64Array,
  at: number,
  logits: ArrayLike<number>,
  from: number,
  states: number,
): number {
  const said = Float64Array.from({ length: states }, (_, a) => logits[from + a]);
  const norm = logSumExp(said);
  let total = 0;
  for (let a = 0; a < states; a++) total += Math.exp(logs[at + a]) * (logs[at + a] - said[a] + norm);
  return total;
}
