import { type Configurations, DataError, type Status } from '@spinformer/numerics';
import { sharedRuntime } from '@spinformer/tensor/wasm';
import { distinctSequences } from '../inference/distinct-sequences.ts';
import { checkInferenceMemory } from '../inference/inference-memory.ts';
import { ProblemMemory } from '../inference/problem-memory.ts';
import { type ResolvedOptions, resolveOptions } from '../inference/pseudolikelihood-options.ts';
import { FIGURES, figuresOf, judgeSites, remaining, siteMetrics } from '../inference/site-figures.ts';
import { SiteFlight } from '../inference/site-flight.ts';
import { SiteProblem } from '../inference/site-problem.ts';
import type { SiteSlot } from '../inference/site-slot.ts';
import { blockStart, inOrder } from './autoregressive-model.ts';
import type {
  AutoregressiveOptions,
  AutoregressiveState,
  AutoregressiveTick,
} from './autoregressive-options.ts';
import { siteOrder } from './site-order.ts';

/** ArDCA.jl's recommended penalties, per sequence. */
const FIELD_PENALTY = 1e-4;
const COUPLING_PENALTY = 0.01;
const TOLERANCE = 1e-3;

/**
 * Fits an autoregressive model: for every place of the order a multinomial regression of its site on the sites before
 * it, with L2 penalties. Likelihood, not pseudo-likelihood, and as fast: use it to generate sequences and to score
 * them by exact log-probabilities.
 *
 * Missing entries (−1) have no term of their own and add nothing to the sites after them. Unlike ArDCA.jl, which takes
 * frequencies for the first site, the first site is fitted like the others, with its penalty.
 *
 * @param data configurations, [samples, sites], with optional weights.
 * @returns ticks whenever sites have been finished; the last one has the `model`.
 * @throws {DomainError | DataError | ShapeError} for impossible options or data.
 * @throws {BackendError} when the problem does not fit into memory, before anything is computed.
 * @source trinquier2021ardca
 * @complexity O(sequences · sites² · states) per evaluation of all sites; memory as `plm-asymmetric`, see
 *   {@link inferenceMemory}.
 * @example
 * ```ts
 * for await (const { model } of inferAutoregressive(alignment)) if (model) generate(model);
 * ```
 */
export async function* inferAutoregressive(
  data: Configurations,
  options: AutoregressiveOptions = {},
): AsyncGenerator<AutoregressiveTick> {
  const { totalWeight } = distinctSequences(data, 'inferAutoregressive');
  const order = siteOrder(options.order ?? 'entropic', data);
  const { order: _, resume, ...given } = options;
  const penalties = {
    fieldPenalty: given.fieldPenalty ?? FIELD_PENALTY * totalWeight,
    couplingPenalty: given.couplingPenalty ?? COUPLING_PENALTY * totalWeight,
    tolerance: given.tolerance ?? TOLERANCE,
  };
  const method = 'plm-asymmetric';
  const resolved = resolveOptions({ ...given, ...penalties, method }, data.sites, 'inferAutoregressive');
  const encoded = distinctSequences({ ...data, values: inOrder(order, data.values) });
  const runtime = options.runtime ?? sharedRuntime();
  checkInferenceMemory(runtime, data.sites, data.states, encoded.sequences, method);
  const memory = new ProblemMemory(runtime, encoded, resolved);
  try {
    yield* finishSites(new AutoregressiveFit(memory, resolved, startingState(order, data.states, resume)));
  } finally {
    memory.free();
  }
}

async function* finishSites(fit: AutoregressiveFit): AsyncGenerator<AutoregressiveTick> {
  for (;;) {
    const [status, remedy] = judgeSites(fit.state, fit.options);
    yield fit.tick(status, remedy);
    if (status !== 'running') return;
    await fit.advance();
  }
}

class AutoregressiveFit {
  readonly state: AutoregressiveState;
  readonly options: ResolvedOptions;
  private readonly flight: SiteFlight;
  private step: number;
  private readonly states: number;

  constructor(memory: ProblemMemory, options: ResolvedOptions, state: AutoregressiveState) {
    this.options = options;
    this.state = state;
    this.step = state.step;
    this.states = memory.data.states;
    this.flight = new SiteFlight(new SiteProblem(memory, { before: true }), remaining(state.done));
  }

  async advance(): Promise<void> {
    await this.flight.advance(this.options, (slot) => this.store(slot));
    this.step++;
  }

  private store(slot: SiteSlot): void {
    const { done, figures, fields, couplings } = this.state;
    const fitted = slot.fitted();
    const place = slot.site;
    done[place] = 1;
    figures.set(figuresOf(slot), FIGURES * place);
    fields.set(fitted.fields, place * this.states);
    const length = place * this.states ** 2;
    couplings.set(fitted.couplings.subarray(0, length), blockStart(place, 0, this.states));
  }

  tick(status: Status, remedy: string | undefined): AutoregressiveTick {
    const { step, states } = this;
    const { figures, done, order, fields, couplings } = this.state;
    const metrics = siteMetrics(figures, done);
    const complete = metrics.sitesDone === done.length && status !== 'diverged';
    const parts = () => ({
      order: order.slice(),
      fields: fields.slice(),
      couplings: couplings.slice(),
    });
    let kept: AutoregressiveState | undefined;
    const copy = () => {
      if (this.step !== step)
        throw new DataError('inferAutoregressive: read the state of a tick before asking for the next one.');
      return {
        method: 'autoregressive' as const,
        step,
        ...parts(),
        done: done.slice(),
        figures: figures.slice(),
      };
    };
    return {
      step,
      metrics,
      status,
      ...(remedy !== undefined && { remedy }),
      ...(complete && { model: { sites: done.length, states, ...parts() } }),
      get state() {
        kept ??= copy();
        return kept;
      },
    };
  }
}

function startingState(
  order: Int32Array,
  states: number,
  resume: AutoregressiveState | undefined,
): AutoregressiveState {
  const sites = order.length;
  const length = blockStart(sites, 0, states);
  if (!resume)
    return {
      method: 'autoregressive',
      step: 0,
      order,
      done: new Int32Array(sites),
      figures: new Float64Array(FIGURES * sites),
      fields: new Float64Array(sites * states),
      couplings: new Float32Array(length),
    };
  const isSame = resume.order?.length === sites && order.every((site, place) => resume.order[place] === site);
  if (resume.method !== 'autoregressive' || !isSame || resume.couplings.length !== length)
    throw new DataError(
      'inferAutoregressive: the state to resume from is of another problem or order. Resume with the same data and options.',
    );
  const { done, figures, fields, couplings } = resume;
  return {
    ...resume,
    order,
    done: done.slice(),
    figures: figures.slice(),
    fields: fields.slice(),
    couplings: couplings.slice(),
  };
}
