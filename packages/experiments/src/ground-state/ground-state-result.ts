import type { PlainData } from '@spinformer/numerics';

/** What one ground state is like; energies per site in S·S units. */
export interface StateReading {
  readonly [key: string]: PlainData;
  readonly energyPerSite: number;
  readonly energyError: number;
  /** Overlap of the signs with Marshall's rule, 0…1. */
  readonly marshallSign: number;
  readonly marshallSignError: number;
  /** S(π, π) per site on the square, S(π) on the chain. */
  readonly neel: number;
  readonly neelError: number;
  /** Mean of S(π, 0) and S(0, π) on the square; S at the momentum nearest π/2 on the chain. */
  readonly stripe: number;
  readonly stripeError: number;
}

/** The ground state at one coupling. */
export interface CouplingPoint {
  readonly j2: number;
  readonly exactEnergy: number;
  /** Absent where the magnet is too large to be diagonalised. */
  readonly exact?: StateReading;
  readonly found: StateReading;
  readonly vScore: number;
  /** (E − E₀)/|E₀|. */
  readonly relativeError: number;
  /** Step, energy per site, standard error, V-score; [points, 4]. */
  readonly curve: Float64Array;
}

/** An exact ground state. */
export interface ExactPoint {
  readonly j2: number;
  readonly exact: StateReading;
}

/** What moves when a state is carried to another coupling: the head alone, or all of it. */
export type TunedPart = 'head' | 'all';

/** A state that was carried to another coupling. */
export interface TunedState {
  readonly j2: number;
  readonly part: TunedPart;
  /** Step, energy per site, standard error, V-score; [points, 4]. */
  readonly curve: Float64Array;
  /** (E − E₀)/|E₀| at the start, and at the end. */
  readonly before: number;
  readonly after: number;
  /** The same of training from scratch after as many steps. */
  readonly scratch: number;
  /** The standard error of `after` and `scratch`, relative. */
  readonly error: number;
}

/** What the study of ground states found. */
export interface GroundStateResult {
  /** Such as `4×4 square`. */
  readonly magnet: string;
  readonly lattice: 'square' | 'chain';
  readonly parameters: number;
  /** Parameters that tuning the head moves. */
  readonly headParameters: number;
  readonly steps: number;
  readonly tuneFrom: number;
  readonly tuneSteps: number;
  readonly points: readonly CouplingPoint[];
  /** Exact ground states between the couplings, ascending; empty where the magnet is too large. */
  readonly curve: readonly ExactPoint[];
  readonly tuned: readonly TunedState[];
  readonly warnings: readonly string[];
}
