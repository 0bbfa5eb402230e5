import { DomainError, type Estimate, independentEstimate } from '@spinformer/numerics';
import type { SpinSamples } from '../sampling/draw-spins.ts';
import type { AmplitudeEvaluator } from '../wave-function.ts';

/**
 * The purity tr ρ_A² of a region, exp(−S₂) with S₂ the second Rényi entropy in nats.
 *
 * With samples, by swapping the region between independent pairs of configurations, the k-th of the first and of the
 * second half; the error takes pairs for independent, so draw from many chains. With a full sum, exactly.
 *
 * @param region - sites of A.
 * @throws {DomainError} for a site that does not exist or occurs twice, or less than two pairs of samples.
 * @source hastings2010renyi
 */
export function purity(
  amplitudes: AmplitudeEvaluator,
  samples: SpinSamples,
  sites: number,
  region: readonly number[],
): Estimate {
  if (
    new Set(region).size !== region.length ||
    !region.every((r) => Number.isInteger(r) && r >= 0 && r < sites)
  )
    throw new DomainError(
      `region: must list different sites of 0 … ${sites - 1}, got [${region.join(', ')}]. Leave out the others.`,
    );
  if (samples.weights) return exactPurity(amplitudes, samples, samples.weights, sites, region);
  const pairs = Math.floor(samples.spins.length / sites / 2);
  if (pairs < 2) throw new DomainError(`purity: needs at least 4 samples, got ${2 * pairs}. Draw more.`);
  const half = pairs * sites;
  const first = samples.spins.slice(0, half);
  const second = samples.spins.slice(half, 2 * half);
  const before = [amplitudes.logAmplitudes(first), amplitudes.logAmplitudes(second)];
  const alike = swapRegion(first, second, sites, region);
  const after = [amplitudes.logAmplitudes(first), amplitudes.logAmplitudes(second)];
  const sum = (part: 'real' | 'imaginary', s: number) =>
    after[0][part][s] + after[1][part][s] - before[0][part][s] - before[1][part][s];
  const values = Float64Array.from({ length: pairs }, (_, s) =>
    alike[s] ? Math.exp(sum('real', s)) * Math.cos(sum('imaginary', s)) : 0,
  );
  return independentEstimate(values);
}

/** Swaps the region of each pair in place where both hold as many up spins there; says which. */
function swapRegion(
  first: Int8Array,
  second: Int8Array,
  sites: number,
  region: readonly number[],
): Uint8Array {
  const alike = new Uint8Array(first.length / sites);
  for (let s = 0; s < alike.length; s++) {
    let difference = 0;
    for (const r of region) difference += first[s * sites + r] - second[s * sites + r];
    // Otherwise the swapped configurations leave the sector, where ψ is zero.
    if (difference !== 0) continue;
    alike[s] = 1;
    for (const r of region) {
      const at = s * sites + r;
      [first[at], second[at]] = [second[at], first[at]];
    }
  }
  return alike;
}

/** Σ_aa′ |Σ_b ψ(a, b) ψ*(a′, b)|², over pairs of the configurations of A that share a configuration of the rest. */
function exactPurity(
  amplitudes: AmplitudeEvaluator,
  { spins }: SpinSamples,
  weights: Float64Array,
  sites: number,
  region: readonly number[],
): Estimate {
  const { imaginary } = amplitudes.logAmplitudes(spins);
  const inside = new Set(region);
  const byRest = new Map<string, { readonly part: string; readonly sample: number }[]>();
  for (let s = 0; s < weights.length; s++) {
    let [part, rest] = ['', ''];
    for (let r = 0; r < sites; r++) {
      const mark = spins[s * sites + r] > 0 ? '+' : '-';
      if (inside.has(r)) part += mark;
      else rest += mark;
    }
    const list = byRest.get(rest);
    if (list) list.push({ part, sample: s });
    else byRest.set(rest, [{ part, sample: s }]);
  }
  const density = new Map<string, [real: number, imaginary: number]>();
  for (const list of byRest.values())
    for (const a of list)
      for (const b of list) {
        const size = Math.sqrt(weights[a.sample] * weights[b.sample]);
        const angle = imaginary[a.sample] - imaginary[b.sample];
        const key = `${a.part}|${b.part}`;
        const [real, imag] = density.get(key) ?? [0, 0];
        density.set(key, [real + size * Math.cos(angle), imag + size * Math.sin(angle)]);
      }
  let mean = 0;
  for (const [real, imag] of density.values()) mean += real * real + imag * imag;
  const exact = { standardError: 0, variance: 0, autocorrelationTime: 1, rHat: Number.NaN };
  return { mean, ...exact, effectiveSamples: Number.POSITIVE_INFINITY };
}
