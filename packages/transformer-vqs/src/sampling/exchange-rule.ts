import { DomainError } from '@spinformer/numerics';

/** Which two antiparallel spins a move exchanges. */
export type ExchangeRule = 'bonds' | 'pairs';

/** Pairs of sites that may be exchanged, and which pairs each site belongs to. */
export interface MovePairs {
  readonly rule: ExchangeRule;
  readonly sites: number;
  readonly count: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** Other site of each pair of site r: partners[offsets[r] … offsets[r + 1]). */
  readonly partners: Int32Array;
  readonly offsets: Int32Array;
}

/**
 * The pairs of `bonds` (each once), or all pairs of sites for the rule `pairs`.
 *
 * With `bonds` a move picks uniformly among the antiparallel pairs of the list; there are n(σ) of them before and n(σ')
 * after, so that the acceptance carries the correction n(σ)/n(σ'). With `pairs` it picks a random up and a random down
 * spin anywhere; their number never changes and no correction is needed.
 *
 * @throws {DomainError} for the rule `bonds` without bonds.
 * @source becca2017, section 3.9
 */
export function movePairs(
  sites: number,
  bonds: readonly { readonly i: number; readonly j: number }[],
  rule: ExchangeRule = 'bonds',
): MovePairs {
  const keys = new Set<number>();
  if (rule === 'bonds') for (const { i, j } of bonds) keys.add(Math.min(i, j) * sites + Math.max(i, j));
  else for (let i = 0; i < sites; i++) for (let j = i + 1; j < sites; j++) keys.add(i * sites + j);
  if (keys.size === 0)
    throw new DomainError("movePairs: there are no bonds to exchange spins across. Use rule: 'pairs'.");
  const first = Int32Array.from(keys, (key) => Math.floor(key / sites));
  const second = Int32Array.from(keys, (key) => key % sites);
  const lists: number[][] = Array.from({ length: sites }, () => []);
  for (let k = 0; k < first.length; k++) {
    lists[first[k]].push(second[k]);
    lists[second[k]].push(first[k]);
  }
  const offsets = new Int32Array(sites + 1);
  lists.forEach((list, r) => {
    offsets[r + 1] = offsets[r] + list.length;
  });
  return {
    rule,
    sites,
    count: first.length,
    first,
    second,
    partners: Int32Array.from(lists.flat()),
    offsets,
  };
}

/** Number of antiparallel pairs of the configuration that starts at `start`. */
export function antiparallelPairs(pairs: MovePairs, spins: Int8Array, start = 0): number {
  let valid = 0;
  for (let k = 0; k < pairs.count; k++)
    if (spins[start + pairs.first[k]] !== spins[start + pairs.second[k]]) valid++;
  return valid;
}

/** Change of {@link antiparallelPairs} when the antiparallel spins of sites i and j are exchanged. */
export function antiparallelChange(
  { partners, offsets }: MovePairs,
  spins: Int8Array,
  start: number,
  i: number,
  j: number,
): number {
  let change = 0;
  const a = spins[start + i];
  const b = spins[start + j];
  for (let k = offsets[i]; k < offsets[i + 1]; k++)
    if (partners[k] !== j) change += spins[start + partners[k]] === a ? 1 : -1;
  for (let k = offsets[j]; k < offsets[j + 1]; k++)
    if (partners[k] !== i) change += spins[start + partners[k]] === b ? 1 : -1;
  return change;
}

/**
 * Logarithm of the ratio of the probabilities to propose σ from σ' and σ' from σ: log n(σ) − log n(σ').
 *
 * @param before - antiparallel pairs of σ.
 * @param after - antiparallel pairs of σ'.
 */
export function proposalCorrection(rule: ExchangeRule, before: number, after: number): number {
  return rule === 'pairs' ? 0 : Math.log(before) - Math.log(after);
}
