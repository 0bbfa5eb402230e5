/** A Float64Array whose shape stands in its type: documentation only, at no cost. Row-major, last index fastest. */
export type Floats<Shape extends string> = Float64Array & { readonly __shape?: Shape };

/** An Int32Array whose shape stands in its type: documentation only, at no cost. */
export type Ints<Shape extends string> = Int32Array & { readonly __shape?: Shape };

/**
 * The full Potts model E(s) = −Σ_i h_i(s_i) − Σ_{i<j} J_ij(s_i, s_j), p ∝ exp(−E), with k_B T = 1. Structural, so that
 * attention layers and inference results meet without importing one another.
 * `couplings[((i·sites + j)·states + a)·states + b]` is J_ij(a, b); J_ij(a, b) = J_ji(b, a) and J_ii = 0.
 */
export interface PottsLike {
  readonly sites: number;
  readonly states: number;
  /** h, [sites, states]. */
  readonly fields: Floats<'sites states'>;
  /** J, [sites, sites, states, states]; float32 where a large family would not fit otherwise. Sums stay float64. */
  readonly couplings: Floats<'sites sites states states'> | Float32Array;
}

/** Discrete configurations, [samples, sites], each entry in 0…states−1, or −1 for a missing entry. */
export interface Configurations {
  readonly samples: number;
  readonly sites: number;
  readonly states: number;
  readonly values: Ints<'samples sites'>;
  /** One weight per sample; absent means one each. */
  readonly weights?: Floats<'samples'>;
}

/** Anything that knows log p(s_i | s_\i): what any sampler or clone needs of a model. */
export interface ConditionalModel {
  readonly sites: number;
  readonly states: number;
  /**
   * Log-conditionals of every site given all the others, [samples, sites, states], normalised over states.
   * `configurations` is [samples, sites].
   */
  logConditionals(configurations: Ints<'samples sites'>): Floats<'samples sites states'>;
}

/** Plain data that a checkpoint can hold: JSON values and typed arrays, nested. */
export type PlainData =
  | null
  | boolean
  | number
  | string
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint8Array
  | readonly PlainData[]
  | { readonly [key: string]: PlainData };

/** How a long computation stands. */
export type Status = 'running' | 'converged' | 'step-limit' | 'diverged' | 'aborted';

/**
 * One step of a long computation. `state` is plain data (numbers, strings, typed arrays, nested) and sufficient:
 * feeding it back continues bit for bit.
 */
export interface Tick<State, Metrics extends Record<string, number> = Record<string, number>> {
  readonly step: number;
  readonly metrics: Metrics;
  readonly state: State;
  readonly status: Status;
  /** What the status means and what to change, when it is not `running` or `converged`. */
  readonly remedy?: string;
}
