import { type Configurations, DomainError, type Ints } from '@spinformer/numerics';
import { oneSiteFrequencies } from '../statistics/one-point.ts';

/**
 * The order in which an autoregressive model goes through the sites: `entropic` from conserved to variable columns
 * (ArDCA's default, and the best for its samples), `reverse-entropic`, `natural`, or a permutation of its own.
 */
export type SiteOrder = 'entropic' | 'reverse-entropic' | 'natural' | readonly number[] | Int32Array;

/**
 * The site at each place.
 *
 * @param data weighted sequences, whose column entropies `entropic` sorts by; equal ones stay in their order.
 * @returns [sites], a permutation, new.
 * @throws {DomainError} for an unknown name or what is no permutation.
 * @source trinquier2021ardca, methods
 */
export function siteOrder(order: SiteOrder, data: Configurations): Ints<'sites'> {
  const natural = Int32Array.from({ length: data.sites }, (_, site) => site);
  if (order === 'natural') return natural;
  if (order === 'entropic' || order === 'reverse-entropic') {
    const entropies = columnEntropies(data);
    const sign = order === 'entropic' ? 1 : -1;
    return natural.sort((i, j) => sign * (entropies[i] - entropies[j]) || i - j);
  }
  if (typeof order === 'string')
    throw new DomainError(
      `inferAutoregressive: order must be 'entropic', 'reverse-entropic', 'natural' or a permutation, got '${order}'.`,
    );
  checkOrder('inferAutoregressive', order, data.sites);
  return Int32Array.from(order);
}

/** @throws {DomainError} unless `order` holds every site once. */
export function checkOrder(caller: string, order: ArrayLike<number>, sites: number): void {
  const seen = new Set(Array.from(order));
  const isSite = (site: number) => Number.isInteger(site) && site >= 0 && site < sites;
  if (order.length !== sites || seen.size !== sites || ![...seen].every(isSite))
    throw new DomainError(
      `${caller}: order must hold every site 0…${sites - 1} once, got ${order.length} entries, ${seen.size} of them different.`,
    );
}

function columnEntropies(data: Configurations): Float64Array {
  const { sites, states } = data;
  const frequencies = oneSiteFrequencies(data);
  return Float64Array.from({ length: sites }, (_, i) =>
    frequencies
      .subarray(i * states, (i + 1) * states)
      .reduce((sum, f) => (f > 0 ? sum - f * Math.log(f) : sum), 0),
  );
}
