import { type Configurations, type Rng, seededRng } from '@spinformer/numerics';

/** Correlated configurations with missing entries and weights: each sequence copies an earlier one in part. */
export function randomData(
  samples: number,
  sites: number,
  states: number,
  options: { seed?: number; missing?: number; weighted?: boolean; rng?: Rng } = {},
): Configurations {
  const rng = options.rng ?? seededRng(options.seed ?? 1);
  const values = new Int32Array(samples * sites);
  for (let s = 0; s < samples; s++) {
    const parent = rng.integer(s + 1);
    for (let i = 0; i < sites; i++) {
      const copied = parent < s && rng.uniform() < 0.6;
      const value = copied ? values[parent * sites + i] : rng.integer(states);
      values[s * sites + i] = rng.uniform() < (options.missing ?? 0) ? -1 : value;
    }
  }
  const weights = new Float64Array(samples).map(() => (options.weighted ? rng.uniform() : 1));
  return { samples, sites, states, values, weights };
}

/** The last tick of a generator. */
export async function lastTick<T>(ticks: AsyncIterable<T>): Promise<T> {
  let last: T | undefined;
  for await (const tick of ticks) last = tick;
  return last!;
}

/** All ticks of a generator. */
export async function allTicks<T>(ticks: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const tick of ticks) all.push(tick);
  return all;
}
