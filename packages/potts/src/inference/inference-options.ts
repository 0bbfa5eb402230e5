import { DomainError, type Tick } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { BoltzmannOptions, BoltzmannState } from '../boltzmann/boltzmann-options.ts';
import type { PottsModel } from '../model.ts';
import type { AsymmetricState } from './asymmetric-fit.ts';
import type { ClosedFormOptions, ClosedFormState } from './closed-form-options.ts';
import type { PseudolikelihoodOptions } from './pseudolikelihood-options.ts';
import type { SymmetricState } from './symmetric-fit.ts';

/** How couplings are inferred from configurations. */
export type InferenceMethod = 'plm' | 'plm-asymmetric' | 'mean-field' | 'gaussian' | 'boltzmann';

/** Options that every method takes. */
export interface CommonInferenceOptions {
  /** Memory and threads; default the runtime that the process shares. Results do not depend on the threads. */
  readonly runtime?: WasmRuntime;
  /** The `state` of an earlier tick with the same data and options: goes on bit for bit. */
  readonly resume?: InferenceState;
  /** Stops between iterations with status `aborted`. */
  readonly signal?: AbortSignal;
}

/** Options of {@link inferCouplings} by Boltzmann learning; `rng` is required. */
export type BoltzmannInferenceOptions = CommonInferenceOptions &
  Omit<BoltzmannOptions, keyof CommonInferenceOptions> & {
    /** `boltzmann`: frequencies of one and two sites as in the data, by Markov chains; for generating sequences. */
    readonly method: 'boltzmann';
  };

/** Options of {@link inferCouplings}, told apart by `method`. */
export type InferenceOptions = PseudolikelihoodOptions | ClosedFormOptions | BoltzmannInferenceOptions;

/** Plain data that continues an inference bit for bit. */
export type InferenceState = SymmetricState | AsymmetricState | ClosedFormState | BoltzmannState;

/** What an inference reports as it goes. */
export type InferenceMetrics = {
  /**
   * What is minimised, in nats. `plm`, `plm-asymmetric`: Σ_s w_s Σ_i −log p(s_i | s_\i) plus penalties, over the sites
   * that are done. `mean-field`, `gaussian`: Σ_s w_s −log p(s) of the Gaussian that has the couplings. `boltzmann`: no
   * likelihood is known without log Z, so 1 − the Pearson correlation of connected frequencies stands here.
   */
  readonly objective: number;
  /**
   * `plm`, `plm-asymmetric`: norm of the gradient in scaled variables, about √(2 · distance to the minimum in nats).
   * `mean-field`, `gaussian`: |C·C⁻¹v − v| of a unit vector v. `boltzmann`: norm of the gradient per sequence.
   */
  readonly gradientNorm: number;
  /** Iterations so far; with `plm-asymmetric` the mean over the sites that are done. */
  readonly iterations: number;
  /** Evaluations of the objective so far, in units of a pass over all sites; for `boltzmann`, sweeps of every chain. */
  readonly evaluations: number;
  /** With `plm-asymmetric`: sites that are done. */
  readonly sitesDone?: number;
  /** With `boltzmann`: correlation and slope of connected two-site frequencies, chains against data. */
  readonly pearson?: number;
  readonly slope?: number;
};

/**
 * One step of {@link inferCouplings}. `state` is copied out of working memory when it is read: read it before asking
 * for the next tick. The last tick carries the model.
 */
export interface InferenceTick extends Tick<InferenceState, InferenceMetrics> {
  /** The inferred model, on the last tick; float64 fields, float32 couplings. */
  readonly model?: PottsModel;
}

/** The method that a state is of. */
export function methodOf(state: InferenceState | undefined): InferenceMethod | undefined {
  if (!state) return undefined;
  return 'method' in state ? state.method : 'boltzmann';
}

const COMMON = ['method', 'runtime', 'resume', 'signal'];
const PENALTIES = ['fieldPenalty', 'couplingPenalty'];
const DESCENT = [...PENALTIES, 'tolerance', 'maximumSteps', 'maximumEvaluations'];
const CLOSED = ['pseudocount', 'shrinkage', 'gauge'];

/** Names of the options that each method takes beside those that all take. */
const OWN: Readonly<Record<InferenceMethod, readonly string[]>> = {
  plm: [...DESCENT, 'groupPenalty'],
  'plm-asymmetric': DESCENT,
  'mean-field': CLOSED,
  gaussian: CLOSED,
  boltzmann: [
    ...PENALTIES,
    'rng',
    'chains',
    'sweeps',
    'kernel',
    'rule',
    'learningRate',
    'damping',
    'pseudocount',
    'targetPearson',
    'confirmationSweeps',
    'maximumSteps',
    'start',
    'startChains',
    'burnIn',
    'pairs',
  ],
};

/**
 * The method that options ask for.
 * @throws {DomainError} for an unknown method, and for an option that belongs to other methods; both are named.
 */
export function checkedMethod(options: InferenceOptions): InferenceMethod {
  const method = options.method ?? 'plm';
  const methods = Object.keys(OWN) as InferenceMethod[];
  if (!methods.includes(method))
    throw new DomainError(
      `inferCouplings: method must be one of ${methods.map((name) => `'${name}'`).join(', ')}, got '${method}'.`,
    );
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || COMMON.includes(name) || OWN[method].includes(name)) continue;
    const others = methods.filter((other) => OWN[other].includes(name));
    const whose = others.length > 0 ? `it belongs to ${others.join(', ')}` : 'no method has it';
    throw new DomainError(
      `inferCouplings: ${name} is no option of method '${method}'; ${whose}. Leave it out or change the method.`,
    );
  }
  return method;
}
