import {
  type Configurations,
  DataError,
  DomainError,
  type Rng,
  ShapeError,
  type Tick,
} from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { type AnyPotts, isGraph } from './any-model.ts';
import type { GraphRule } from './graph-memory.ts';
import type { UpdateRule } from './sweep-memory.ts';

/**
 * How chains move. `heat-bath` and `metropolis` take any model, in the order of its sites. The others take a graph:
 * `checkerboard` is heat-bath class by class; `multi-spin` the same for Ising spins with couplings of one magnitude, 128
 * chains at a time in the bits of a vector; `wolff`, one cluster a sweep, and `swendsen-wang`, all of them, take ordinary
 * Potts models.
 */
export type SampleKernel = UpdateRule | GraphRule | 'multi-spin';

const DENSE_KERNELS: readonly SampleKernel[] = ['heat-bath', 'metropolis'];
const GRAPH_KERNELS: readonly SampleKernel[] = [
  ...DENSE_KERNELS,
  'checkerboard',
  'multi-spin',
  'wolff',
  'swendsen-wang',
];

/** Options of {@link sampleChains}. */
export interface SampleOptions {
  /** Independent chains, at least 1. */
  readonly chains: number;
  /** Sweeps of every chain in all, each over every site in order; at least 1. */
  readonly sweeps: number;
  /** Sweeps between ticks, at least 1; default all of them: one tick at the end. */
  readonly thinning?: number;
  /** How a site is updated; default `heat-bath`. */
  readonly kernel?: SampleKernel;
  /** Inverse temperature β ≥ 0 of p ∝ exp(−β E), one for all or one a chain, [chains]; default 1. */
  readonly beta?: number | Float64Array;
  /** Whether ticks carry the energies of their configurations; default false. */
  readonly energies?: boolean;
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
  readonly kernel: SampleKernel;
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
  /** Their energies E at β = 1, [chains], where `energies` asks for them. */
  readonly energies?: Float64Array;
}

/** Options with every default filled in. */
export type ResolvedSampleOptions = SampleOptions &
  Required<Pick<SampleOptions, 'thinning' | 'kernel'>> & { readonly beta: Float64Array };

/**
 * Checks options against the model and fills in the defaults.
 * @throws {DomainError | ShapeError | DataError} that name the option.
 */
export function resolveSampleOptions(
  model: AnyPotts,
  options: SampleOptions,
  caller = 'sampleChains',
): ResolvedSampleOptions {
  const resolved = {
    ...options,
    thinning: options.thinning ?? options.sweeps,
    kernel: options.kernel ?? 'heat-bath',
  };
  for (const name of ['chains', 'sweeps', 'thinning'] as const)
    if (!(Number.isInteger(resolved[name]) && resolved[name] >= 1))
      throw new DomainError(
        `${caller}: ${name} must be a whole number of at least 1, got ${resolved[name]}.`,
      );
  const kernels = isGraph(model) ? GRAPH_KERNELS : DENSE_KERNELS;
  if (!kernels.includes(resolved.kernel))
    throw new DomainError(
      `${caller}: kernel must be ${kernels.map((name) => `'${name}'`).join(' or ')}, got '${resolved.kernel}'. ` +
        `A ${isGraph(model) ? 'graph' : 'full model'} takes no other.`,
    );
  const beta = everyBeta(caller, options.chains, options.beta);
  if (options.start) checkStart(caller, model, options.chains, options.start);
  if (options.resume) checkResume(caller, model, resolved, options.resume);
  return { ...resolved, beta };
}

/** β of every chain. */
function everyBeta(caller: string, chains: number, beta: number | Float64Array = 1): Float64Array {
  const betas = typeof beta === 'number' ? new Float64Array(chains).fill(beta) : beta;
  if (betas.length !== chains)
    throw new ShapeError(
      `${caller}: beta must be one number or ${chains}, one a chain, got ${betas.length}.`,
    );
  for (const value of betas)
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY))
      throw new DomainError(`${caller}: beta must be a finite number of at least 0, got ${value}.`);
  return betas;
}

function checkStart(caller: string, model: AnyPotts, chains: number, start: Int32Array): void {
  if (start.length !== chains * model.sites)
    throw new ShapeError(
      `${caller}: start must hold ${chains} × ${model.sites} states, got ${start.length}. ` +
        'Give one configuration per chain.',
    );
  const wrong = start.findIndex((state) => !(state >= 0 && state < model.states));
  if (wrong >= 0)
    throw new DataError(
      `${caller}: start of chain ${Math.floor(wrong / model.sites)}, site ${wrong % model.sites} is ` +
        `${start[wrong]}; states run from 0 to ${model.states - 1}. Fill in missing entries first.`,
    );
}

function checkResume(
  caller: string,
  model: AnyPotts,
  { chains, kernel }: Pick<ResolvedSampleOptions, 'chains' | 'kernel'>,
  state: SampleState,
): void {
  const fits =
    state.sites === model.sites &&
    state.kernel === kernel &&
    state.keys?.length === 2 * chains &&
    state.values?.length === chains * model.sites;
  if (!fits)
    throw new DataError(
      `${caller}: the state to resume from is not of ${chains} ${kernel} chains of ${model.sites} sites. ` +
        'Resume with the same model and options.',
    );
}
