import { DomainError, type Floats, type Ints, type Rng } from '@spinformer/numerics';
import { exactMarginals, exactPairMarginals } from './enumerate-marginals.ts';
import { checkModel, type PottsModel } from './model.ts';

/** Most configurations that are enumerated. */
const MAX_CONFIGURATIONS = 2 ** 22;

/** A small Potts model's distribution, exactly. Energies and entropies are totals, in units of k_B T and nats. */
export interface ExactEnsemble {
  readonly sites: number;
  readonly states: number;
  /** log Σ_s exp(−E(s)). */
  readonly logZ: number;
  /** ⟨E⟩. */
  readonly meanEnergy: number;
  /** −Σ_s p(s) log p(s), nats. */
  readonly entropy: number;
  /** p(s), [states^sites]; configuration number Σ_i s_i·states^(sites−1−i): the last site varies fastest. */
  readonly probabilities: Floats<'configurations'>;
  /** p(s_i = a), [sites, states]. */
  readonly marginals: Floats<'sites states'>;
  /** p(s_i = a, s_j = b), [sites, sites, states, states]; on the diagonal p(s_i = a) for a = b. */
  readonly pairMarginals: Floats<'sites sites states states'>;
}

/**
 * Sums over all configurations of a small model.
 *
 * @throws {DomainError} above 2^22 configurations, and for a parameter that is not finite, with its index.
 * @throws {ShapeError} for arrays of the wrong length.
 * @complexity O(sites·states^sites)
 * @example
 * ```ts
 * enumerateExactly(latticePotts({ shape: [2], states: 2, coupling: 0 })).logZ; // Math.log(4)
 * ```
 */
export function enumerateExactly(model: PottsModel): ExactEnsemble {
  checkModel('enumerateExactly', model);
  const { sites, states } = model;
  const configurations = states ** sites;
  if (configurations > MAX_CONFIGURATIONS)
    throw new DomainError(
      `enumerateExactly: ${sites} sites of ${states} states have ${configurations.toPrecision(3)} configurations, more ` +
        `than ${MAX_CONFIGURATIONS}. Sample instead, or take fewer sites.`,
    );
  const probabilities = allEnergies(model, configurations);
  const { logZ, meanEnergy } = normalise(probabilities);
  const size = { sites, states };
  return {
    sites,
    states,
    logZ,
    meanEnergy,
    entropy: logZ + meanEnergy,
    probabilities,
    marginals: exactMarginals(probabilities, size),
    pairMarginals: exactPairMarginals(probabilities, size),
  };
}

/**
 * Energies of all configurations, by descent over the sites: level i holds the local fields that the sites above
 * already fixed exert on those from i on.
 */
function allEnergies(model: PottsModel, configurations: number): Float64Array {
  const { sites, states, couplings } = model;
  const energies = new Float64Array(configurations);
  const levels = Array.from({ length: sites }, () => model.fields.slice());
  let next = 0;
  const descend = (i: number, partial: number): void => {
    const level = levels[i];
    for (let a = 0; a < states; a++) {
      const sum = partial - level[i * states + a];
      if (i === sites - 1) {
        energies[next++] = sum;
        continue;
      }
      const below = levels[i + 1];
      for (let j = i + 1; j < sites; j++) {
        const row = ((i * sites + j) * states + a) * states;
        for (let b = 0; b < states; b++) below[j * states + b] = level[j * states + b] + couplings[row + b];
      }
      descend(i + 1, sum);
    }
  };
  descend(0, 0);
  return energies;
}

/** Turns energies into probabilities in place. */
function normalise(energies: Float64Array): { logZ: number; meanEnergy: number } {
  let lowest = Number.POSITIVE_INFINITY;
  for (const value of energies) lowest = Math.min(lowest, value);
  let sum = 0;
  let weighted = 0;
  for (const value of energies) {
    const weight = Math.exp(lowest - value);
    sum += weight;
    weighted += weight * value;
  }
  for (let k = 0; k < energies.length; k++) energies[k] = Math.exp(lowest - energies[k]) / sum;
  return { logZ: Math.log(sum) - lowest, meanEnergy: weighted / sum };
}

/**
 * The exact conditional entropy (1/L) Σ_i H(s_i | s_\i), as H(s) − H(s_\i) averaged over sites: the least loss that any
 * prediction of one masked site can reach.
 *
 * @returns nats per site.
 * @complexity O(sites·states^sites)
 */
export function exactConditionalEntropy({ sites, states, entropy, probabilities }: ExactEnsemble): number {
  let sum = 0;
  for (let i = 0; i < sites; i++) {
    const stride = states ** (sites - 1 - i);
    let without = 0;
    for (let block = 0; block < probabilities.length; block += stride * states) {
      for (let rest = 0; rest < stride; rest++) {
        let p = 0;
        for (let a = 0; a < states; a++) p += probabilities[block + a * stride + rest];
        if (p > 0) without -= p * Math.log(p);
      }
    }
    sum += entropy - without;
  }
  return sum / sites;
}

/**
 * Independent draws from an enumerated distribution, exactly.
 *
 * @param options.samples how many.
 * @returns [samples, sites], new.
 * @complexity O(states^sites + samples·sites)
 */
export function drawExactly(
  { sites, states, probabilities }: ExactEnsemble,
  options: { samples: number; rng: Rng },
): Ints<'samples sites'> {
  const cumulative = new Float64Array(probabilities.length);
  let sum = 0;
  for (let k = 0; k < cumulative.length; k++) cumulative[k] = sum += probabilities[k];
  const values = new Int32Array(options.samples * sites);
  for (let m = 0; m < options.samples; m++) {
    let number = firstAbove(cumulative, options.rng.uniform() * sum);
    for (let i = sites - 1; i >= 0; i--) {
      values[m * sites + i] = number % states;
      number = Math.floor(number / states);
    }
  }
  return values;
}

function firstAbove(cumulative: Float64Array, level: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > level) high = middle;
    else low = middle + 1;
  }
  return low;
}
