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
import { checkModel, type PottsModel } from '../model.ts';
import type { UpdateRule } from '../sampling/sweep-memory.ts';

/**
 * How parameters follow the gradient (data − chains): `gradient` adds the gradient itself, as adabmDCA does; `adam`
 * rescales each parameter by its own history; `natural` divides the gradient of centred couplings by its variance
 * under independent sites, which gives rare and frequent letters steps of the same worth.
 */
export type LearningRule = 'natural' | 'adam' | 'gradient';

/** Options of {@link inferBoltzmann}. */
export interface BoltzmannOptions {
  /** Draws the chains' keys: two words of it are used. */
  readonly rng: Rng;
  /** Persistent Markov chains, at least 2; default 10,000. Frequencies are known to about 1/√chains. */
  readonly chains?: number;
  /** Sweeps of every chain between two steps of the parameters; default 1 for `natural` and `adam`, 10 for `gradient`. */
  readonly sweeps?: number;
  /** How a site is updated; default `heat-bath`. */
  readonly kernel?: UpdateRule;
  /** Default `natural`. */
  readonly rule?: LearningRule;
  /** Length of a step; default 0.1 for `natural`, 0.01 for `adam`, 0.01 for `gradient` (adabmDCA's). */
  readonly learningRate?: number;
  /**
   * For `natural`: added to f_i(a) f_j(b), so that pairs that are too rare to be measured move little; default
   * 1/(2 √chains).
   */
  readonly damping?: number;
  /** λ_h ≥ 0 of the penalty λ_h Σ_i |h_i|², in nats per sequence; default 0. */
  readonly fieldPenalty?: number;
  /** λ_J ≥ 0 of the penalty λ_J Σ_{i<j} |J_ij|², in nats per sequence; default 0. */
  readonly couplingPenalty?: number;
  /**
   * Share α of uniform frequencies that is mixed into those of the data, f → (1 − α) f + α/q and α/q² for pairs, 0…1;
   * default 1/M_eff, as in adabmDCA.
   */
  readonly pseudocount?: number;
  /** Pearson correlation of connected two-site frequencies between data and chains at which learning is done; default 0.95. */
  readonly targetPearson?: number;
  /**
   * Sweeps with fixed parameters before the target counts as reached, so that chains that merely chase the parameters
   * do not pass; default 64. They end early when the target is missed.
   */
  readonly confirmationSweeps?: number;
  /** Most steps of the parameters; default 5000. */
  readonly maximumSteps?: number;
  /** Where parameters start: a model of the same sites and states, as pseudo-likelihood finds it; default the profile. */
  readonly start?: PottsLike;
  /** Where chains start, [chains, sites]; default drawn from the profile, site by site. */
  readonly startChains?: Configurations['values'];
  /** Sweeps before the first step; default 10 with a `start`, 0 with the profile. */
  readonly burnIn?: number;
  /** Pairs of sites that interact, as [i, j]; all others have no coupling. Default every pair. */
  readonly pairs?: readonly (readonly [number, number])[];
  /** The `state` of an earlier tick with the same data and options: goes on bit for bit. */
  readonly resume?: BoltzmannState;
  /** Stops between steps with status `aborted`. */
  readonly signal?: AbortSignal;
  /** Memory and threads; default the runtime that the process shares. Results do not depend on the threads. */
  readonly runtime?: WasmRuntime;
}

/** Plain data that continues a Boltzmann learning bit for bit. */
export type BoltzmannState = {
  readonly rule: LearningRule;
  readonly step: number;
  /** Sweeps that every chain has made. */
  readonly sweep: number;
  /** By how much the correlation is expected to fall in a confirmation. */
  readonly loss: number;
  /** Confirmations that failed; each makes steps shorter and the sweeps between them more. */
  readonly failures: number;
  /** Whether the last step's parameters passed the confirmation. */
  readonly confirmed: boolean;
  /** Autocorrelation of the chains over the last step. */
  readonly persistence: number;
  /** h, [sites, states]. */
  readonly fields: Float64Array;
  /** J of pairs i < j in working order, rows padded to fours. */
  readonly couplings: Float32Array;
  /** First and second moments of ADAM for fields and couplings; empty for other rules. */
  readonly moments: readonly Float32Array[];
  readonly fieldMoments: readonly Float64Array[];
  /** Philox keys of the chains, two words each. */
  readonly keys: Int32Array;
  /** States of the chains, [chains, sites]. */
  readonly values: Int32Array;
};

/** What Boltzmann learning reports as it goes. */
export type BoltzmannMetrics = {
  /** Correlation of C_ij(a, b) = f_ij(a, b) − f_i(a) f_j(b), i < j, between data and chains. */
  readonly pearson: number;
  /** Slope of the chains' C_ij(a, b) as a linear function of the data's: 1 when correlations have the right strength. */
  readonly slope: number;
  /** Root of the summed squared gradient per sequence, fields and couplings i < j, penalties included. */
  readonly gradientNorm: number;
  /** Sweeps done by every chain. */
  readonly sweeps: number;
  /** Chains times (1 − ρ)/(1 + ρ), ρ the correlation of a chain's letters before and after a step: fresh samples a step. */
  readonly effectiveSamples: number;
  /** Root mean square of the couplings J_ij(a, b). */
  readonly couplingNorm: number;
};

/**
 * One step of {@link inferBoltzmann}. `state` and `model` are copied out of working memory when they are read: read
 * them before asking for the next tick.
 */
export interface BoltzmannTick extends Tick<BoltzmannState, BoltzmannMetrics> {
  /** The model of this step: float64 fields, float32 couplings. */
  readonly model: PottsModel;
  /** Where the chains are now, [chains, sites]. */
  readonly chains: Configurations;
}

/** Options with every default filled in. */
export type ResolvedBoltzmannOptions = BoltzmannOptions & Required<Omit<BoltzmannOptions, Optional>>;
type Optional = 'start' | 'startChains' | 'pairs' | 'resume' | 'signal' | 'runtime';

const LEARNING_RATE: Readonly<Record<LearningRule, number>> = { natural: 0.1, adam: 0.01, gradient: 0.01 };
const SWEEPS: Readonly<Record<LearningRule, number>> = { natural: 1, adam: 1, gradient: 10 };
const CHAINS = 10_000;

/**
 * Checks options against the data and fills in the defaults.
 * @param effective M_eff, the sum of the data's weights.
 * @throws {DomainError | ShapeError | DataError} that name the option.
 */
export function resolveBoltzmannOptions(
  data: Configurations,
  effective: number,
  options: BoltzmannOptions,
): ResolvedBoltzmannOptions {
  const rule = options.rule ?? 'natural';
  if (!(rule in LEARNING_RATE))
    throw new DomainError(`inferBoltzmann: rule must be 'natural', 'adam' or 'gradient', got '${rule}'.`);
  const chains = options.chains ?? CHAINS;
  const resolved: ResolvedBoltzmannOptions = {
    ...options,
    rule,
    chains,
    sweeps: options.sweeps ?? SWEEPS[rule],
    kernel: options.kernel ?? 'heat-bath',
    learningRate: options.learningRate ?? LEARNING_RATE[rule],
    damping: options.damping ?? 0.5 / Math.sqrt(chains),
    fieldPenalty: options.fieldPenalty ?? 0,
    couplingPenalty: options.couplingPenalty ?? 0,
    pseudocount: options.pseudocount ?? Math.min(1, 1 / effective),
    targetPearson: options.targetPearson ?? 0.95,
    confirmationSweeps: options.confirmationSweeps ?? 64,
    maximumSteps: options.maximumSteps ?? 5000,
    burnIn: options.burnIn ?? (options.start ? 10 : 0),
  };
  checkNumbers(resolved);
  checkStarts(data, resolved);
  return resolved;
}

function checkNumbers(options: ResolvedBoltzmannOptions): void {
  const least = { chains: 2, sweeps: 1, confirmationSweeps: 0, maximumSteps: 0, burnIn: 0 } as const;
  for (const [name, minimum] of Object.entries(least)) {
    const value = options[name as keyof typeof least];
    if (!(Number.isInteger(value) && value >= minimum))
      throw new DomainError(
        `inferBoltzmann: ${name} must be a whole number of at least ${minimum}, got ${value}.`,
      );
  }
  for (const name of ['fieldPenalty', 'couplingPenalty', 'damping'] as const)
    if (!(options[name] >= 0 && options[name] < Number.POSITIVE_INFINITY))
      throw new DomainError(
        `inferBoltzmann: ${name} must be a finite number of at least 0, got ${options[name]}.`,
      );
  if (!(options.learningRate > 0 && options.learningRate < Number.POSITIVE_INFINITY))
    throw new DomainError(
      `inferBoltzmann: learningRate must be a positive number, got ${options.learningRate}.`,
    );
  if (!(options.pseudocount >= 0 && options.pseudocount <= 1))
    throw new DomainError(
      `inferBoltzmann: pseudocount is a share of uniform frequencies, 0…1, got ${options.pseudocount}.`,
    );
  if (!(options.targetPearson <= 1))
    throw new DomainError(
      `inferBoltzmann: targetPearson is a correlation of at most 1, got ${options.targetPearson}.`,
    );
  if (options.kernel !== 'heat-bath' && options.kernel !== 'metropolis')
    throw new DomainError(
      `inferBoltzmann: kernel must be 'heat-bath' or 'metropolis', got '${options.kernel}'.`,
    );
}

function checkStarts({ sites, states }: Configurations, options: ResolvedBoltzmannOptions): void {
  const { start, startChains, pairs, chains, resume } = options;
  if (start) {
    checkModel('inferBoltzmann: start', start);
    if (start.sites !== sites || start.states !== states)
      throw new ShapeError(
        `inferBoltzmann: start has ${start.sites} sites of ${start.states} states, the data ${sites} of ${states}. ` +
          'Start from a model of the same alignment.',
      );
  }
  if (startChains) checkChains(startChains, chains, sites, states);
  for (const [i, j] of pairs ?? [])
    if (
      !(Number.isInteger(i) && Number.isInteger(j) && i >= 0 && j >= 0 && i < sites && j < sites && i !== j)
    )
      throw new DomainError(
        `inferBoltzmann: pairs must name two different sites of 0…${sites - 1}, got [${i}, ${j}].`,
      );
  if (resume && (resume.rule !== options.rule || resume.values?.length !== chains * sites))
    throw new DataError(
      `inferBoltzmann: the state to resume from is not of ${chains} chains of ${sites} sites under rule ` +
        `'${options.rule}'. Resume with the same data and options.`,
    );
}

function checkChains(values: Int32Array, chains: number, sites: number, states: number): void {
  if (values.length !== chains * sites)
    throw new ShapeError(
      `inferBoltzmann: startChains must hold ${chains} × ${sites} states, got ${values.length}. ` +
        'Give one configuration per chain.',
    );
  const wrong = values.findIndex((state) => !(state >= 0 && state < states));
  if (wrong >= 0)
    throw new DataError(
      `inferBoltzmann: startChains[${Math.floor(wrong / sites)}, ${wrong % sites}] is ${values[wrong]}; states run ` +
        `from 0 to ${states - 1}. Fill in missing entries first.`,
    );
}
