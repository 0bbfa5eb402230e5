import { DomainError, type Floats } from '@spinformer/numerics';
import { averageProductCorrection } from './contacts.ts';
import { gaussianPairInformation } from './direct-information-gaussian.ts';
import { toLatticeGasGauge } from './gauge.ts';
import { checkLength, checkModel, type PottsModel } from './model.ts';

/** Options of {@link directInformation}. */
export interface DirectInformationOptions {
  /**
   * Pairs as letters (default; Weigt 2009, Morcos 2011), or as two coupled Gaussians with the sites' covariances, for
   * models of method `gaussian` (GaussDCA.jl's score :DI).
   */
  readonly pairs?: 'letters' | 'gaussian';
  /** Share of uniform frequencies that is mixed into `frequencies`, 0…1: that of the inference. Default 0. */
  readonly pseudocount?: number;
  /** Average product correction with means over different sites; default 'none', GaussDCA.jl takes 'apc'. */
  readonly correction?: 'apc' | 'none';
}

/**
 * Direct information of every pair in nats: the mutual information of two sites that are coupled by J_ij alone and have
 * the given frequencies each. What the sites share through others is left out.
 *
 * @param frequencies f_i(a) of the data, [sites, states], as `oneSiteFrequencies` gives them; sites sum to 1.
 * @returns [sites, sites], symmetric, zero diagonal, new.
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for a frequency outside 0…1, a pseudocount outside 0…1, or a model that is not finite.
 * @source weigt2009; morcos2011, eqs. (9)–(11); baldassi2014gaussian, eq. (10)
 * @complexity O(sites² · states²) times the iterations of a pair, some tens; O(sites² · states³) for `gaussian`
 */
export function directInformation(
  model: PottsModel,
  frequencies: Floats<'sites states'>,
  options: DirectInformationOptions = {},
): Floats<'sites sites'> {
  const { pairs = 'letters', correction = 'none' } = options;
  checkModel('directInformation', model);
  const mixed = checkedFrequencies(model, frequencies, options.pseudocount ?? 0);
  const scores =
    pairs === 'gaussian'
      ? gaussianPairInformation(toLatticeGasGauge(model), mixed)
      : letterPairInformation(model, mixed);
  return correction === 'apc' ? averageProductCorrection(scores, model.sites) : scores;
}

function checkedFrequencies(
  { sites, states }: PottsModel,
  frequencies: Float64Array,
  share: number,
): Float64Array {
  checkLength('directInformation', 'frequencies', frequencies, sites * states, '[sites, states]');
  if (!(share >= 0 && share <= 1))
    throw new DomainError(
      `directInformation: pseudocount is a share of uniform frequencies, 0…1, got ${share}.`,
    );
  const wrong = frequencies.findIndex((f) => !(f >= 0 && f <= 1));
  if (wrong >= 0)
    throw new DomainError(
      `directInformation: frequencies must lie in 0…1, site ${Math.floor(wrong / states)} has ${frequencies[wrong]}. ` +
        'Divide counts by the sum of the weights.',
    );
  return frequencies.map((f) => (1 - share) * f + share / states);
}

function letterPairInformation(model: PottsModel, frequencies: Float64Array): Float64Array {
  const { sites, states, couplings } = model;
  const out = new Float64Array(sites * sites);
  const weights = new Float64Array(states * states);
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) {
      const start = (i * sites + j) * states * states;
      for (let k = 0; k < weights.length; k++) weights[k] = Math.exp(couplings[start + k]);
      const first = frequencies.subarray(i * states, (i + 1) * states);
      const second = frequencies.subarray(j * states, (j + 1) * states);
      fitMarginals(weights, first, second);
      out[i * sites + j] = out[j * sites + i] = mutualInformation(weights, first, second);
    }
  return out;
}

/** Largest change of a row's factor at which marginals count as met, and the most rounds. */
const FACTOR_TOLERANCE = 1e-10;
const MOST_ROUNDS = 1000;

/** Scales rows and columns of a positive table, in place, until its marginals are those given. */
function fitMarginals(table: Float64Array, first: Float64Array, second: Float64Array): void {
  const states = first.length;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let change = 0;
    for (let a = 0; a < states; a++) {
      let sum = 0;
      for (let b = 0; b < states; b++) sum += table[a * states + b];
      const factor = sum > 0 ? first[a] / sum : 0;
      if (sum > 0 && first[a] > 0) change = Math.max(change, Math.abs(factor - 1));
      for (let b = 0; b < states; b++) table[a * states + b] *= factor;
    }
    for (let b = 0; b < states; b++) {
      let sum = 0;
      for (let a = 0; a < states; a++) sum += table[a * states + b];
      const factor = sum > 0 ? second[b] / sum : 0;
      for (let a = 0; a < states; a++) table[a * states + b] *= factor;
    }
    if (change < FACTOR_TOLERANCE) return;
  }
}

function mutualInformation(table: Float64Array, first: Float64Array, second: Float64Array): number {
  const states = first.length;
  return table.reduce((sum, p, k) => {
    const product = first[Math.floor(k / states)] * second[k % states];
    return p > 0 ? sum + p * Math.log(p / product) : sum;
  }, 0);
}
