import { type Configurations, ShapeError } from '@spinformer/numerics';
import { checkConfigurations } from '../energy.ts';

/** Configurations column by column, so that counting a pair of sites reads two short lists. */
export interface Columns {
  readonly samples: number;
  readonly sites: number;
  readonly states: number;
  /** [sites, samples], 0…states; `states` stands for a missing entry. */
  readonly codes: Uint16Array;
  /** [samples]. */
  readonly weights: Float64Array;
}

/**
 * Checks configurations and lays them out by columns.
 * @throws {ShapeError | DomainError} that name the argument of `caller`.
 */
export function columnsOf(caller: string, data: Configurations): Columns {
  const { samples, sites, states, values } = data;
  checkConfigurations(caller, data, values);
  if (values.length !== samples * sites)
    throw new ShapeError(`${caller}: values must hold ${samples} × ${sites} states, got ${values.length}.`);
  const weights = data.weights ?? new Float64Array(samples).fill(1);
  if (weights.length !== samples)
    throw new ShapeError(
      `${caller}: weights must hold ${samples} numbers, one a sample, got ${weights.length}.`,
    );
  const codes = new Uint16Array(samples * sites);
  for (let s = 0; s < samples; s++)
    for (let i = 0; i < sites; i++) {
      const value = values[s * sites + i];
      codes[i * samples + s] = value < 0 ? states : value;
    }
  return { samples, sites, states, codes, weights };
}

/** Column `site`, each code times `stride`. */
export function scaledColumn({ samples, codes }: Columns, site: number, stride: number): Int32Array {
  const column = new Int32Array(samples);
  for (let s = 0; s < samples; s++) column[s] = codes[site * samples + s] * stride;
  return column;
}

/** Adds weights into `counts` at place first[s] + code of `site`. The inner loop of all statistics of several sites. */
export function countPlaces(
  first: Int32Array,
  { samples, codes, weights }: Columns,
  site: number,
  counts: Float64Array,
): void {
  const column = codes.subarray(site * samples, (site + 1) * samples);
  for (let s = 0; s < samples; s++) counts[first[s] + column[s]] += weights[s];
}
