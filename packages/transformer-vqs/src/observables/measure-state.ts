import { type Estimate, letEventsThrough, ShapeError } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import {
  correlationsByDistance,
  type DistanceCorrelation,
  type StructureFactorPoint,
  structureFactor,
} from '../exact/exact-observables.ts';
import type { AmplitudeCache } from '../local-energy/amplitude-cache.ts';
import { localEnergies } from '../local-energy/local-energies.ts';
import type { SpinSamples } from '../sampling/draw-spins.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import type { WaveFunction } from '../wave-function.ts';
import { type DimerCorrelations, dimerCorrelations } from './dimer-correlations.ts';
import { marshallSign } from './marshall-sign.ts';
import { purity } from './renyi-entropy.ts';
import { type CorrelationPart, sampledCorrelations } from './sampled-correlations.ts';
import { vScore } from './v-score.ts';
import { type MeasureOptions, meanOverSamples, sampleWeights, withSamples } from './weighted-samples.ts';

/** Options of {@link measureState}. */
export interface MeasureStateOptions extends MeasureOptions {
  /** Default 'heisenberg': all three components of S_i·S_j. 'ising' is cheap, and right for singlets. */
  readonly correlations?: CorrelationPart;
  /** Sites of the region whose Rényi entropy is measured; default the first half of the sites. */
  readonly region?: readonly number[];
}

/** A correlation with its standard error. */
export interface MeasuredCorrelation extends DistanceCorrelation {
  readonly standardError: number;
}

/** A value of the structure factor with its standard error. */
export interface MeasuredStructureFactor extends StructureFactorPoint {
  readonly standardError: number;
}

/** What {@link measureState} found. Energies in units of the couplings with S = σ/2; errors of a full sum are 0. */
export interface StateMeasurement {
  /** Energy per site. */
  readonly energy: Estimate;
  /** ⟨|E_L − E|²⟩, total. */
  readonly variance: number;
  readonly vScore: number;
  /** ⟨S_i·S_j⟩, [sites, sites]. */
  readonly correlations: Float64Array;
  /** The same by displacement, on periodic lattices. */
  readonly byDistance: readonly MeasuredCorrelation[];
  /** S(k) per site. */
  readonly structureFactor: readonly MeasuredStructureFactor[];
  readonly dimers: DimerCorrelations;
  /** Where the lattice has two sublattices. */
  readonly marshallSign?: Estimate;
  /** S₂ of the region in nats. */
  readonly renyiEntropy: { readonly value: number; readonly standardError: number };
  readonly acceptance: number;
}

/** Groups of chains whose spread gives the errors of correlations. */
const GROUPS = 16;

/**
 * Measures a wave function: energy, V-score, spin and dimer correlations, structure factor, Marshall sign and the second
 * Rényi entropy, from one set of samples or from all configurations.
 *
 * @param hamiltonian - its sign rule is turned back in everything that depends on it.
 * @throws {ShapeError | DomainError | ConfigError} naming what does not fit.
 * @example
 * ```ts
 * const { energy, vScore } = await measureState(hamiltonian, wave, parameters, { rng: seededRng(1), samples: 4096 });
 * ```
 */
export async function measureState<P extends ParameterTree>(
  hamiltonian: SpinHamiltonian,
  wave: WaveFunction<P>,
  parameters: P,
  options: MeasureStateOptions,
): Promise<StateMeasurement> {
  const { lattice } = hamiltonian;
  if (wave.sites !== lattice.sites)
    throw new ShapeError(
      `measureState: the wave function has ${wave.sites} sites, the Hamiltonian ${lattice.sites}. Use one lattice.`,
    );
  await letEventsThrough();
  return withSamples(lattice, wave, parameters, options, (samples, cache) =>
    measure(hamiltonian, samples, cache, options),
  );
}

function measure(
  hamiltonian: SpinHamiltonian,
  samples: SpinSamples,
  cache: AmplitudeCache,
  options: MeasureStateOptions,
): StateMeasurement {
  const { lattice } = hamiltonian;
  const { sites } = lattice;
  const weights = sampleWeights(samples, samples.spins.length / sites);
  const half = Array.from({ length: Math.floor(sites / 2) }, (_, r) => r);
  const swapped = purity(cache, samples, sites, options.region ?? half);
  return {
    ...measureEnergy(hamiltonian, samples, cache),
    ...measureCorrelations(hamiltonian, samples, weights, cache, options.correlations ?? 'heisenberg'),
    dimers: dimerCorrelations(lattice, samples.spins, weights),
    ...(lattice.sublattice && { marshallSign: measureSign(hamiltonian, samples, cache, lattice.sublattice) }),
    renyiEntropy: { value: -Math.log(swapped.mean), standardError: swapped.standardError / swapped.mean },
    acceptance: samples.acceptance,
  };
}

function measureEnergy(
  hamiltonian: SpinHamiltonian,
  samples: SpinSamples,
  cache: AmplitudeCache,
): Pick<StateMeasurement, 'energy' | 'variance' | 'vScore'> {
  const { sites } = hamiltonian.lattice;
  const local = localEnergies(hamiltonian, cache, samples.spins);
  const energy = meanOverSamples(
    local.real.map((e) => e / sites),
    samples,
  );
  const squares = local.real.map((e, s) => (e - sites * energy.mean) ** 2 + local.imaginary[s] ** 2);
  const variance = meanOverSamples(squares, samples).mean;
  return { energy, variance, vScore: vScore(sites * energy.mean, variance, sites) };
}

function measureSign(
  { lattice, rotated }: SpinHamiltonian,
  samples: SpinSamples,
  cache: AmplitudeCache,
  sublattice: Int8Array,
): Estimate {
  const { imaginary } = cache.logAmplitudes(samples.spins);
  const differing = sublattice.map((mark, r) => mark ^ (rotated?.[r] ?? 0));
  return marshallSign(lattice, samples, imaginary, differing);
}

function measureCorrelations(
  { lattice, rotated }: SpinHamiltonian,
  samples: SpinSamples,
  weights: Float64Array,
  cache: AmplitudeCache,
  part: CorrelationPart,
): Pick<StateMeasurement, 'correlations' | 'byDistance' | 'structureFactor'> {
  const tables = groupsOf(samples, weights).map((group) =>
    sampledCorrelations(cache, group.spins, group.weights, part, rotated),
  );
  const correlations = new Float64Array(lattice.sites ** 2);
  for (const table of tables)
    for (let k = 0; k < table.length; k++) correlations[k] += table[k] / tables.length;
  const distances = tables.map((table) => correlationsByDistance(lattice, table));
  const factors = tables.map((table) => structureFactor(lattice, table));
  const withErrors = <T extends { readonly value: number }>(whole: readonly T[], parts: readonly T[][]) =>
    whole.map((point, k) => ({ ...point, standardError: spreadOf(parts.map((list) => list[k].value)) }));
  return {
    correlations,
    byDistance: withErrors(correlationsByDistance(lattice, correlations), distances),
    structureFactor: withErrors(structureFactor(lattice, correlations), factors),
  };
}

/** Samples in groups of whole chains and equal weight; a full sum is one group. */
function groupsOf(
  { spins, chains }: SpinSamples,
  weights: Float64Array,
): readonly { readonly spins: Int8Array; readonly weights: Float64Array }[] {
  if (chains < 2) return [{ spins, weights }];
  let groups = Math.min(GROUPS, chains);
  while (chains % groups !== 0) groups--;
  const rows = weights.length / groups;
  const sites = spins.length / weights.length;
  return Array.from({ length: groups }, (_, g) => ({
    spins: spins.subarray(g * rows * sites, (g + 1) * rows * sites),
    weights: weights.slice(g * rows, (g + 1) * rows).map((w) => w * groups),
  }));
}

/** Standard error of the mean of independent values; 0 for a single, exact one. */
function spreadOf(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
