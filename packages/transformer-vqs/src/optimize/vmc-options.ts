import { ConfigError, DomainError, type Rng } from '@spinformer/numerics';
import { cosineSchedule, type ParameterTree, type Schedule } from '@spinformer/tensor';
import { binomial } from '../exact/basis.ts';
import type { ExchangeRule } from '../sampling/exchange-rule.ts';
import type { ReconfigurationForm } from './tangent-system.ts';
import type { VmcState } from './vmc-state.ts';

/** How parameters move. */
export type VmcOptimizer = 'sr' | 'spring' | 'march' | 'adam' | 'sgd';

/** Options of {@link optimizeState}. */
export interface VmcOptions<P extends ParameterTree = ParameterTree> {
  /** Source of the start and of all chains; unused on resuming. */
  readonly rng: Rng;
  /** Stops between two stretches of computation; the last tick's state goes on from there. */
  readonly signal?: AbortSignal;
  /**
   * Configurations per step, or 'all' of them with their exact probabilities (at most 2^18). Default 'all' up to 2^14
   * configurations (16 sites), else 1024.
   */
  readonly samples?: number | 'all';
  /** Markov chains, a divisor of `samples`; default samples/4, so that every step can tell R̂ and τ. */
  readonly chains?: number;
  /** Sweeps between two draws of a chain, a sweep being one proposal per site; default 1. */
  readonly sweeps?: number;
  /** Sweeps before the first draw of all; default 20. */
  readonly burnIn?: number;
  /**
   * Samples are drawn from |ψ|^exponent and weighed with |ψ|^(2 − exponent), 0 < exponent ≤ 2. Below 2, configurations
   * of small amplitude, whose local energies are large, are met more often: right for small or concentrated
   * systems, where the rare ones decide; noise for large ones, where weights differ much. Default 2.
   */
  readonly exponent?: number;
  /** Which spins are exchanged; default 'bonds', across the bonds of the lattice. */
  readonly rule?: ExchangeRule;
  /** Total S^z, default 0. */
  readonly totalSz?: number;
  /** Updates, at least 0; default 300. */
  readonly steps?: number;
  /** Default 'spring'. */
  readonly optimizer?: VmcOptimizer;
  /** Space in which 'sr', 'spring' and 'march' solve; default 'auto', the smaller one. Both give the same step. */
  readonly form?: ReconfigurationForm | 'auto';
  /**
   * η in θ ← θ − ηφ, or a schedule of it. Default for sr, spring and march: 0.05 with samples 'all', else 0.03, half a
   * cosine from 0.05 to 0.02 over the first 250 steps, and 0.01; for sgd 0.01, for adam 0.001.
   */
  readonly learningRate?: number | Schedule;
  /**
   * λ added to S, or a schedule of it. With samples 'all' the trust region starts there, default 0.01; else the default
   * is half a cosine from 0.01 to 0.001 over the first 150 steps.
   */
  readonly diagonalShift?: number | Schedule;
  /** Part of the last direction kept by 'spring' and 'march'; default 0.8 with samples 'all', else 0.9. */
  readonly momentum?: number;
  /**
   * Longest step ‖ηφ‖, or a schedule of it; longer ones are shortened. Default Infinity with samples 'all', else half a
   * cosine from 1 to 0.4 over the first 250 steps.
   */
  readonly maximumStepNorm?: number | Schedule;
  /** Precision of parameters and derivatives, default 'float32'; energies and solves are float64 always. */
  readonly dtype?: 'float32' | 'float64';
  /**
   * Precision of the products in the Gram matrix, default float64. `float32` halves their time, but near zeros of ψ the
   * largest eigenvalue is 10⁵ and more: then rounding exceeds a diagonal shift of 0.001, and steps are wrong.
   */
  readonly gramPrecision?: 'float32' | 'float64';
  /** Bytes that derivatives and remembered amplitudes may take; default 2 GiB. */
  readonly memoryBudget?: number;
  /** Parts of the parameter tree that move (names of its top level), or 'head' for all but embedding and layers. */
  readonly trainOnly?: 'head' | readonly string[];
  /** Start here instead of at `wave.init`; copied. */
  readonly start?: P;
  /** Go on from the state of a tick, bit for bit. */
  readonly resume?: VmcState;
}

/** Options with defaults filled in. */
export interface VmcSettings {
  readonly samples: number | 'all';
  readonly chains: number;
  readonly draws: number;
  readonly sweeps: number;
  readonly burnIn: number;
  readonly exponent: number;
  readonly rule: ExchangeRule;
  readonly up: number;
  readonly steps: number;
  readonly optimizer: VmcOptimizer;
  readonly form: ReconfigurationForm | 'auto';
  readonly learningRate: Schedule;
  readonly diagonalShift: Schedule;
  readonly momentum: number;
  readonly maximumStepNorm: Schedule;
  readonly dtype: 'float32' | 'float64';
  readonly gramPrecision: 'float32' | 'float64';
  readonly memoryBudget: number;
  readonly trainOnly?: 'head' | readonly string[];
}

const OPTIMIZERS: readonly VmcOptimizer[] = ['sr', 'spring', 'march', 'adam', 'sgd'];
const DRAWS_PER_CHAIN = 4;
const DEFAULT_SAMPLES = 1024;
/** Learning rates, the trust region's first. */
const FULL_RATE = 0.05;
const SAMPLED_RATES: Readonly<Record<VmcOptimizer, number | Schedule>> = {
  sr: 0.03,
  spring: cosineSchedule({ from: 0.05, to: 0.02, steps: 250 }),
  march: 0.01,
  adam: 0.001,
  sgd: 0.01,
};
/** The trust region's first shift, and where sampling begins: few samples leave most directions uncertain. */
const FIRST_SHIFT = 0.01;
/** Down to what float32 derivatives resolve. */
const SAMPLED_SHIFT = cosineSchedule({ from: FIRST_SHIFT, to: 0.001, steps: 150 });
/** Far from the ground state long steps are right; later they are noise, and undo what was learnt. */
const SAMPLED_NORM = cosineSchedule({ from: 1, to: 0.4, steps: 250 });
/** Most configurations that are summed without being asked to. */
const SMALL = 2 ** 14;

/**
 * Fills in defaults and checks.
 * @throws {DomainError | ConfigError} naming the option, its value and the remedy.
 */
export function vmcSettings<P extends ParameterTree>(sites: number, options: VmcOptions<P>): VmcSettings {
  const { totalSz = 0 } = options;
  const up = upSpins(sites, totalSz);
  const samples = options.samples ?? (binomial(sites, up) <= SMALL ? 'all' : DEFAULT_SAMPLES);
  const all = samples === 'all';
  const { optimizer = 'spring' } = options;
  if (!OPTIMIZERS.includes(optimizer))
    throw new ConfigError(
      `optimizer: ${JSON.stringify(optimizer)} is unknown. Choose ${OPTIMIZERS.join(', ')}.`,
    );
  const { chains = all ? 0 : defaultChains(samples), steps = 300, sweeps = 1, burnIn = 20 } = options;
  const { momentum = all ? 0.8 : 0.9, exponent = 2 } = options;
  if (!all) checkWhole('samples', samples, 1);
  if (!all) checkChains(samples, chains);
  checkWhole('steps', steps, 0);
  checkWhole('sweeps', sweeps, 1);
  checkWhole('burnIn', burnIn, 0);
  checkRange('exponent', exponent, exponent > 0 && exponent <= 2, 'lie in (0, 2]');
  checkRange('momentum', momentum, momentum >= 0 && momentum < 1, 'lie in [0, 1)');
  const natural = optimizer !== 'adam' && optimizer !== 'sgd';
  const rate = options.learningRate ?? (all && natural ? FULL_RATE : SAMPLED_RATES[optimizer]);
  return {
    samples,
    chains,
    draws: all ? 0 : samples / chains,
    sweeps,
    burnIn,
    exponent,
    rule: options.rule ?? 'bonds',
    up,
    steps,
    optimizer,
    form: options.form ?? 'auto',
    learningRate: positiveSchedule('learningRate', rate),
    diagonalShift: positiveSchedule(
      'diagonalShift',
      options.diagonalShift ?? (all ? FIRST_SHIFT : SAMPLED_SHIFT),
    ),
    momentum,
    maximumStepNorm: normSchedule(options.maximumStepNorm ?? (all ? Number.POSITIVE_INFINITY : SAMPLED_NORM)),
    dtype: options.dtype ?? 'float32',
    gramPrecision: options.gramPrecision ?? 'float64',
    memoryBudget: options.memoryBudget ?? 2 ** 31,
    trainOnly: options.trainOnly,
  };
}

/**
 * Number of up spins in the sector of total S^z.
 * @throws {DomainError} when there is none, such as S^z = 0 on an odd number of sites.
 */
export function upSpins(sites: number, totalSz: number): number {
  const up = sites / 2 + totalSz;
  if (Number.isInteger(up) && up >= 0 && up <= sites) return up;
  throw new DomainError(
    `totalSz: ${sites} sites have no sector of total S^z ${totalSz}. ` +
      (sites % 2 === 0 ? 'Give a whole number' : 'Give half an odd number, such as 0.5,') +
      ` of at most ${sites / 2} in size.`,
  );
}

function defaultChains(samples: number): number {
  return samples % DRAWS_PER_CHAIN === 0 ? samples / DRAWS_PER_CHAIN : samples;
}

function checkChains(samples: number, chains: number): void {
  checkWhole('chains', chains, 1);
  if (samples % chains !== 0)
    throw new DomainError(
      `chains: ${samples} samples do not divide into ${chains} chains. Give a divisor of samples.`,
    );
}

function checkWhole(name: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new DomainError(`${name}: must be a whole number of at least ${least}, got ${value}.`);
}

function checkRange(name: string, value: number, holds: boolean, rule: string): void {
  if (!holds) throw new DomainError(`${name}: must ${rule}, got ${value}.`);
}

function normSchedule(value: number | Schedule): Schedule {
  if (typeof value === 'function') return value;
  checkRange('maximumStepNorm', value, value > 0, 'be positive');
  return () => value;
}

function positiveSchedule(name: string, value: number | Schedule): Schedule {
  if (typeof value === 'function') return value;
  checkRange(name, value, value > 0 && Number.isFinite(value), 'be a positive number');
  return () => value;
}
