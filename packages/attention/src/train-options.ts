import { ConfigError, type Configurations, DataError, DomainError, type Rng } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { checkData } from './check-data.ts';
import { checkCount, dropUndefined } from './factored-options.ts';
import { checkMasking, type Masking } from './masking.ts';
import type { Model, Precision } from './model.ts';
import { checkPenalty, type Penalty } from './penalty.ts';
import type { TrainState } from './train-state.ts';

/** Options of {@link trainMasked}. */
export interface TrainOptions<P extends ParameterTree = ParameterTree> {
  /** Initial parameters, masks, order of batches. Ignored on `resume`, which brings its own. */
  readonly rng: Rng;
  /** Stops at the next step with status `aborted` and a state to resume from. */
  readonly signal?: AbortSignal;
  /** `'adam'` (default): mini-batches. `'lbfgs'`: all data at each step, float64, down to convergence. */
  readonly optimizer?: 'adam' | 'lbfgs';
  /** What is hidden; `'all-sites'` where the model allows it, else `'one'`. L-BFGS draws the masks once. */
  readonly masking?: Masking;
  /** Steps in all, counted from the beginning, also on resume. Adam: alternatively `epochs`. L-BFGS: 1000. */
  readonly steps?: number;
  /** Passes over the data, for Adam; 20. */
  readonly epochs?: number;
  /** Sequences in a batch, for Adam; 128. */
  readonly batch?: number;
  /** Largest learning rate, for Adam; 1e-3. */
  readonly learningRate?: number;
  /** Its course: `'cosine'` (default) falls to zero at the last step, `'constant'` stays. */
  readonly schedule?: 'cosine' | 'constant';
  /** Steps over which the learning rate first rises from zero, for Adam; 0. */
  readonly warmup?: number;
  /** Gradients longer than this are shortened to it, for Adam; no limit. */
  readonly clipNorm?: number;
  /** Decoupled weight decay per step and unit of learning rate, for Adam; 0. */
  readonly weightDecay?: number;
  /** L2 penalties, per sequence and masked site; none. */
  readonly penalty?: Penalty;
  /** Held-out sequences whose loss is a metric at every tick, with the same masks each time. */
  readonly test?: Configurations;
  /** Steps between ticks; 50 for Adam, 1 for L-BFGS. The last step always ticks. */
  readonly tickEvery?: number;
  /** Stop as `converged` when the test loss (or else the loss) has not fallen for so many ticks, for Adam; never. */
  readonly patience?: number;
  /** L-BFGS stops as `converged` when |gradient| ≤ this · max(1, |parameters|), Euclidean norms; 1e-7. */
  readonly gradientTolerance?: number;
  /** Arithmetic of Adam; `'float32'`. L-BFGS is always float64. */
  readonly precision?: Precision;
  /** Parameters to begin from instead of `model.init(rng)`; copied, not kept. */
  readonly start?: P;
  /** The state of an earlier tick: the run goes on from there bit for bit. */
  readonly resume?: TrainState;
}

/** Options with every default filled in. */
export type TrainSettings = Required<
  Omit<TrainOptions, 'signal' | 'test' | 'start' | 'resume' | 'penalty' | 'rng' | 'epochs'>
> & {
  readonly penalty: Penalty | undefined;
};

/**
 * Checks everything that a training needs, once, and fills in the defaults.
 *
 * @throws {DomainError | ConfigError | ShapeError | DataError} naming the option and what to change.
 */
export function trainSettings<P extends ParameterTree>(
  model: Model<P>,
  data: Configurations,
  options: TrainOptions<P>,
): TrainSettings {
  const given = dropUndefined(options);
  checkData('trainMasked', model, data);
  if (given.test) checkData('trainMasked: test', model, given.test);
  const optimizer = given.optimizer ?? 'adam';
  if (optimizer !== 'adam' && optimizer !== 'lbfgs') {
    throw new ConfigError(
      `trainMasked: optimizer must be 'adam' or 'lbfgs', got ${JSON.stringify(optimizer)}.`,
    );
  }
  const masking = given.masking ?? (model.seesOwnSite ? 'one' : 'all-sites');
  checkMasking(masking, model);
  if (given.penalty) checkPenalty(given.penalty, model);
  if (given.batch !== undefined) checkCount('trainMasked', 'batch', given.batch, 1);
  const batch = Math.min(given.batch ?? 128, data.samples);
  const perEpoch = Math.ceil(data.samples / batch);
  const settings: TrainSettings = {
    optimizer,
    masking,
    batch,
    steps: given.steps ?? (optimizer === 'adam' ? (given.epochs ?? 20) * perEpoch : 1000),
    learningRate: given.learningRate ?? 1e-3,
    schedule: given.schedule ?? 'cosine',
    warmup: given.warmup ?? 0,
    clipNorm: given.clipNorm ?? Infinity,
    weightDecay: given.weightDecay ?? 0,
    tickEvery: given.tickEvery ?? (optimizer === 'adam' ? 50 : 1),
    patience: given.patience ?? Infinity,
    gradientTolerance: given.gradientTolerance ?? 1e-7,
    precision: optimizer === 'lbfgs' ? 'float64' : (given.precision ?? 'float32'),
    penalty: given.penalty,
  };
  checkNumbers(settings, given.epochs);
  checkResume(model, optimizer, given.resume);
  return settings;
}

function checkNumbers(settings: TrainSettings, epochs: number | undefined): void {
  if (epochs !== undefined) checkCount('trainMasked', 'epochs', epochs, 1);
  checkCount('trainMasked', 'steps', settings.steps, 1);
  checkCount('trainMasked', 'tickEvery', settings.tickEvery, 1);
  checkCount('trainMasked', 'warmup', settings.warmup, 0);
  if (settings.patience !== Infinity) checkCount('trainMasked', 'patience', settings.patience, 1);
  const { learningRate, clipNorm, gradientTolerance, weightDecay, schedule, precision } = settings;
  for (const [name, value] of Object.entries({ learningRate, clipNorm, gradientTolerance })) {
    if (!(value > 0)) throw new DomainError(`trainMasked: ${name} must be positive, got ${value}.`);
  }
  if (!(weightDecay >= 0))
    throw new DomainError(`trainMasked: weightDecay must not be negative, got ${weightDecay}.`);
  if (schedule !== 'cosine' && schedule !== 'constant') {
    throw new ConfigError(
      `trainMasked: schedule must be 'cosine' or 'constant', got ${JSON.stringify(schedule)}.`,
    );
  }
  if (precision !== 'float32' && precision !== 'float64') {
    throw new ConfigError(
      `trainMasked: precision must be 'float32' or 'float64', got ${JSON.stringify(precision)}.`,
    );
  }
}

function checkResume(
  model: { readonly name: string },
  optimizer: string,
  resume: TrainState | undefined,
): void {
  if (!resume) return;
  if (typeof resume.model !== 'string' || typeof resume.step !== 'number') {
    throw new DataError(
      'trainMasked: resume must be the state of a tick of trainMasked. Pass tick.state, or what a checkpoint of it holds.',
    );
  }
  if (resume.model !== model.name) {
    throw new ConfigError(
      `trainMasked: the state to resume is of '${resume.model}', but the model is '${model.name}'. Build the same model.`,
    );
  }
  if (resume.optimizer !== optimizer) {
    throw new ConfigError(
      `trainMasked: the state to resume is of optimizer '${resume.optimizer}', but '${optimizer}' is asked for.`,
    );
  }
}
