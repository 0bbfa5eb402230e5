import { DataError } from '@spinformer/numerics';
import type { Contact } from '../contacts.ts';
import { checkModel, type PottsModel } from '../model.ts';
import { blockOf } from './coupling-blocks.ts';

/** What the viewer EVzoom reads. */
export interface EvzoomData {
  readonly map: { readonly letters: string; readonly indices: readonly number[] };
  /** For each site its letters from the rarest to the most frequent, with their heights. */
  readonly logo: readonly (readonly { readonly code: string; readonly bits: number }[])[];
  readonly couplings: readonly EvzoomCoupling[];
}

/** One pair, seen from site `i`; every pair is listed from both of its sites. */
export interface EvzoomCoupling {
  /** Sites from 1, in the order of `map`. */
  readonly i: number;
  readonly j: number;
  readonly score: number;
  /** Letters of the rows and columns of `matrix`. */
  readonly iC: string;
  readonly jC: string;
  readonly matrix: readonly (readonly number[])[];
}

/** Options of {@link evzoomData}. */
export interface EvzoomOptions {
  /** `letters[state]`. */
  readonly letters: string;
  /** One letter per site, and its residue number; default numbers from 1. */
  readonly reference: { readonly letters: string; readonly residueNumbers?: ArrayLike<number> };
  /** f_i(a), [sites, states], for the logo: {@link oneSiteFrequencies}. */
  readonly frequencies: ArrayLike<number>;
  /** The pairs to show, best first: {@link rankContacts}. */
  readonly contacts: readonly Contact[];
  /** Letters are shown where a coupling exceeds this share of the largest of all, 0…1; default 0.1. */
  readonly threshold?: number;
  /** Letters of the logo are shown from this frequency on; default 0.01. */
  readonly leastFrequency?: number;
}

/**
 * Data for the viewer EVzoom, to be written with JSON.stringify: sequence, logo, and the coupling blocks of the best
 * pairs, rounded to two decimals as the viewer's own files are.
 *
 * @throws {DataError} for letters, a reference or frequencies that do not fit the model.
 * @throws {ShapeError | DomainError} for a model whose arrays are wrong or not finite.
 * @source EVcouplings, evzoom_data in visualize/parameters.py
 */
export function evzoomData(model: PottsModel, options: EvzoomOptions): EvzoomData {
  checkModel('evzoomData', model);
  const { sites, states } = model;
  const { letters, reference, frequencies, contacts, threshold = 0.1 } = options;
  checkLength('letters', letters.length, states);
  checkLength('reference.letters', reference.letters.length, sites);
  checkLength('frequencies', frequencies.length, sites * states);
  let largest = 0;
  for (const coupling of model.couplings) largest = Math.max(largest, Math.abs(coupling));
  return {
    map: {
      letters: reference.letters,
      indices: Array.from(reference.letters, (_, site) => reference.residueNumbers?.[site] ?? site + 1),
    },
    logo: Array.from({ length: sites }, (_, site) => logoOf(site, states, options)),
    couplings: contacts.flatMap(({ i, j, score }) => [
      couplingOf(model, letters, { i, j, score }, threshold * largest),
      couplingOf(model, letters, { i: j, j: i, score }, threshold * largest),
    ]),
  };
}

function checkLength(name: string, length: number, expected: number): void {
  if (length !== expected)
    throw new DataError(`evzoomData: ${name} must have ${expected} entries to fit the model, got ${length}.`);
}

function couplingOf(
  model: PottsModel,
  letters: string,
  { i, j, score }: Contact,
  least: number,
): EvzoomCoupling {
  const { states } = model;
  const block = blockOf(model, i, j);
  const all = Array.from({ length: states }, (_, state) => state);
  const strong = (a: number, b: number) => Math.abs(block[a * states + b]) > least;
  const rows = all.filter((a) => all.some((b) => strong(a, b)));
  const columns = all.filter((b) => all.some((a) => strong(a, b)));
  return {
    i: i + 1,
    j: j + 1,
    score: rounded(score),
    iC: rows.map((a) => letters[a]).join(''),
    jC: columns.map((b) => letters[b]).join(''),
    matrix: rows.map((a) => columns.map((b) => rounded(block[a * states + b]))),
  };
}

function logoOf(
  site: number,
  states: number,
  { letters, frequencies, leastFrequency = 0.01 }: EvzoomOptions,
) {
  const row = Array.from({ length: states }, (_, state) => frequencies[site * states + state]);
  const information = row.reduce((bits, f) => (f > 0 ? bits + f * Math.log2(f) : bits), Math.log2(states));
  return row
    .map((frequency, state) => ({ code: letters[state], frequency }))
    .filter(({ frequency }) => frequency >= leastFrequency)
    .sort((a, b) => a.frequency - b.frequency)
    .map(({ code, frequency }) => ({ code, bits: rounded(frequency * information) }));
}

function rounded(value: number): number {
  return Math.round(100 * value) / 100;
}
