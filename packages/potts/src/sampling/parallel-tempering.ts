import { DomainError, type MarkovKernel, type Rng } from '@spinformer/numerics';
import { type AnyPotts, anyEnergy, checkAnyModel } from './any-model.ts';
import { checkBeta, heatBath, metropolis, type PottsChain, type SweepInfo } from './single-site.ts';

/** Replicas of one model at several temperatures. */
export interface TemperedChain {
  /** One replica per inverse temperature, in their order. */
  readonly replicas: readonly PottsChain[];
}

/** What one step did. */
export interface TemperingInfo {
  /** Exchanges of replicas k and k + 1 that were tried and made, [temperatures − 1]. */
  readonly tried: readonly number[];
  readonly exchanged: readonly number[];
}

/** Options of {@link parallelTempering}. */
export interface TemperingOptions {
  /** Inverse temperatures β_k ≥ 0, at least two. */
  readonly betas: readonly number[];
  /** How replicas move between exchanges: one step of this kernel at β_k. Default heat-bath. */
  readonly kernel?: 'heat-bath' | 'metropolis';
}

/**
 * Parallel tempering as a Markov kernel in plain float64: replicas at several temperatures take a step each, and
 * neighbours in temperature exchange their configurations with probability min(1, exp((β_k − β_{k+1})(E_k − E_{k+1}))),
 * either the pairs (0, 1), (2, 3), … or (1, 2), (3, 4), …; steps and exchanges come in either order, with probability ½
 * each, which makes the whole reversible. For many ladders on all threads use {@link temperChains}.
 *
 * @param model a full model or a graph.
 * @throws {DomainError | ShapeError} for an impossible model or temperatures.
 * @source hukushima1996
 */
export function parallelTempering(
  model: AnyPotts,
  options: TemperingOptions,
): MarkovKernel<TemperedChain, TemperingInfo> {
  checkAnyModel('parallelTempering', model);
  checkBetas('parallelTempering', options.betas);
  const { betas } = options;
  const build = options.kernel === 'metropolis' ? metropolis : heatBath;
  const kernels: MarkovKernel<PottsChain, SweepInfo>[] = betas.map((beta) => build(model, { beta }));
  return {
    name: 'parallel-tempering',
    citations: ['hukushima1996', ...(kernels[0].citations ?? [])],
    init: (rng) => ({ replicas: kernels.map((kernel) => kernel.init(rng)) }),
    step: ({ replicas }, rng) => {
      const exchangeFirst = rng.integer(2) === 0;
      const info = exchangeFirst ? exchange(model, betas, replicas, rng) : undefined;
      replicas.forEach((replica, k) => {
        kernels[k].step(replica, rng);
      });
      return info ?? exchange(model, betas, replicas, rng);
    },
  };
}

function exchange(
  model: AnyPotts,
  betas: readonly number[],
  replicas: readonly PottsChain[],
  rng: Rng,
): TemperingInfo {
  const tried = new Array<number>(betas.length - 1).fill(0);
  const exchanged = tried.slice();
  const energies = replicas.map(({ values }) => anyEnergy(model, values)[0]);
  const parity = betas.length > 2 ? rng.integer(2) : 0;
  for (let k = parity; k + 1 < betas.length; k += 2) {
    tried[k] = 1;
    const log = (betas[k] - betas[k + 1]) * (energies[k] - energies[k + 1]);
    const accept = Math.min(1, Math.exp(log));
    if (rng.categorical([Math.log(accept), Math.log1p(-accept)]) !== 0) continue;
    exchanged[k] = 1;
    const kept = replicas[k].values.slice();
    replicas[k].values.set(replicas[k + 1].values);
    replicas[k + 1].values.set(kept);
  }
  return { tried, exchanged };
}

/** @throws {DomainError} unless there are at least two temperatures, each possible. */
export function checkBetas(caller: string, betas: readonly number[]): void {
  if (betas.length < 2)
    throw new DomainError(
      `${caller}: betas must hold at least two inverse temperatures, got ${betas.length}.`,
    );
  for (const beta of betas) checkBeta(caller, beta);
}
