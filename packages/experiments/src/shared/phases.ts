import { DataError, type PlainData, type Rng, type Status } from '@spinformer/numerics';
import type { ExperimentContext, ExperimentTick } from '../experiment.ts';

/** Plain data by name: what the finished phases of a run have made. */
export type Products = Readonly<Record<string, PlainData>>;

/** What one phase needs to run. */
export interface PhaseInput<Config, Made extends Products> {
  readonly config: Config;
  /** What the phases before made. */
  readonly products: Made;
  /** A stream of the phase's own: what other phases draw does not move it. */
  readonly rng: Rng;
  /** The state of the phase's last tick, when an interrupted run goes on in the middle of it. */
  readonly resume?: PlainData;
}

/** One step of a phase. */
export interface PhaseTick {
  /** Fraction of the phase that is done, 0…1. */
  readonly fraction: number;
  /** Plain data, sufficient to go on from here. */
  readonly state: PlainData;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly message?: string;
}

/** One stretch of a study: a generator that ticks and returns what it made. */
export interface Phase<Config, Made extends Products> {
  /** Key of the product. */
  readonly id: string;
  /** What is being done, in a few words. */
  readonly title: string;
  /** Share of the run's time, relative to the other phases; 0 skips the phase. */
  weight(config: Config): number;
  run(input: PhaseInput<Config, Made>): AsyncGenerator<PhaseTick, PlainData>;
  /** One line about what came out. */
  message?(product: PlainData, config: Config): string;
}

/**
 * A phase that has nothing to report on its way.
 *
 * @param make computes the product
 */
export function atOnce<Config, Made extends Products>(
  make: (input: PhaseInput<Config, Made>) => object | Promise<object>,
): Phase<Config, Made>['run'] {
  // biome-ignore lint/correctness/useYield: nothing to report
  return async function* (input) {
    return (await make(input)) as PlainData;
  };
}

/** Where a study made of phases stands. */
export interface PhaseState {
  readonly [key: string]: PlainData;
  readonly experiment: string;
  readonly step: number;
  /** Index of the phase that runs next or goes on. */
  readonly phase: number;
  readonly products: { readonly [key: string]: PlainData };
  /** State within the phase; null before it, `begun` while it has none of its own yet. */
  readonly inner: PlainData;
}

/** A study as a list of phases. */
export interface PhasePlan<Config, Made extends Products, Result> {
  readonly experiment: string;
  readonly phases: readonly Phase<Config, Made>[];
  summarize(products: Made, config: Config): Result;
}

/**
 * Runs phases one after the other as one stream of ticks: products and the state inside the current phase make up
 * the state, so that a run continues bit for bit from any tick. Read a tick's `state` before asking for the next
 * one: large states are copied out of working memory only when they are read.
 *
 * @param plan the phases and what their products amount to
 * @param config the resolved configuration, the same one when resuming
 * @param context random stream, abort signal and the state to resume
 * @returns ticks; the last one carries the result, or has status `aborted`
 * @throws {DataError} when the state to resume belongs to another study
 */
export async function* runPhases<Config, Made extends Products, Result>(
  plan: PhasePlan<Config, Made, Result>,
  config: Config,
  context: ExperimentContext<PhaseState>,
): AsyncGenerator<ExperimentTick<PhaseState, Result>> {
  const start = startState(plan, context.resume);
  const clock = progressClock(plan.phases.map((phase) => phase.weight(config)));
  let { step, products, inner } = start;
  for (let index = start.phase; index < plan.phases.length; index++) {
    const phase = plan.phases[index];
    if (phase.weight(config) === 0) continue;
    for await (const event of phaseEvents(phase, config, { products, inner }, context.rng)) {
      const aborted = context.signal?.aborted === true;
      const done = event.product !== undefined;
      step++;
      if (done) products = { ...products, [phase.id]: event.product! };
      const at = { experiment: plan.experiment, step, phase: done ? index + 1 : index, products };
      yield toTick(at, event, phase.title, aborted ? 'aborted' : 'running', clock(index, event.fraction));
      if (aborted) return;
    }
    inner = null;
  }
  const result = plan.summarize(products as Made, config);
  const at = { experiment: plan.experiment, step: step + 1, phase: plan.phases.length, products };
  yield { ...toTick(at, { fraction: 1, state: null }, 'done', 'converged', 1), result };
}

/** A tick of a phase; the one that ends it carries the product. */
interface PhaseEvent extends PhaseTick {
  readonly product?: PlainData;
}

const BEGUN = 'begun';

async function* phaseEvents<Config, Made extends Products>(
  phase: Phase<Config, Made>,
  config: Config,
  state: Pick<PhaseState, 'products' | 'inner'>,
  rng: Rng,
): AsyncGenerator<PhaseEvent> {
  const products = state.products as Made;
  const resume = state.inner === BEGUN || state.inner === null ? undefined : state.inner;
  const ticks = phase.run({
    config,
    products,
    rng: rng.fork(phase.id),
    ...(resume !== undefined && { resume }),
  });
  if (state.inner === null) yield { fraction: 0, state: BEGUN };
  for (;;) {
    const next = await ticks.next();
    if (next.done) {
      const message = phase.message?.(next.value, config);
      yield { fraction: 1, state: null, product: next.value, ...(message && { message }) };
      return;
    }
    yield next.value;
  }
}

function startState<Config, Made extends Products, Result>(
  plan: PhasePlan<Config, Made, Result>,
  resume: PhaseState | undefined,
): PhaseState {
  if (!resume) return { experiment: plan.experiment, step: 0, phase: 0, products: {}, inner: null };
  if (resume.experiment !== plan.experiment) {
    throw new DataError(
      `${plan.experiment}: the saved state belongs to ${JSON.stringify(resume.experiment)}. Resume with that study.`,
    );
  }
  return resume;
}

function toTick(
  at: Omit<PhaseState, 'inner'> & {
    readonly experiment: string;
    readonly step: number;
    readonly phase: number;
  },
  event: PhaseEvent,
  phase: string,
  status: Status,
  progress: number,
): ExperimentTick<PhaseState, never> {
  return {
    step: at.step,
    metrics: event.metrics ?? {},
    state: stateAt(at, event),
    status,
    phase,
    progress,
    ...(event.message && { message: event.message }),
    ...(status === 'aborted' && { remedy: 'Stopped on request: resume from this state to go on.' }),
  };
}

/** The state of a tick, whose inner part is read from the phase only on demand. */
function stateAt(at: Omit<PhaseState, 'inner'>, event: PhaseEvent): PhaseState {
  return Object.defineProperty({ ...at } as unknown as PhaseState, 'inner', {
    enumerable: true,
    get: () => (event.product === undefined ? event.state : null),
  });
}

/** Progress of the whole run from the index of a phase and the fraction of it that is done. */
function progressClock(weights: readonly number[]): (index: number, fraction: number) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  return (index, fraction) => {
    const before = weights.slice(0, index).reduce((sum, weight) => sum + weight, 0);
    return Math.min(1, (before + weights[index] * Math.min(1, Math.max(0, fraction))) / total);
  };
}
