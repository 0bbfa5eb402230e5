import {
  type Configurations,
  DomainError,
  type PottsLike,
  type Rng,
  ShapeError,
  type Tick,
} from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { SampleState } from '../sampling/sample-options.ts';
import type { UpdateRule } from '../sampling/sweep-memory.ts';
import type { MixingEvidence } from './mixing.ts';

/** Options of {@link generateSequences}. */
export interface GenerateOptions {
  /** Sequences, at least 2: one chain each. */
  readonly count: number;
  /** Draws the chains' keys: two words of it are used. */
  readonly rng: Rng;
  /** T > 0 of p ∝ exp(−E/T); default 1. Below 1 sequences are more probable and less diverse. */
  readonly temperature?: number;
  /** States of sites that are to stay; {@link fixedSites} makes them from a template of letters. */
  readonly fixed?: ReadonlyMap<number, number>;
  /** How a site is updated; default `heat-bath`. */
  readonly kernel?: UpdateRule;
  /** Sweeps of every chain. Default: 16, doubled until the chains are mixed. */
  readonly sweeps?: number;
  /** Most sweeps where they are doubled; default 16,384. */
  readonly maximumSweeps?: number;
  /** Chains are mixed when less than this is remembered of half of the sweeps ago, beyond two standard errors; default 0.02. */
  readonly tolerance?: number;
  /** Sequences to start from, used in turn, without missing entries, as natural ones; default every site uniform. */
  readonly start?: Configurations;
  /** The `state` of an earlier tick with the same model and options: goes on bit for bit. */
  readonly resume?: GenerateState;
  /** Stops between sweeps with status `aborted`. */
  readonly signal?: AbortSignal;
  /** Memory and threads; default the runtime that the process shares. Results do not depend on the threads. */
  readonly runtime?: WasmRuntime;
}

/** Plain data that continues a generation bit for bit: the chains of the free sites. */
export type GenerateState = { readonly sampling: SampleState };

/** What generation reports as it goes. */
export type GenerateMetrics = {
  readonly sweeps: number;
  /** Mean energy of the sequences, total, of the whole model. */
  readonly energy: number;
  /** As in {@link MixingEvidence}. */
  readonly remembered: number;
  /** Split R̂ of the energies. */
  readonly rHat: number;
};

/** One step of {@link generateSequences}. */
export interface GenerateTick extends Tick<GenerateState, GenerateMetrics> {
  /** The sequences as they are now, [count, sites]: {@link writeFasta} writes them. */
  readonly sequences: Configurations;
  /** Whether to believe them. */
  readonly mixing: MixingEvidence;
}

/** @throws {DomainError | ShapeError} that names the first option that is impossible. */
export function checkGenerateOptions(model: PottsLike, options: GenerateOptions): void {
  const { count, temperature = 1, sweeps, maximumSweeps, tolerance, start } = options;
  if (!(Number.isInteger(count) && count >= 2))
    throw new DomainError(`generateSequences: count must be a whole number of at least 2, got ${count}.`);
  if (!(temperature > 0 && temperature < Number.POSITIVE_INFINITY))
    throw new DomainError(`generateSequences: temperature must be a positive number, got ${temperature}.`);
  for (const [name, value] of Object.entries({ sweeps, maximumSweeps }))
    if (value !== undefined && !(Number.isInteger(value) && value >= 2))
      throw new DomainError(`generateSequences: ${name} must be a whole number of at least 2, got ${value}.`);
  if (tolerance !== undefined && !(tolerance >= 0))
    throw new DomainError(`generateSequences: tolerance must be at least 0, got ${tolerance}.`);
  if (start && (start.sites !== model.sites || start.samples < 1))
    throw new ShapeError(
      `generateSequences: start must hold sequences of ${model.sites} sites, got ${start.samples} of ${start.sites}.`,
    );
}
