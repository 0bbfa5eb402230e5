import type { Floats, Ints } from '@spinformer/numerics';
import { checkFinite, checkLength, checkSizes } from '../model.ts';
import { checkOrder } from './site-order.ts';

/**
 * p(s) = Π_t p_t(s_{o(t)} | s_{o(0)} … s_{o(t−1)}) over the sites in the order o, each factor a softmax of
 * h_t(a) + Σ_{u<t} J_tu(a, s_{o(u)}). Its normalisation is known, so that it draws exactly and says exact probabilities.
 *
 * @source trinquier2021ardca, eqs. (1), (2)
 */
export type AutoregressiveModel = {
  readonly sites: number;
  readonly states: number;
  /** o, [sites]: the site at each place; that of place 0 is drawn first. */
  readonly order: Ints<'sites'>;
  /** h by place, [sites, states]. */
  readonly fields: Floats<'sites states'>;
  /** J by pairs of places u < t at t·(t − 1)/2 + u, [pairs, states at t, states at u]. */
  readonly couplings: Float32Array | Float64Array;
};

/**
 * Checks sizes, order and finiteness of a model.
 *
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for impossible sizes, an order that is no permutation, or a parameter that is not finite.
 */
export function checkAutoregressive(caller: string, model: AutoregressiveModel): void {
  const { sites, states, order, fields, couplings } = model;
  checkSizes(caller, sites, states);
  checkOrder(caller, order, sites);
  const pairs = (sites * (sites - 1)) / 2;
  checkLength(caller, 'fields', fields, sites * states, '[sites, states]');
  checkLength(caller, 'couplings', couplings, pairs * states ** 2, '[pairs, states, states]');
  checkFinite(caller, 'fields', fields, [sites, states]);
  checkFinite(caller, 'couplings', couplings, [pairs, states, states]);
}

/** Start of the block J_tu, u < t. */
export function blockStart(t: number, u: number, states: number): number {
  return ((t * (t - 1)) / 2 + u) * states * states;
}

/** Sequences with their columns in the order of the model, [samples, sites]; −1 stays. */
export function inOrder(order: Ints<'sites'>, values: ArrayLike<number>): Int32Array {
  const sites = order.length;
  return Int32Array.from(values, (_, k) => values[k - (k % sites) + order[k % sites]]);
}
