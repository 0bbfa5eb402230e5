import { type PottsLike, type Rng, seededRng } from '@spinformer/numerics';

/** A full Potts model with normal fields and couplings of the given scales. */
export function randomModel(
  sites: number,
  states: number,
  options: { seed?: number; fields?: number; couplings?: number; rng?: Rng } = {},
): PottsLike {
  const rng = options.rng ?? seededRng(options.seed ?? 1);
  const fields = new Float64Array(sites * states).map(() => rng.normal() * (options.fields ?? 0.3));
  const couplings = new Float64Array((sites * states) ** 2);
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++) {
          const value = rng.normal() * (options.couplings ?? 0.3);
          couplings[((i * sites + j) * states + a) * states + b] = value;
          couplings[((j * sites + i) * states + b) * states + a] = value;
        }
  return { sites, states, fields, couplings };
}

/** p(s) of every configuration, site 0 slowest. */
export function boltzmann(model: PottsLike, beta = 1): Float64Array {
  const { sites, states } = model;
  const weights = new Float64Array(states ** sites);
  for (let k = 0; k < weights.length; k++)
    weights[k] = Math.exp(-beta * energyOf(model, digits(k, sites, states)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** The configuration with index k, site 0 slowest. */
export function digits(k: number, sites: number, states: number): number[] {
  const out = new Array<number>(sites);
  let rest = k;
  for (let i = sites - 1; i >= 0; i--, rest = Math.floor(rest / states)) out[i] = rest % states;
  return out;
}

/** E(s) as the definition says, pair by pair. */
export function energyOf(model: PottsLike, s: ArrayLike<number>): number {
  const { sites, states, fields, couplings } = model;
  let energy = 0;
  for (let i = 0; i < sites; i++) {
    energy -= fields[i * states + s[i]];
    for (let j = i + 1; j < sites; j++)
      energy -= couplings[((i * sites + j) * states + s[i]) * states + s[j]];
  }
  return energy;
}
