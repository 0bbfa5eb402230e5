import { DomainError, type Ints, type PottsLike } from '@spinformer/numerics';
import { checkModel, type PottsModel } from '../model.ts';

/** A model of the sites that are free, given those that are fixed. */
export interface ConditionedModel {
  /** Over the free sites in order; p of the free sites given the fixed ones. Absent where every site is fixed. */
  readonly model: PottsModel;
  /** Sites of the whole model that are free, ascending. */
  readonly free: Ints<'free'>;
  /** Puts configurations of the free sites, [samples, free], into whole ones, [samples, sites]. */
  complete(values: Int32Array): Int32Array;
}

/**
 * The distribution of a model given the states of some sites: again a Potts model, whose fields hold the couplings to
 * the fixed sites. Sampling it is exact conditioning, at a smaller cost than sampling the whole.
 *
 * @param fixed state of each fixed site.
 * @throws {DomainError} for sites or states that are none of the model's, or where no site is free.
 * @throws {ShapeError} for arrays of the wrong length.
 * @complexity O(sites²·states²)
 */
export function conditionModel(model: PottsLike, fixed: ReadonlyMap<number, number>): ConditionedModel {
  checkModel('conditionModel', model);
  checkFixed(model, fixed);
  const { sites } = model;
  const free = Int32Array.from({ length: sites }, (_, i) => i).filter((i) => !fixed.has(i));
  if (free.length === 0)
    throw new DomainError('conditionModel: every site is fixed. Leave at least one site free.');
  return {
    model: restrict(model, free, fixed),
    free,
    complete: (values) => {
      const samples = values.length / free.length;
      const whole = new Int32Array(samples * sites);
      for (let m = 0; m < samples; m++) {
        for (const [site, state] of fixed) whole[m * sites + site] = state;
        for (let k = 0; k < free.length; k++) whole[m * sites + free[k]] = values[m * free.length + k];
      }
      return whole;
    },
  };
}

function checkFixed({ sites, states }: PottsLike, fixed: ReadonlyMap<number, number>): void {
  for (const [site, state] of fixed) {
    if (!(Number.isInteger(site) && site >= 0 && site < sites))
      throw new DomainError(`conditionModel: fixed site ${site} is none of 0…${sites - 1}.`);
    if (!(Number.isInteger(state) && state >= 0 && state < states))
      throw new DomainError(
        `conditionModel: site ${site} is fixed to ${state}; states run from 0 to ${states - 1}.`,
      );
  }
}

function restrict(model: PottsLike, free: Int32Array, fixed: ReadonlyMap<number, number>): PottsModel {
  const { sites, states, couplings } = model;
  const block = states * states;
  const n = free.length;
  const fields = new Float64Array(n * states);
  const kept =
    couplings instanceof Float32Array ? new Float32Array(n * n * block) : new Float64Array(n * n * block);
  free.forEach((i, k) => {
    for (let a = 0; a < states; a++) {
      let h = model.fields[i * states + a];
      for (const [j, b] of fixed) h += couplings[(i * sites + j) * block + a * states + b];
      fields[k * states + a] = h;
    }
    free.forEach((j, l) => {
      const from = (i * sites + j) * block;
      kept.set(couplings.subarray(from, from + block), (k * n + l) * block);
    });
  });
  return { sites: n, states, fields, couplings: kept };
}

/** Stands for a free site in a template. */
const FREE = '?';

/**
 * The fixed sites of a template: one letter per site, `?` where a site is free.
 *
 * @param letters `letters[state]`, as an alignment brings them.
 * @throws {DomainError} for a template of another length or a letter that is no state.
 * @example
 * ```ts
 * fixedSites('A??C', { sites: 4, letters: '-ABC' }); // Map { 0 => 1, 3 => 3 }
 * ```
 */
export function fixedSites(
  template: string,
  { sites, letters }: { readonly sites: number; readonly letters: string },
): Map<number, number> {
  const symbols = [...template];
  if (symbols.length !== sites)
    throw new DomainError(
      `fixedSites: the template has ${symbols.length} letters, the model ${sites} sites. Write ? for a free site.`,
    );
  const fixed = new Map<number, number>();
  symbols.forEach((symbol, site) => {
    if (symbol === FREE) return;
    const state = [...letters].indexOf(symbol);
    if (state < 0)
      throw new DomainError(`fixedSites: "${symbol}" at site ${site} is none of the letters "${letters}".`);
    fixed.set(site, state);
  });
  return fixed;
}
