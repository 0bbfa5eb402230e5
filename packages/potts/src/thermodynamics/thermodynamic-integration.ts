import { DomainError, type Estimate, estimate, gaussLegendre, type Rng } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { AnyPotts } from '../sampling/any-model.ts';
import { sampleChains } from '../sampling/sample-chains.ts';
import type { SampleKernel, SampleTick } from '../sampling/sample-options.ts';
import type { WithError } from './partition-estimate.ts';

/** Options of {@link thermodynamicIntegration}. */
export interface IntegrationOptions {
  /** Inverse temperature at which log Z is wanted; default 1. */
  readonly beta?: number;
  /** Temperatures between 0 and β at which energies are measured, at least 4: Gauss–Legendre nodes; default 16. */
  readonly nodes?: number;
  /** Chains at each temperature, at least 1; default 32. */
  readonly chainsPerNode?: number;
  /** Energies of every chain that are averaged, at least 8; default 100. */
  readonly draws?: number;
  /** Sweeps between them; default 1. */
  readonly thinning?: number;
  /** Sweeps before the first; default as many as lie between the draws, together. */
  readonly burnIn?: number;
  /** As in {@link sampleChains}, but for `multi-spin`; default `heat-bath`. */
  readonly kernel?: Exclude<SampleKernel, 'multi-spin'>;
  readonly rng: Rng;
  readonly signal?: AbortSignal;
  readonly runtime?: WasmRuntime;
}

/** log Z and what it was computed from. */
export interface IntegrationResult {
  /** log Z(β), with the error of the measured energies. */
  readonly logZ: WithError;
  /** How far the integral over half of the nodes is off: above the error of the integral over all. */
  readonly quadratureError: number;
  /** S = log Z + β⟨E⟩, nats, with the error of the measured energies. */
  readonly entropy: WithError;
  /** ⟨E⟩(β), total. */
  readonly energy: Estimate;
  /** Temperatures and energies of the nodes. */
  readonly betas: Float64Array;
  readonly energies: readonly Estimate[];
}

/**
 * log Z(β) = sites · ln states − ∫₀^β ⟨E⟩ dβ', from the energies that chains at the nodes of a quadrature have. It is
 * smooth, and a few nodes suffice, as long as no transition lies on the way; `quadratureError` shows it.
 *
 * @param model a full model or a graph.
 * @throws {DomainError | ShapeError} for impossible options; {BackendError} when memory does not suffice; the signal's
 *   reason when it is aborted.
 * @complexity that of (nodes + 1)·chainsPerNode chains of burnIn + draws·thinning sweeps
 * @example
 * ```ts
 * const { logZ, entropy } = await thermodynamicIntegration(model, { rng });
 * ```
 */
export async function thermodynamicIntegration(
  model: AnyPotts,
  options: IntegrationOptions,
): Promise<IntegrationResult> {
  const { beta = 1, nodes = 16, chainsPerNode = 32, draws = 100 } = options;
  checkCounts({ nodes, chainsPerNode, draws });
  const rule = gaussLegendre(nodes, [0, beta]);
  const betas = Float64Array.of(...rule.nodes, beta);
  const series = await energySeries(model, betas, { ...options, chainsPerNode, draws });
  const estimates = series.map((energies) => estimate(energies, chainsPerNode));
  const energy = estimates[nodes];
  const energies = estimates.slice(0, nodes);
  const integral = energies.reduce((sum, { mean }, k) => sum + rule.weights[k] * mean, 0);
  const variance = energies.reduce((sum, e, k) => sum + (rule.weights[k] * e.standardError) ** 2, 0);
  const logZ = { value: model.sites * Math.log(model.states) - integral, standardError: Math.sqrt(variance) };
  return {
    logZ,
    quadratureError: Math.abs(integral - halfIntegral(rule.nodes, energies, beta)),
    entropy: {
      value: logZ.value + beta * energy.mean,
      standardError: Math.hypot(logZ.standardError, beta * energy.standardError),
    },
    energy,
    betas: rule.nodes,
    energies,
  };
}

/** Energies at every temperature, each [chains, draws]. */
async function energySeries(
  model: AnyPotts,
  betas: Float64Array,
  options: IntegrationOptions & { chainsPerNode: number; draws: number },
): Promise<Float64Array[]> {
  const { chainsPerNode, draws, thinning = 1, burnIn = draws * thinning } = options;
  const skip = Math.ceil(burnIn / thinning);
  const series = Array.from(betas, () => new Float64Array(chainsPerNode * draws));
  const ticks: AsyncIterable<SampleTick> = sampleChains(model, {
    chains: betas.length * chainsPerNode,
    sweeps: (skip + draws) * thinning,
    thinning,
    beta: Float64Array.from(
      { length: betas.length * chainsPerNode },
      (_, c) => betas[Math.floor(c / chainsPerNode)],
    ),
    kernel: options.kernel ?? 'heat-bath',
    energies: true,
    rng: options.rng,
    ...(options.signal && { signal: options.signal }),
    ...(options.runtime && { runtime: options.runtime }),
  });
  let draw = -skip;
  for await (const { energies, status } of ticks) {
    if (status === 'aborted') options.signal?.throwIfAborted();
    if (draw >= 0)
      energies!.forEach((energy, c) => {
        series[Math.floor(c / chainsPerNode)][(c % chainsPerNode) * draws + draw] = energy;
      });
    draw++;
  }
  return series;
}

/** ∫₀^β of the polynomial through every other node. */
function halfIntegral(nodes: Float64Array, energies: readonly Estimate[], beta: number): number {
  const kept = Array.from(nodes.keys()).filter((k) => k % 2 === 0);
  const rule = gaussLegendre(nodes.length, [0, beta]);
  return kept.reduce((sum, k) => {
    const basis = (x: number) =>
      kept.reduce(
        (product, m) => (m === k ? product : (product * (x - nodes[m])) / (nodes[k] - nodes[m])),
        1,
      );
    const weight = rule.nodes.reduce((total, x, n) => total + rule.weights[n] * basis(x), 0);
    return sum + weight * energies[k].mean;
  }, 0);
}

function checkCounts(counts: { nodes: number; chainsPerNode: number; draws: number }): void {
  const least = { nodes: 4, chainsPerNode: 1, draws: 8 };
  for (const name of ['nodes', 'chainsPerNode', 'draws'] as const)
    if (!(Number.isInteger(counts[name]) && counts[name] >= least[name]))
      throw new DomainError(
        `thermodynamicIntegration: ${name} must be a whole number of at least ${least[name]}, got ${counts[name]}.`,
      );
}
