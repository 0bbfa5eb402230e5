import { type Configurations, DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import { type Columns, columnsOf, countPlaces, scaledColumn } from './columns.ts';
import { normalised } from './one-point.ts';

/**
 * Weighted frequencies f_ijk(a, b, c) of given triples of sites, over the samples in which none of the three is missing.
 *
 * @param triples [triples, 3], three different sites each.
 * @returns [triples, states, states, states], new.
 * @throws {ShapeError | DomainError} for configurations or triples whose sizes or entries are wrong.
 * @complexity O(triples·(samples + states³))
 */
export function threeSiteFrequencies(
  data: Configurations,
  triples: Int32Array,
): Floats<'triples states states states'> {
  return everyTriple('threeSiteFrequencies', data, triples, (frequencies) => frequencies);
}

/**
 * Connected correlations of given triples of sites: the third joint cumulants
 * C_ijk = f_ijk − f_ij f_k − f_ik f_j − f_jk f_i + 2 f_i f_j f_k, with all frequencies those of the samples that know the
 * three sites. They vanish when one site is independent of the other two.
 *
 * @param triples [triples, 3], three different sites each.
 * @returns [triples, states, states, states], new; sums to zero over each state.
 * @throws {ShapeError | DomainError} for configurations or triples whose sizes or entries are wrong.
 * @complexity O(triples·(samples + states³))
 */
export function connectedThreeSite(
  data: Configurations,
  triples: Int32Array,
): Floats<'triples states states states'> {
  return everyTriple('connectedThreeSite', data, triples, thirdCumulant);
}

function everyTriple(
  caller: string,
  data: Configurations,
  triples: Int32Array,
  finish: (frequencies: Float64Array, states: number) => Float64Array,
): Float64Array {
  checkTriples(caller, data.sites, triples);
  const columns = columnsOf(caller, data);
  const size = columns.states ** 3;
  const count = triples.length / 3;
  const result = new Float64Array(count * size);
  for (let t = 0; t < count; t++)
    result.set(
      finish(tripleFrequencies(columns, triples.subarray(3 * t, 3 * t + 3)), columns.states),
      t * size,
    );
  return result;
}

function tripleFrequencies(columns: Columns, [i, j, k]: Int32Array): Float64Array {
  const { samples, states, codes } = columns;
  const width = states + 1;
  const first = scaledColumn(columns, i, width * width);
  for (let s = 0; s < samples; s++) first[s] += codes[j * samples + s] * width;
  const counts = new Float64Array(width ** 3);
  countPlaces(first, columns, k, counts);
  const known = new Float64Array(states ** 3);
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) {
      const from = (a * width + b) * width;
      known.set(counts.subarray(from, from + states), (a * states + b) * states);
    }
  return normalised(known);
}

/** Frequencies of the sites and of the pairs of a triple. */
interface Marginals {
  readonly singles: readonly Float64Array[];
  readonly pairs: readonly Float64Array[];
}

function marginals(f: Float64Array, states: number): Marginals {
  const singles = [0, 1, 2].map(() => new Float64Array(states));
  const pairs = [0, 1, 2].map(() => new Float64Array(states * states));
  const [fi, fj, fk] = singles;
  const [fij, fik, fjk] = pairs;
  for (let a = 0, place = 0; a < states; a++)
    for (let b = 0; b < states; b++)
      for (let c = 0; c < states; c++) {
        const value = f[place++];
        fk[c] += value;
        fij[a * states + b] += value;
        fik[a * states + c] += value;
        fjk[b * states + c] += value;
      }
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) {
      fi[a] += fij[a * states + b];
      fj[b] += fij[a * states + b];
    }
  return { singles, pairs };
}

function thirdCumulant(f: Float64Array, states: number): Float64Array {
  const { singles, pairs } = marginals(f, states);
  const [fi, fj, fk] = singles;
  const [fij, fik, fjk] = pairs;
  const cumulant = new Float64Array(f.length);
  for (let a = 0, place = 0; a < states; a++)
    for (let b = 0; b < states; b++)
      for (let c = 0; c < states; c++, place++) {
        const partly =
          fij[a * states + b] * fk[c] + fik[a * states + c] * fj[b] + fjk[b * states + c] * fi[a];
        cumulant[place] = f[place] - partly + 2 * fi[a] * fj[b] * fk[c];
      }
  return cumulant;
}

function checkTriples(caller: string, sites: number, triples: Int32Array): void {
  if (triples.length % 3 !== 0)
    throw new ShapeError(
      `${caller}: triples must hold three sites each, [triples, 3], got ${triples.length} entries.`,
    );
  for (let t = 0; t < triples.length; t += 3) {
    const [i, j, k] = triples.subarray(t, t + 3);
    const inside = [i, j, k].every((site) => site >= 0 && site < sites);
    if (inside && i !== j && j !== k && i !== k) continue;
    throw new DomainError(
      `${caller}: triple ${t / 3} (${i}, ${j}, ${k}) must name three different sites of 0…${sites - 1}.`,
    );
  }
}
