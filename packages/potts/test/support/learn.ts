import type { Configurations, PottsLike } from '@spinformer/numerics';
import { type BoltzmannOptions, type BoltzmannTick, inferBoltzmann } from '../../src/index.ts';
import { boltzmann, digits } from './random-models.ts';

/** Every configuration of a small model, weighted by its probability times `effective`: data without sampling noise. */
export function enumeratedData(model: PottsLike, effective = 1e6): Configurations {
  const { sites, states } = model;
  const probabilities = boltzmann(model);
  const values = Int32Array.from(Array.from(probabilities, (_, k) => digits(k, sites, states)).flat());
  return {
    samples: probabilities.length,
    sites,
    states,
    values,
    weights: probabilities.map((p) => p * effective),
  };
}

/** All ticks of a learning. */
export async function learn(data: Configurations, options: BoltzmannOptions): Promise<BoltzmannTick[]> {
  const ticks: BoltzmannTick[] = [];
  for await (const tick of inferBoltzmann(data, options)) {
    if (tick.status !== 'running') void tick.model;
    ticks.push(tick);
  }
  return ticks;
}
