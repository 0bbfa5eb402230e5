import { DomainError, type Floats, type Ints, ShapeError } from '@spinformer/numerics';
import { checkModel, type PottsModel } from './model.ts';

/**
 * Energies E(s) = −Σ_i h_i(s_i) − Σ_{i<j} J_ij(s_i, s_j), total, with k_B T = 1. A missing entry (−1) contributes
 * neither field nor couplings, as in a model fitted with gaps ignored.
 *
 * @param configurations [samples, sites], each entry in −1…states−1.
 * @returns [samples], new.
 * @throws {ShapeError} where the configurations are not a multiple of `sites`.
 * @throws {DomainError} for a state out of range or a parameter that is not finite, with its index.
 * @complexity O(samples·sites²)
 * @example
 * ```ts
 * energy(latticePotts({ shape: [2], states: 2, coupling: 1 }), Int32Array.of(0, 0, 0, 1)); // [-1, 0]
 * ```
 */
export function energy(model: PottsModel, configurations: Ints<'samples sites'>): Floats<'samples'> {
  checkModel('energy', model);
  checkConfigurations('energy', model, configurations);
  const { sites } = model;
  const energies = new Float64Array(configurations.length / sites);
  for (let sample = 0; sample < energies.length; sample++)
    energies[sample] = energyAt(model, configurations, sample * sites);
  return energies;
}

function energyAt(model: PottsModel, configurations: Ints<'samples sites'>, offset: number): number {
  const { sites, states, fields, couplings } = model;
  let sum = 0;
  for (let i = 0; i < sites; i++) {
    const a = configurations[offset + i];
    if (a < 0) continue;
    sum -= fields[i * states + a];
    for (let j = i + 1; j < sites; j++) {
      const b = configurations[offset + j];
      if (b >= 0) sum -= couplings[((i * sites + j) * states + a) * states + b];
    }
  }
  return sum;
}

/**
 * Energy change E(s') − E(s) of every single-site change of one configuration: what a mutation costs.
 *
 * @param configuration [sites], entries in −1…states−1.
 * @returns [sites, states], new: the change when site i is put into state a; 0 at its present state.
 * @throws {ShapeError} {@link energy} says when.
 * @throws {DomainError} {@link energy} says when.
 * @complexity O(sites²·states)
 */
export function energyDifferences(model: PottsModel, configuration: Ints<'sites'>): Floats<'sites states'> {
  checkModel('energyDifferences', model);
  checkConfigurations('energyDifferences', model, configuration);
  const { sites, states } = model;
  if (configuration.length !== sites)
    throw new ShapeError(
      `energyDifferences: configuration must have ${sites} sites, got ${configuration.length}. Pass one at a time.`,
    );
  const differences = new Float64Array(sites * states);
  const local = new Float64Array(states);
  for (let i = 0; i < sites; i++) {
    localFields(model, configuration, 0, i, local);
    const present = configuration[i] < 0 ? 0 : local[configuration[i]];
    for (let a = 0; a < states; a++) differences[i * states + a] = present - local[a];
  }
  return differences;
}

/**
 * Writes the local fields h_i(a) + Σ_{j≠i} J_ij(a, s_j) of site `i` into `local`, [states]: the unnormalised
 * log-conditionals of that site. Trusts its arguments.
 */
export function localFields(
  model: PottsModel,
  configurations: Int32Array,
  offset: number,
  i: number,
  local: Float64Array,
): void {
  const { sites, states, fields, couplings } = model;
  for (let a = 0; a < states; a++) local[a] = fields[i * states + a];
  for (let j = 0; j < sites; j++) {
    const b = configurations[offset + j];
    if (j === i || b < 0) continue;
    // J_ji(b, ·) = J_ij(·, b), and its entries lie side by side.
    const row = ((j * sites + i) * states + b) * states;
    for (let a = 0; a < states; a++) local[a] += couplings[row + a];
  }
}

/**
 * @throws {ShapeError} unless the length is a multiple of `sites`.
 * @throws {DomainError} that names the first entry outside −1…states−1.
 */
export function checkConfigurations(
  caller: string,
  model: { sites: number; states: number },
  configurations: Int32Array,
): void {
  const { sites, states } = model;
  if (configurations.length % sites !== 0)
    throw new ShapeError(
      `${caller}: configurations must have ${sites} sites, but ${configurations.length} entries are no multiple of it. ` +
        `Reshape to [samples, ${sites}].`,
    );
  for (let k = 0; k < configurations.length; k++) {
    if (configurations[k] >= -1 && configurations[k] < states) continue;
    throw new DomainError(
      `${caller}: configurations[${Math.floor(k / sites)}, ${k % sites}] is ${configurations[k]}; ` +
        `states are 0…${states - 1}, or -1 for a missing entry.`,
    );
  }
}
