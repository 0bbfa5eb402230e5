import { DataError, type Status } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { PottsModel } from '../model.ts';
import type { DistinctSequences } from './distinct-sequences.ts';
import { type InferenceTick, methodOf } from './inference-options.ts';
import { ProblemMemory } from './problem-memory.ts';
import type { ResolvedOptions } from './pseudolikelihood-options.ts';
import { FIGURES, figuresOf, judgeSites, remaining, siteMetrics } from './site-figures.ts';
import { SiteFlight } from './site-flight.ts';
import { SiteProblem } from './site-problem.ts';
import type { SiteSlot } from './site-slot.ts';

/** Where an asymmetric fit stands, as plain data: the sites that are done. Those in flight begin anew. */
export type AsymmetricState = {
  readonly method: 'plm-asymmetric';
  readonly step: number;
  /** 1 for every site that is done, [sites]. */
  readonly done: Int32Array;
  /** Objective, gradient norm, evaluations and iterations of each site, [sites, 4]. */
  readonly figures: Float64Array;
  /** [sites, states] */
  readonly fields: Float64Array;
  /** Each site's own couplings at [i, j, a, b], [sites, sites, states, states]. */
  readonly couplings: Float32Array;
};

/** Asymmetric pseudo-likelihood: a tick whenever sites have been finished. */
export async function* fitAsymmetric(
  runtime: WasmRuntime,
  data: DistinctSequences,
  options: ResolvedOptions,
): AsyncGenerator<InferenceTick> {
  const memory = new ProblemMemory(runtime, data, options);
  try {
    const fit = new AsymmetricFit(memory, options);
    for (;;) {
      const [status, remedy] = fit.judge();
      yield fit.tick(status, remedy);
      if (status !== 'running') return;
      await fit.advance();
    }
  } finally {
    memory.free();
  }
}

class AsymmetricFit {
  private readonly memory: ProblemMemory;
  private readonly options: ResolvedOptions;
  private readonly flight: SiteFlight;
  private readonly state: AsymmetricState;
  private step = 0;

  constructor(memory: ProblemMemory, options: ResolvedOptions) {
    const { sites, states } = memory.data;
    this.memory = memory;
    this.options = options;
    this.state = options.resume ? copied(options.resume, sites, states) : emptyState(sites, states);
    this.step = this.state.step;
    this.flight = new SiteFlight(new SiteProblem(memory), remaining(this.state.done));
  }

  /** Runs trial steps until at least one site is done. */
  async advance(): Promise<void> {
    await this.flight.advance(this.options, (slot) => this.store(slot));
    this.step++;
  }

  private store(slot: SiteSlot): void {
    const { done, figures, fields, couplings } = this.state;
    const { fields: own, couplings: rows } = slot.fitted();
    done[slot.site] = 1;
    figures.set(figuresOf(slot), FIGURES * slot.site);
    fields.set(own, slot.site * own.length);
    couplings.set(rows, slot.site * rows.length);
  }

  judge(): [Status, string | undefined] {
    return judgeSites(this.state, this.options);
  }

  tick(status: Status, remedy: string | undefined): InferenceTick {
    const { figures, done } = this.state;
    const metrics = siteMetrics(figures, done);
    const complete = metrics.sitesDone === done.length;
    const { step } = this;
    const state = () => copied({ ...this.state, step: this.step }, done.length, this.memory.data.states);
    let kept: AsymmetricState | undefined;
    return {
      step,
      metrics,
      status,
      ...(remedy !== undefined && { remedy }),
      ...(complete && status !== 'diverged' && { model: averaged(this.state, this.memory.data.states) }),
      get state() {
        kept ??= state();
        if (kept.step !== step)
          throw new DataError('inferCouplings: read the state of a tick before asking for the next one.');
        return kept;
      },
    };
  }
}

function emptyState(sites: number, states: number): AsymmetricState {
  return {
    method: 'plm-asymmetric',
    step: 0,
    done: new Int32Array(sites),
    figures: new Float64Array(FIGURES * sites),
    fields: new Float64Array(sites * states),
    couplings: new Float32Array((sites * states) ** 2),
  };
}

function copied(state: ResolvedOptions['resume'], sites: number, states: number): AsymmetricState {
  if (!state || !('figures' in state) || state.couplings.length !== (sites * states) ** 2)
    throw new DataError(
      `inferCouplings: the state to resume from is of method '${methodOf(state)}' or of another problem. ` +
        'Resume with the same data and options.',
    );
  const { method, step, done, figures, fields, couplings } = state;
  return {
    method,
    step,
    done: done.slice(),
    figures: figures.slice(),
    fields: fields.slice(),
    couplings: couplings.slice(),
  };
}

/** The mean of both sites' estimates, J_ij(a, b) = (J^i(a, b) + J^j(b, a)) / 2, in zero-sum gauge. */
function averaged({ fields, couplings: own, done }: AsymmetricState, states: number): PottsModel {
  const sites = done.length;
  const couplings = new Float32Array(own.length);
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      for (let a = 0; a < states; a++)
        for (let b = 0; b < states; b++) {
          const forward = ((i * sites + j) * states + a) * states + b;
          const backward = ((j * sites + i) * states + b) * states + a;
          couplings[forward] = couplings[backward] = (own[forward] + own[backward]) / 2;
        }
  return { sites, states, fields: fields.slice(), couplings };
}
