import { type Estimate, estimate, independentEstimate } from '@spinformer/numerics';
import type { LatticeProblem } from './lattice-problem.ts';
import type { LatticeRecords } from './lattice-ticks.ts';

/** What is measured at one temperature, each with its error. */
export interface LatticeMeasurement {
  readonly beta: number;
  /** ⟨E⟩ per site at this β, in units of K's temperature. */
  readonly energy: Estimate;
  /** ⟨m⟩, m = (q max_a n_a − 1)/(q − 1) in 0…1. */
  readonly magnetization: Estimate;
  /** β²(⟨E²⟩ − ⟨E⟩²) per site. */
  readonly heatCapacity: Estimate;
  /** Sites times (⟨m²⟩ − ⟨m⟩²). */
  readonly susceptibility: Estimate;
}

/** Estimates at every temperature from what was recorded. */
export function measureLattice(problem: LatticeProblem, records: LatticeRecords): LatticeMeasurement[] {
  const { chains, graph, betas } = problem;
  return betas.map((beta, k) => {
    const energies = byChain(records.energies[k], chains).map((energy) => energy / graph.sites);
    const orders = byChain(records.magnetizations[k], chains);
    return {
      beta,
      energy: estimate(energies, chains),
      magnetization: estimate(orders, chains),
      heatCapacity: fluctuation(energies, chains, beta ** 2 * graph.sites),
      susceptibility: fluctuation(orders, chains, graph.sites),
    };
  });
}

/** [draws, chains] as [chains, draws]. */
function byChain(values: Float64Array, chains: number): Float64Array {
  const draws = values.length / chains;
  return Float64Array.from(
    { length: values.length },
    (_, k) => values[(k % draws) * chains + Math.floor(k / draws)],
  );
}

/** A variance with its error from the spread of the chains, each about the mean of all. */
function fluctuation(values: Float64Array, chains: number, scale: number): Estimate {
  const draws = values.length / chains;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const ofChains = Float64Array.from({ length: chains }, (_, c) => {
    const chain = values.subarray(c * draws, (c + 1) * draws);
    return (scale * chain.reduce((sum, value) => sum + (value - mean) ** 2, 0)) / draws;
  });
  return independentEstimate(ofChains);
}
