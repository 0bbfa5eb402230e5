import type { PlainData } from '@spinformer/numerics';
import type { MeasuredEnergy } from '../shared/magnets/measure-energy.ts';
import type { ComparedAttention } from './attention-wavefunction-config.ts';

/** What was seen of a network's attention at one moment of its optimisation. */
export interface AttentionLook {
  readonly step: number;
  /** R = Σ variance / Σ mean² over configurations, mean of all heads: 0 where the input does not matter. */
  readonly inputDependence: number;
  /** Share of the variance of the weights that the pair of positions alone explains, 0…1. */
  readonly positional: number;
}

/** The weights of one head by displacement. */
export interface HeadMap {
  readonly [key: string]: PlainData;
  readonly layer: number;
  readonly head: number;
  /** Mean over configurations and translations, [grid]. */
  readonly mean: Float64Array;
  /** Standard deviation over configurations, [grid]. */
  readonly deviation: Float64Array;
}

/** One network from one random start. */
export interface WaveRun {
  readonly seed: number;
  /** Step, energy per site, standard error, V-score; [points, 4]. */
  readonly curve: Float64Array;
  readonly looks: readonly AttentionLook[];
  readonly final: MeasuredEnergy;
  /** (E − E₀)/|E₀|. */
  readonly relativeError: number;
  /** Energy with each attention replaced by its average, and after some more steps; absent where nothing is to freeze. */
  readonly frozen?: MeasuredEnergy;
  readonly thawed?: MeasuredEnergy;
  readonly maps: readonly HeadMap[];
  readonly status: string;
  readonly remedy: string;
}

/** One way to mix tokens. */
export interface ComparedWave {
  readonly attention: ComparedAttention;
  readonly parameters: number;
  /** Additions and multiplications of one log ψ. */
  readonly amplitudeOperations: number;
  /** The same of one step of the optimisation, mean. */
  readonly stepOperations: number;
  readonly runs: readonly WaveRun[];
  /** (E − E₀)/|E₀|, mean of the runs and its standard error (with one run, that of its energy). */
  readonly relativeError: number;
  readonly relativeErrorError: number;
}

/** What the study of attention in wave functions found. */
export interface AttentionWavefunctionResult {
  /** Such as `4×4 square`. */
  readonly magnet: string;
  readonly j2: number;
  /** Patches along each direction. */
  readonly grid: readonly number[];
  /** Exact energy per site, S·S units. */
  readonly exactEnergy: number;
  /** N(J1 + J2)/2 per site on the square, half of it on the chain: a state that knows no positions, one site a token. */
  readonly ferromagneticEnergy: number;
  readonly patch: number;
  readonly steps: number;
  readonly frozenSteps: number;
  readonly sampled: boolean;
  readonly waves: readonly ComparedWave[];
  readonly warnings: readonly string[];
}
