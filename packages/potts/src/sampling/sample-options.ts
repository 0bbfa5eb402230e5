import {
  type Configurations,
  DataError,
  DomainError,
  type PottsLike,
  type Rng,
  ShapeError,
  type Tick,
} from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { UpdateRule } from './sweep-memory.ts';

/** Options of {@link sampleChains}. */
export interface SampleOptions {
  /** Independent chains, at least 1. */
  readonly chains: number;
  /** Sweeps of every chain in all, each over every site in order; at least 1. */
  readonly sweeps: number;
  /** Sweeps between ticks, at least 1; default all of them: one tick at the end. */
  readonly thinning?: number;
  /** How a site is updated; default `heat-bath`. */
  readonly kernel?: UpdateRule;
  /** Inverse temperature β ≥ 0 of p ∝ exp(−β E); default 1. */
  readonly beta?: number;
  /** Configurations to start from, [chains, sites]; default every site uniform. */
  readonly start?: Configurations['values'];
  /** Draws the chains' keys: two words of it are used. */
  readonly rng: Rng;
  /** The `state` of an earlier tick with the same model and options: goes on bit for bit. */
  readonly resume?: SampleState;
  /** Stops between sweeps with status `aborted`. */
  readonly signal?: AbortSignal;
  /** Memory and threads; default the runtime that the process shares. Results do not depend on the threads. */
  readonly runtime?: WasmRuntime;
}

/** Plain data that continues sampling bit for bit. */
export type SampleState = {
  readonly kernel: UpdateRule;
  readonly sites: number;
  /** Sweeps that are done. */
  readonly sweep: number;
  /** Philox keys of the chains, two words each. */
  readonly keys: Int32Array;
  /** States, [chains, sites]. */
  readonly values: Int32Array;
};

/** What sampling reports as it goes. */
export type SampleMetrics = {
  /** Sweeps done by every chain. */
  readonly sweeps: number;
  /** Fraction of site updates that changed the state, since the last tick. */
  readonly changed: number;
};

/** One step of {@link sampleChains}; the last one has status `converged`: all sweeps are done. */
export interface SampleTick extends Tick<SampleState, SampleMetrics> {
  /** Where the chains are now: one configuration per chain, owned by the caller. */
  readonly configurations: Configurations;
}

/** Options with every default filled in. */
export type ResolvedSampleOptions = SampleOptions &
  Required<Pick<SampleOptions, 'thinning' | 'kernel' | 'beta'>>;

/**
 * Checks options against the model and fills in the defaults.
 * @throws {DomainError | ShapeError | DataError} that name the option.
 */
export function resolveSampleOptions(model: PottsLike, options: SampleOptions): ResolvedSampleOptions {
  const resolved = {
    ...options,
    thinning: options.thinning ?? options.sweeps,
    kernel: options.kernel ?? 'heat-bath',
    beta: options.beta ?? 1,
  };
  for (const name of ['chains', 'sweeps', 'thinning'] as const)
    if (!(Number.isInteger(resolved[name]) && resolved[name] >= 1))
      throw new DomainError(
        `sampleChains: ${name} must be a whole number of at least 1, got ${resolved[name]}.`,
      );
  if (!(resolved.beta >= 0 && resolved.beta < Number.POSITIVE_INFINITY))
    throw new DomainError(`sampleChains: beta must be a finite number of at least 0, got ${resolved.beta}.`);
  if (resolved.kernel !== 'heat-bath' && resolved.kernel !== 'metropolis')
    throw new DomainError(
      `sampleChains: kernel must be 'heat-bath' or 'metropolis', got '${resolved.kernel}'.`,
    );
  if (options.start) checkStart(model, options.chains, options.start);
  if (options.resume) checkResume(model, resolved, options.resume);
  return resolved;
}

function checkStart(model: PottsLike, chains: number, start: Int32Array): void {
  if (start.length !== chains * model.sites)
    throw new ShapeError(
      `sampleChains: start must hold ${chains} × ${model.sites} states, got ${start.length}. ` +
        'Give one configuration per chain.',
    );
  const wrong = start.findIndex((state) => !(state >= 0 && state < model.states));
  if (wrong >= 0)
    throw new DataError(
      `sampleChains: start of chain ${Math.floor(wrong / model.sites)}, site ${wrong % model.sites} is ` +
        `${start[wrong]}; states run from 0 to ${model.states - 1}. Fill in missing entries first.`,
    );
}

function checkResume(model: PottsLike, options: ResolvedSampleOptions, state: SampleState): void {
  const { chains, kernel } = options;
  const fits =
    state.sites === model.sites &&
    state.kernel === kernel &&
    state.keys?.length === 2 * chains &&
    state.values?.length === chains * model.sites;
  if (!fits)
    throw new DataError(
      `sampleChains: the state to resume from is not of ${chains} ${kernel} chains of ${model.sites} sites. ` +
        'Resume with the same model and options.',
    );
}
