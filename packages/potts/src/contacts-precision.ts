import { DomainError, type Floats } from '@spinformer/numerics';
import type { Contact } from './contacts.ts';

/** Precision of the best pairs, by how many of them are taken. */
export interface ContactPrecision {
  readonly 'L/5': number;
  readonly 'L/2': number;
  readonly L: number;
}

/** Options of {@link contactPrecision}. */
export interface PrecisionOptions {
  /** Distances between sites in Å, [sites, sites]; NaN where a site is not in the structure. */
  readonly distances: Floats<'sites sites'>;
  /** A pair closer than this is a contact, in Å. */
  readonly threshold: number;
  /** L of L/5, L/2, L. Default: the number of sites. */
  readonly length?: number;
}

/**
 * The share of true contacts among the best ⌊L/5⌋, ⌊L/2⌋ and L pairs. Pairs without a known distance are passed over:
 * they are neither right nor wrong.
 *
 * @param ranked the pairs in falling order, as {@link rankContacts} gives them.
 * @returns NaN where fewer pairs are known than are to be taken.
 * @throws {DomainError} for a threshold that is not positive.
 */
export function contactPrecision(ranked: readonly Contact[], options: PrecisionOptions): ContactPrecision {
  const sites = Math.sqrt(options.distances.length);
  const length = options.length ?? sites;
  const curve = precisionCurve(ranked, options);
  const at = (count: number) => (count >= 1 && count <= curve.length ? curve[count - 1] : Number.NaN);
  return { 'L/5': at(Math.floor(length / 5)), 'L/2': at(Math.floor(length / 2)), L: at(length) };
}

/**
 * Precision among the best 1, 2, 3, … pairs of known distance.
 *
 * @returns [pairs of known distance], new.
 * @throws {DomainError} for a threshold that is not positive.
 */
export function precisionCurve(
  ranked: readonly Contact[],
  { distances, threshold }: Pick<PrecisionOptions, 'distances' | 'threshold'>,
): Floats<'pairs'> {
  if (!(threshold > 0))
    throw new DomainError(`contactPrecision: threshold must be positive, got ${threshold} Å.`);
  const sites = Math.sqrt(distances.length);
  const known = ranked
    .map(({ i, j }) => distances[i * sites + j])
    .filter((distance) => !Number.isNaN(distance));
  let hits = 0;
  return Float64Array.from(known, (distance, index) => {
    if (distance < threshold) hits++;
    return hits / (index + 1);
  });
}

/** One line of a table of contacts. */
export interface ContactRow {
  /** Residue numbers where known, otherwise 1-based site numbers. */
  readonly i: number;
  readonly j: number;
  /** Letters of the reference sequence, or '-'. */
  readonly letterI: string;
  readonly letterJ: string;
  readonly score: number;
  /** Å, where a structure knows it. */
  readonly distance?: number;
}

/** Labels ranked pairs with residue numbers, letters and distances. */
export function contactTable(
  ranked: readonly Contact[],
  labels: {
    residueNumbers?: ArrayLike<number>;
    letters?: string;
    distances?: Floats<'sites sites'>;
  } = {},
): ContactRow[] {
  const { residueNumbers, letters, distances } = labels;
  const sites = distances ? Math.sqrt(distances.length) : 0;
  return ranked.map(({ i, j, score }) => {
    const distance = distances?.[i * sites + j];
    return {
      i: residueNumbers?.[i] ?? i + 1,
      j: residueNumbers?.[j] ?? j + 1,
      letterI: letters?.[i] ?? '-',
      letterJ: letters?.[j] ?? '-',
      score,
      ...(distance === undefined || Number.isNaN(distance) ? {} : { distance }),
    };
  });
}
