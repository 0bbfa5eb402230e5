import type { AmplitudeEvaluator, ComplexRows } from '../wave-function.ts';
import { countSamples } from '../wave-functions/check-spins.ts';
import type { SymmetryElement } from './symmetry-group.ts';
import { uniqueConfigurations } from './unique-configurations.ts';

/** All branches of configurations, [samples, branches, sites]. */
export function branchSpins(
  spins: Int8Array,
  branches: readonly SymmetryElement[],
  sites: number,
): Int8Array {
  const samples = spins.length / sites;
  const all = new Int8Array(spins.length * branches.length);
  let at = 0;
  for (let s = 0; s < samples; s++)
    for (const { sites: from, flips } of branches)
      for (let r = 0; r < sites; r++) {
        const spin = spins[s * sites + from[r]];
        all[at++] = flips ? -spin : spin;
      }
  return all;
}

/** An evaluator of the projection over one of the original. */
export function symmetricEvaluator(
  inner: AmplitudeEvaluator,
  branches: readonly SymmetryElement[],
  sites: number,
): AmplitudeEvaluator {
  return {
    logAmplitudes(spins) {
      countSamples('logAmplitudes', spins, sites);
      return sumBranches(branchAmplitudes(inner, branchSpins(spins, branches, sites), sites), branches).total;
    },
    free: () => inner.free(),
  };
}

/** log ψ of every branch, each different configuration evaluated once. */
export function branchAmplitudes(inner: AmplitudeEvaluator, all: Int8Array, sites: number): ComplexRows {
  const { spins, places } = uniqueConfigurations(all, sites);
  const values = inner.logAmplitudes(spins);
  return {
    real: Float64Array.from(places, (place) => values.real[place]),
    imaginary: Float64Array.from(places, (place) => values.imaginary[place]),
  };
}

/** log of the mean over branches, and the weights χ*ψ(gσ)/Σ by which branches enter, [samples, branches]. */
export function sumBranches(
  values: ComplexRows,
  branches: readonly SymmetryElement[],
): { total: ComplexRows; weights: ComplexRows } {
  const count = branches.length;
  const samples = values.real.length / count;
  const weights = { real: new Float64Array(samples * count), imaginary: new Float64Array(samples * count) };
  const total = { real: new Float64Array(samples), imaginary: new Float64Array(samples) };
  for (let s = 0; s < samples; s++) {
    let top = -Infinity;
    for (let k = s * count; k < (s + 1) * count; k++) top = Math.max(top, values.real[k]);
    let [p, q] = [0, 0];
    for (let k = 0; k < count; k++) {
      const at = s * count + k;
      const size = Math.exp(values.real[at] - top);
      const angle = values.imaginary[at] - branches[k].angle;
      weights.real[at] = size * Math.cos(angle);
      weights.imaginary[at] = size * Math.sin(angle);
      p += weights.real[at];
      q += weights.imaginary[at];
    }
    const square = p * p + q * q;
    for (let at = s * count; at < (s + 1) * count; at++) {
      const [a, b] = [weights.real[at], weights.imaginary[at]];
      weights.real[at] = (a * p + b * q) / square;
      weights.imaginary[at] = (b * p - a * q) / square;
    }
    total.real[s] = top + 0.5 * Math.log(square) - Math.log(count);
    total.imaginary[s] = Math.atan2(q, p);
  }
  return { total, weights };
}
