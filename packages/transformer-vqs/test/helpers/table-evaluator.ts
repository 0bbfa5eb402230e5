import type { AmplitudeEvaluator } from '../../src/index.ts';
import { basisStates } from '../../src/index.ts';

/** log ψ read from a table in the order of `basisStates(sites)`. */
export function tableEvaluator(
  sites: number,
  real: Float64Array,
  imaginary = new Float64Array(real.length),
): AmplitudeEvaluator {
  const { indexOf } = basisStates(sites);
  return {
    logAmplitudes(spins) {
      const rows = spins.length / sites;
      const index = Array.from({ length: rows }, (_, s) => indexOf(bitsOf(spins, s * sites, sites)));
      return {
        real: Float64Array.from(index, (k) => real[k]),
        imaginary: Float64Array.from(index, (k) => imaginary[k]),
      };
    },
    free() {},
  };
}

/** A configuration as bits, site r in bit r. */
export function bitsOf(spins: Int8Array, start: number, sites: number): number {
  let bits = 0;
  for (let r = 0; r < sites; r++) if (spins[start + r] > 0) bits += 2 ** r;
  return bits;
}
