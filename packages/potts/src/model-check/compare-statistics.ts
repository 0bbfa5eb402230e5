import { type Configurations, DomainError, type Rng, ShapeError } from '@spinformer/numerics';
import { oneSiteFrequencies } from '../statistics/one-point.ts';
import { connectedThreeSite } from '../statistics/three-point.ts';
import { connectedCorrelations, twoSiteFrequencies } from '../statistics/two-point.ts';
import { type Agreement, AgreementSums } from './agreement.ts';

/** Options of {@link compareStatistics}. */
export interface CompareOptions {
  /** Triples of sites, drawn at random; default 200, or all where there are fewer. 0 leaves them out. */
  readonly triples?: number;
  /** Draws the triples. */
  readonly rng: Rng;
  /** Points kept of each comparison for figures, about; default 5000. */
  readonly points?: number;
}

/** Statistics of samples against those of data. */
export interface StatisticsComparison {
  /** f_i(a). */
  readonly oneSite: Agreement;
  /** f_ij(a, b), i < j. */
  readonly twoSite: Agreement;
  /** C_ij(a, b) = f_ij − f_i f_j, i < j. */
  readonly twoSiteConnected: Agreement;
  /** Third joint cumulants of the triples, which a pairwise model does not fit by construction; absent without triples. */
  readonly threeSiteConnected?: Agreement;
  /** The triples, [triples, 3]. */
  readonly triples: Int32Array;
}

const TRIPLES = 200;
const POINTS = 5000;
/** Triples at a time: their cumulants take about 7 MB at 21 states. */
const TRIPLES_AT_A_TIME = 50;

/**
 * One-, two- and three-site statistics of samples against those of data: whether a model generates what it was made
 * from. Connected statistics are the ones to look at; plain frequencies agree easily.
 *
 * @param data with weights, as an alignment has; missing entries are left out site by site, pair by pair.
 * @param samples of the same sites and states, as {@link generateSequences} makes them.
 * @throws {ShapeError | DomainError} for configurations or options whose sizes or entries are wrong.
 * @source muntoni2021adabmdca, figures 2 and 3
 * @complexity O((data + samples)·(sites² + triples) + sites²·states² + triples·states³)
 * @example
 * ```ts
 * const { twoSiteConnected } = compareStatistics(alignment, sequences, { rng: seededRng(1) });
 * twoSiteConnected.pearson; // 0.95
 * ```
 */
export function compareStatistics(
  data: Configurations,
  samples: Configurations,
  options: CompareOptions,
): StatisticsComparison {
  checkSameKind('compareStatistics', data, samples);
  const points = options.points ?? POINTS;
  const triples = drawTriples(data.sites, options.triples ?? TRIPLES, options.rng);
  const oneSite = new AgreementSums(data.sites * data.states, points);
  oneSite.addAll(oneSiteFrequencies(data), oneSiteFrequencies(samples));
  const threeSiteConnected = compareTriples(data, samples, triples, points);
  return {
    oneSite: oneSite.result(),
    twoSite: comparePairs(twoSiteFrequencies, data, samples, points),
    twoSiteConnected: comparePairs(connectedCorrelations, data, samples, points),
    ...(threeSiteConnected && { threeSiteConnected }),
    triples,
  };
}

function comparePairs(
  statistic: typeof twoSiteFrequencies,
  data: Configurations,
  samples: Configurations,
  points: number,
): Agreement {
  const { sites, states } = data;
  const x = statistic(data, { precision: 'float32' });
  const y = statistic(samples, { precision: 'float32' });
  const block = states * states;
  const sums = new AgreementSums((block * sites * (sites - 1)) / 2, points);
  for (let i = 0; i < sites; i++) {
    const [from, to] = [(i * sites + i + 1) * block, (i + 1) * sites * block];
    sums.addAll(x.subarray(from, to), y.subarray(from, to));
  }
  return sums.result();
}

function compareTriples(
  data: Configurations,
  samples: Configurations,
  triples: Int32Array,
  points: number,
): Agreement | undefined {
  if (triples.length === 0) return undefined;
  const sums = new AgreementSums((triples.length / 3) * data.states ** 3, points);
  for (let t = 0; t < triples.length; t += 3 * TRIPLES_AT_A_TIME) {
    const some = triples.subarray(t, t + 3 * TRIPLES_AT_A_TIME);
    sums.addAll(connectedThreeSite(data, some), connectedThreeSite(samples, some));
  }
  return sums.result();
}

/** Different triples i < j < k, [triples, 3]; all of them where there are no more than asked for. */
function drawTriples(sites: number, count: number, rng: Rng): Int32Array {
  if (!(Number.isInteger(count) && count >= 0))
    throw new DomainError(`compareStatistics: triples must be a whole number of at least 0, got ${count}.`);
  const all = (sites * (sites - 1) * (sites - 2)) / 6;
  if (all <= count) return everyTriple(sites);
  const chosen = new Set<number>();
  while (chosen.size < count) {
    const [i, j, k] = [rng.integer(sites), rng.integer(sites), rng.integer(sites)].sort((a, b) => a - b);
    if (i < j && j < k) chosen.add((i * sites + j) * sites + k);
  }
  return Int32Array.from(
    [...chosen].flatMap((t) => [Math.floor(t / sites ** 2), Math.floor(t / sites) % sites, t % sites]),
  );
}

function everyTriple(sites: number): Int32Array {
  const triples: number[] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) for (let k = j + 1; k < sites; k++) triples.push(i, j, k);
  return Int32Array.from(triples);
}

/** @throws {ShapeError} unless both have samples of the same sites and states. */
export function checkSameKind(caller: string, data: Configurations, samples: Configurations): void {
  if (data.sites !== samples.sites || data.states !== samples.states)
    throw new ShapeError(
      `${caller}: data have ${data.sites} sites of ${data.states} states, samples ${samples.sites} of ` +
        `${samples.states}. Compare sequences of one alignment.`,
    );
  if (data.samples < 1 || samples.samples < 1)
    throw new ShapeError(`${caller}: data and samples must hold at least one sequence each.`);
}
