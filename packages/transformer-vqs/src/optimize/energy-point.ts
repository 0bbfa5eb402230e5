import { type Estimate, estimate, independentEstimate } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { AmplitudeCache } from '../local-energy/amplitude-cache.ts';
import { localEnergies } from '../local-energy/local-energies.ts';
import { type DrawSpinsOptions, drawSpins } from '../sampling/draw-spins.ts';
import { bornWeights } from '../sampling/full-sum.ts';
import type { SpinChains } from '../sampling/spin-chains.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import type { ComplexRows, WaveFunction } from '../wave-function.ts';
import { amplitudeEvaluator } from '../wave-functions/amplitude-evaluator.ts';
import { type MergedSamples, mergeSamples } from './merge-samples.ts';

/** What was measured at some parameters. */
export interface EnergyPoint {
  /** Different samples, [unique, sites]. */
  readonly spins: Int8Array;
  /** Their probabilities, summing to 1. */
  readonly weights: Float64Array;
  /** E_L − E of each. */
  readonly deviations: ComplexRows;
  /** Total energy. */
  readonly energy: number;
  /** ⟨|E_L − E|²⟩. */
  readonly variance: number;
  /** Energy per site. */
  readonly estimate: Estimate;
  readonly acceptance: number;
  readonly evaluations: number;
}

/** What is to be measured. */
export interface EnergyProblem<P extends ParameterTree> {
  readonly hamiltonian: SpinHamiltonian;
  readonly wave: WaveFunction<P>;
  /** Permutations under which wave function and Hamiltonian are invariant. */
  readonly invariance: readonly Int32Array[];
  readonly cacheBytes: number;
}

/** Draws a chain must have for R̂ and τ. */
const LEAST_DRAWS = 4;

/** Energy over all configurations; `basis` is what mergeSamples made of them. */
export function sumEnergy<P extends ParameterTree>(
  problem: EnergyProblem<P>,
  parameters: P,
  basis: MergedSamples,
): EnergyPoint {
  return withCache(problem, parameters, (cache) => {
    const weights = bornWeights(cache.logAmplitudes(basis.spins).real, basis.weights);
    const local = localEnergies(problem.hamiltonian, cache, basis.spins);
    const point = pointOf(basis.spins, weights, local, cache);
    return { ...point, acceptance: 1, estimate: exactEstimate(point, problem.hamiltonian.lattice.sites) };
  });
}

/** Energy over samples: moves the chains on by `burnIn` sweeps, then draws. */
export function sampleEnergy<P extends ParameterTree>(
  problem: EnergyProblem<P>,
  parameters: P,
  chains: SpinChains,
  options: DrawSpinsOptions,
): EnergyPoint {
  const { sites } = problem.hamiltonian.lattice;
  return withCache(problem, parameters, (cache) => {
    const samples = drawSpins(chains, cache, options);
    const merged = mergeSamples(samples.spins, sites, problem.invariance, samples.weights);
    const local = localEnergies(problem.hamiltonian, cache, merged.spins);
    const count = merged.index.length;
    const weights = samples.weights ? merged.weights : merged.weights.map((n) => n / count);
    const point = pointOf(merged.spins, weights, local, cache);
    const { energy } = point;
    const perSite = Float64Array.from(merged.index, (k, s) => {
      const part = samples.weights ? count * samples.weights[s] : 1;
      return (energy + part * (local.real[k] - energy)) / sites;
    });
    return { ...point, acceptance: samples.acceptance, estimate: chainEstimate(perSite, samples.chains) };
  });
}

function withCache<P extends ParameterTree, T>(
  { wave, cacheBytes }: EnergyProblem<P>,
  parameters: P,
  body: (cache: AmplitudeCache) => T,
): T {
  const evaluator = amplitudeEvaluator(wave, parameters);
  try {
    const { invariance } = wave;
    return body(new AmplitudeCache(evaluator, wave.sites, { invariance, maximumBytes: cacheBytes }));
  } finally {
    evaluator.free();
  }
}

function pointOf(
  spins: Int8Array,
  weights: Float64Array,
  local: ComplexRows,
  cache: AmplitudeCache,
): Omit<EnergyPoint, 'estimate' | 'acceptance'> {
  let energy = 0;
  // A probability that is not a number must reach the energy: the step that led there is taken back for it.
  for (let s = 0; s < weights.length; s++) if (weights[s] !== 0) energy += weights[s] * local.real[s];
  const deviations = { real: local.real.map((e) => e - energy), imaginary: local.imaginary };
  let variance = 0;
  for (let s = 0; s < weights.length; s++)
    if (weights[s] !== 0) variance += weights[s] * (deviations.real[s] ** 2 + deviations.imaginary[s] ** 2);
  return { spins, weights, deviations, energy, variance, evaluations: cache.evaluations };
}

function exactEstimate({ energy, variance }: { energy: number; variance: number }, sites: number): Estimate {
  return {
    mean: energy / sites,
    standardError: 0,
    variance: variance / sites ** 2,
    autocorrelationTime: 1,
    rHat: Number.NaN,
    effectiveSamples: Number.POSITIVE_INFINITY,
  };
}

/** A local energy that is not finite makes the mean NaN, for the caller to see. */
function chainEstimate(perSite: Float64Array, chains: number): Estimate {
  if (!perSite.every(Number.isFinite)) {
    const nothing = Number.NaN;
    return {
      mean: nothing,
      standardError: nothing,
      variance: nothing,
      autocorrelationTime: nothing,
      rHat: nothing,
      effectiveSamples: 0,
    };
  }
  return perSite.length / chains >= LEAST_DRAWS ? estimate(perSite, chains) : independentEstimate(perSite);
}
