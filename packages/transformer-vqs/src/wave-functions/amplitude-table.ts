import { DomainError, type Rng, ShapeError } from '@spinformer/numerics';
import { gather, readSync, type Tensor, tensor, withBackend } from '@spinformer/tensor';
import type { ComplexRows, WaveFunction } from '../wave-function.ts';
import { checkSpinTensor, countSamples } from './check-spins.ts';

/** log ψ of each listed configuration, [states, 2] = (Re, Im). */
export type AmplitudeTableParameters = { readonly logarithms: Tensor };

/** A wave function that is a table, with the way from amplitudes to its parameters. */
export interface AmplitudeTable extends WaveFunction<AmplitudeTableParameters> {
  /** Parameters with ψ equal to these amplitudes, in the order of the configurations; zero becomes log 0 = −∞. */
  fromAmplitudes(amplitudes: ComplexRows, dtype?: 'float32' | 'float64'): AmplitudeTableParameters;
}

/**
 * A wave function with one free complex logarithm for each listed configuration: an exact eigenvector as a
 * {@link WaveFunction}, to test samplers, local energies and optimisers against.
 *
 * @param configurations [states, sites] of ±1, each once
 * @throws {ShapeError} when their length is not a multiple of `sites`; {DomainError} later, when a configuration is asked
 *   for that is not listed.
 */
export function amplitudeTable(configurations: Int8Array, sites: number): AmplitudeTable {
  if (configurations.length % sites !== 0)
    throw new ShapeError(
      `amplitudeTable: configurations of ${sites} sites need a multiple of ${sites} entries, got ${configurations.length}.`,
    );
  const states = configurations.length / sites;
  const places = new Map<string, number>();
  for (let k = 0; k < states; k++) places.set(codeOf(configurations, k * sites, sites), k);
  const parametersFrom = (values: Float64Array, dtype: 'float32' | 'float64') => ({
    logarithms: tensor(values, [states, 2], dtype),
  });
  return {
    name: 'amplitude table',
    sites,
    parameterCount: 2 * states,
    citations: [],
    init(rng: Rng, dtype = 'float32') {
      return parametersFrom(
        Float64Array.from({ length: 2 * states }, () => 0.1 * rng.normal()),
        dtype,
      );
    },
    fromAmplitudes({ real, imaginary }, dtype = 'float64') {
      const values = new Float64Array(2 * states);
      for (let k = 0; k < states; k++) {
        values[2 * k] = Math.log(Math.hypot(real[k], imaginary[k]));
        values[2 * k + 1] = Math.atan2(imaginary[k], real[k]);
      }
      return parametersFrom(values, dtype);
    },
    logAmplitude({ logarithms }, spins) {
      checkSpinTensor('logAmplitude', spins, sites);
      const indices = indicesOf(readSync(spins) as Int32Array, sites, places);
      return withBackend(spins.backend, () => gather(logarithms, tensor(indices, [indices.length])));
    },
    jacobian({ logarithms }, spins) {
      const samples = countSamples('jacobian', spins, sites);
      const rows = new Float64Array(4 * samples * states);
      indicesOf(spins, sites, places).forEach((place, s) => {
        rows[2 * (s * states + place)] = 1;
        rows[2 * ((samples + s) * states + place) + 1] = 1;
      });
      const { backend, dtype } = logarithms;
      return withBackend(backend, () => tensor(rows, [2, samples, 2 * states], dtype));
    },
  };
}

/** The place of each configuration in the table. */
function indicesOf(spins: ArrayLike<number>, sites: number, places: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from({ length: spins.length / sites }, (_, s) => {
    const place = places.get(codeOf(spins, s * sites, sites));
    if (place === undefined)
      throw new DomainError(
        `amplitudeTable: configuration ${s}, ${codeOf(spins, s * sites, sites)}, is not in the table. ` +
          'List it, or stay in the sector that the table holds.',
      );
    return place;
  });
}

function codeOf(spins: ArrayLike<number>, at: number, sites: number): string {
  let code = '';
  for (let i = 0; i < sites; i++) code += spins[at + i] > 0 ? '+' : '-';
  return code;
}
