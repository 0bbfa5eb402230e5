import { DomainError, type Estimate, estimate } from '@spinformer/numerics';
import { magnetization } from '../graphs/graph-energy.ts';
import type { AnyPotts } from '../sampling/any-model.ts';
import { sampleChains } from '../sampling/sample-chains.ts';
import type { SampleOptions } from '../sampling/sample-options.ts';
import type { WithError } from './partition-estimate.ts';

/** Options of {@link measureChains}. */
export interface MeasureOptions extends Omit<SampleOptions, 'sweeps' | 'resume' | 'energies' | 'beta'> {
  /** Inverse temperature β ≥ 0; default 1. */
  readonly beta?: number;
  /** Measurements of every chain, at least 4. */
  readonly draws: number;
  /** Sweeps before the first measurement, at least 0; rounded up to a multiple of `thinning`. */
  readonly burnIn: number;
}

/** Observables of a model with their errors. */
export interface Measurement {
  /** ⟨E⟩, total. */
  readonly energy: Estimate;
  /** ⟨m⟩ of the order parameter of {@link magnetization}, in [0, 1]. */
  readonly magnetization: Estimate;
  /** β² (⟨E²⟩ − ⟨E⟩²)/sites, with the error of a jackknife over chains: NaN for one chain. */
  readonly heatCapacity: WithError;
  /** β sites (⟨m²⟩ − ⟨m⟩²). */
  readonly susceptibility: WithError;
  /** Binder's 1 − ⟨m⁴⟩/(3⟨m²⟩²). */
  readonly binder: WithError;
  /** What was measured, [chains, draws]. */
  readonly energies: Float64Array;
  readonly magnetizations: Float64Array;
}

/**
 * Energy, order and their fluctuations from many chains, each with its error.
 *
 * @param model a full model or a graph.
 * @throws what {@link sampleChains} throws; {DomainError} for fewer than four draws; the signal's reason when aborted.
 * @source vehtari2021rhat (errors of means)
 * @example
 * ```ts
 * const { energy } = await measureChains(squareLattice({ side: 64, states: 3 }), { chains: 8, burnIn: 100, draws: 200, kernel: 'swendsen-wang', rng });
 * formatEstimate(energy);
 * ```
 */
export async function measureChains(model: AnyPotts, options: MeasureOptions): Promise<Measurement> {
  const { chains, beta = 1 } = options;
  if (!(Number.isInteger(options.draws) && options.draws >= 4))
    throw new DomainError(`measureChains: draws must be a whole number of at least 4, got ${options.draws}.`);
  const [energies, magnetizations] = await series(model, options);
  const { sites } = model;
  const jackknifed = (f: (energies: Float64Array, orders: Float64Array) => number) =>
    jackknife(f, energies, magnetizations, chains);
  return {
    energy: estimate(energies, chains),
    magnetization: estimate(magnetizations, chains),
    heatCapacity: jackknifed((e) => (beta ** 2 * (moment(e, 2) - moment(e, 1) ** 2)) / sites),
    susceptibility: jackknifed((_, m) => beta * sites * (moment(m, 2) - moment(m, 1) ** 2)),
    binder: jackknifed((_, m) => 1 - moment(m, 4) / (3 * moment(m, 2) ** 2)),
    energies,
    magnetizations,
  };
}

/** Energies and orders, [chains, draws] each. */
async function series(model: AnyPotts, options: MeasureOptions): Promise<[Float64Array, Float64Array]> {
  const { chains, draws, burnIn, thinning = 1, beta = 1, ...rest } = options;
  const skip = Math.ceil(burnIn / thinning);
  const energies = new Float64Array(chains * draws);
  const orders = new Float64Array(chains * draws);
  const sweeps = (skip + draws) * thinning;
  let draw = -skip;
  for await (const tick of sampleChains(model, { ...rest, chains, sweeps, thinning, beta, energies: true })) {
    if (tick.status === 'aborted') options.signal?.throwIfAborted();
    if (draw >= 0) {
      const order = magnetization(model, tick.configurations.values);
      for (let c = 0; c < chains; c++) {
        energies[c * draws + draw] = tick.energies![c];
        orders[c * draws + draw] = order[c];
      }
    }
    draw++;
  }
  return [energies, orders];
}

/** A function of all draws with its error from leaving out one chain after another. */
function jackknife(
  f: (energies: Float64Array, orders: Float64Array) => number,
  energies: Float64Array,
  orders: Float64Array,
  chains: number,
): WithError {
  const draws = energies.length / chains;
  const without = (array: Float64Array, chain: number) =>
    array.filter((_, k) => Math.floor(k / draws) !== chain);
  const value = f(energies, orders);
  if (chains < 2) return { value, standardError: Number.NaN };
  let sum = 0;
  let squares = 0;
  for (let chain = 0; chain < chains; chain++) {
    const part = f(without(energies, chain), without(orders, chain)) - value;
    sum += part;
    squares += part * part;
  }
  return {
    value,
    standardError: Math.sqrt((chains - 1) * Math.max(0, squares / chains - (sum / chains) ** 2)),
  };
}

function moment(values: Float64Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0) / values.length;
}
