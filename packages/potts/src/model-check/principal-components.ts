import { type Configurations, DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import { lanczos } from '@spinformer/tensor';
import { columnsOf } from '../statistics/columns.ts';
import { oneSiteFrequencies } from '../statistics/one-point.ts';

/** The directions in which sequences vary most. */
export interface PrincipalComponents {
  readonly sites: number;
  readonly states: number;
  /** f_i(a), the centre, [sites, states]. */
  readonly centre: Floats<'sites states'>;
  /** Unit vectors, [components, sites, states], by falling variance; the greatest entry of each is positive. */
  readonly directions: Floats<'components sites states'>;
  /** Variance along each direction, [components]. */
  readonly variances: Floats<'components'>;
  /** Variance in all directions together. */
  readonly totalVariance: number;
  /** Where the sequences lie, [samples, components]. */
  readonly coordinates: Floats<'samples components'>;
}

const COMPONENTS = 2;

/**
 * Principal components of sequences as one-hot vectors, weighted. A missing entry lies at the centre. Products with the
 * covariance are made from the sequences themselves, so that nothing of the size (sites·states)² is kept.
 *
 * @param components how many, at least 1; default 2.
 * @throws {DomainError | ShapeError} for configurations or a number of components that is wrong.
 * @source wu2000trlan
 * @complexity O(samples·sites) for each of some tens of products
 */
export function principalComponents(
  data: Configurations,
  { components = COMPONENTS }: { readonly components?: number } = {},
): PrincipalComponents {
  const { sites, states } = data;
  const features = sites * states;
  if (!(Number.isInteger(components) && components >= 1 && components <= features))
    throw new DomainError(
      `principalComponents: components must be a whole number from 1 to ${features}, got ${components}.`,
    );
  const centre = oneSiteFrequencies(data);
  const multiply = covarianceProduct(data, centre);
  const found = lanczos((x, out) => multiply(x, out, -1), features, { states: components, tolerance: 1e-8 });
  const directions = new Float64Array(components * features);
  found.vectors.forEach((vector, k) => {
    directions.set(upright(vector), k * features);
  });
  const frame = { sites, states, centre, directions };
  return {
    ...frame,
    variances: found.values.map((value) => Math.max(0, -value)),
    totalVariance: totalVariance(data, centre),
    coordinates: projectSequences(frame, data),
  };
}

/**
 * Where other sequences lie in the frame of principal components.
 *
 * @returns [samples, components], new; a missing entry counts as the centre.
 * @throws {ShapeError} for other sites or states; {DomainError} for a state out of range.
 */
export function projectSequences(
  frame: Pick<PrincipalComponents, 'sites' | 'states' | 'centre' | 'directions'>,
  sequences: Configurations,
): Floats<'samples components'> {
  const { sites, states, centre, directions } = frame;
  if (sequences.sites !== sites || sequences.states !== states)
    throw new ShapeError(
      `projectSequences: sequences have ${sequences.sites} sites of ${sequences.states} states, the components ` +
        `${sites} of ${states}. Use sequences of the same alignment.`,
    );
  const features = sites * states;
  const components = directions.length / features;
  const out = new Float64Array(sequences.samples * components);
  for (let k = 0; k < components; k++) {
    const direction = directions.subarray(k * features, (k + 1) * features);
    coordinatesAlong(sequences, centre, direction).forEach((value, m) => {
      out[m * components + k] = value;
    });
  }
  return out;
}

/** x_m · v of centred one-hot rows, [samples]. */
function coordinatesAlong(sequences: Configurations, centre: Float64Array, v: Float64Array): Float64Array {
  const { samples, sites, states, values } = sequences;
  const offsets = new Float64Array(sites);
  for (let k = 0; k < v.length; k++) offsets[Math.floor(k / states)] += centre[k] * v[k];
  const out = new Float64Array(samples);
  for (let m = 0; m < samples; m++)
    for (let i = 0; i < sites; i++) {
      const state = values[m * sites + i];
      if (state >= 0) out[m] += v[i * states + state] - offsets[i];
    }
  return out;
}

/** out = scale · C v, with C = Σ_m w_m x_m x_mᵀ / Σ w of centred one-hot rows. */
function covarianceProduct(data: Configurations, centre: Float64Array) {
  const { samples, sites, states, values } = data;
  const { weights } = columnsOf('principalComponents', data);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (v: Float64Array, out: Float64Array, scale: number): void => {
    const along = coordinatesAlong(data, centre, v);
    const perSite = new Float64Array(sites);
    out.fill(0);
    for (let m = 0; m < samples; m++) {
      const share = (scale * weights[m] * along[m]) / total;
      for (let i = 0; i < sites; i++) {
        const state = values[m * sites + i];
        if (state < 0) continue;
        out[i * states + state] += share;
        perSite[i] += share;
      }
    }
    for (let k = 0; k < out.length; k++) out[k] -= centre[k] * perSite[Math.floor(k / states)];
  };
}

/** The trace of the covariance: what each site's letters vary, times the share of sequences that know it. */
function totalVariance(data: Configurations, centre: Float64Array): number {
  const { samples, sites, states, codes, weights } = columnsOf('principalComponents', data);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let trace = 0;
  for (let i = 0; i < sites; i++) {
    let known = 0;
    for (let s = 0; s < samples; s++) if (codes[i * samples + s] < states) known += weights[s] / total;
    const f = centre.subarray(i * states, (i + 1) * states);
    trace += known * (1 - f.reduce((sum, value) => sum + value * value, 0));
  }
  return trace;
}

function upright(vector: Float64Array): Float64Array {
  let most = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(most) * (1 + 1e-9)) most = value;
  return most < 0 ? vector.map((value) => -value) : vector;
}
