import { type Configurations, DataError, letEventsThrough, type Status } from '@spinformer/numerics';
import { sharedRuntime } from '@spinformer/tensor/wasm';
import { checkBoltzmannMemory } from './boltzmann-need.ts';
import {
  type BoltzmannOptions,
  type BoltzmannTick,
  type ResolvedBoltzmannOptions,
  resolveBoltzmannOptions,
} from './boltzmann-options.ts';
import { BoltzmannRun } from './boltzmann-run.ts';
import { dataFrequencies, effectiveNumber } from './data-frequencies.ts';

/**
 * Boltzmann machine learning: fields and couplings whose one- and two-site frequencies are those of the data, by
 * ascent of the likelihood with persistent Markov chains.
 *
 * Each step moves the parameters along (data − chains) and lets all chains go on by a few sweeps. Learning is done when
 * the connected two-site frequencies of the chains correlate with those of the data by `targetPearson`, and still do
 * after further sweeps at fixed parameters. Slower than pseudo-likelihood, and what to use for generating sequences.
 *
 * @param data configurations, [samples, sites], with optional weights; missing entries (−1) are left out pair by pair.
 * @returns ticks, one per step; not converging is a status. Resuming from `state` goes on bit for bit, and bits do not
 *   depend on the number of threads.
 * @throws {DomainError | ShapeError | DataError} for impossible options or data.
 * @throws {BackendError} when the problem does not fit into memory, before anything is computed.
 * @source ackley1985boltzmann; tieleman2008pcd; muntoni2021adabmdca; montavon2012centred (rule `natural`)
 * @complexity O(chains · sites² · states) per sweep, O(sites² · (chains + states²)) per step; memory see
 *   {@link boltzmannMemory}.
 * @example
 * ```ts
 * for await (const { metrics, status, model } of inferBoltzmann(alignment, { rng: seededRng(1) })) {
 *   report(metrics.pearson, metrics.slope);
 *   if (status !== 'running') save(model);
 * }
 * ```
 */
export async function* inferBoltzmann(
  data: Configurations,
  options: BoltzmannOptions,
): AsyncGenerator<BoltzmannTick> {
  const resolved = resolveBoltzmannOptions(data, effectiveNumber(data), options);
  const runtime = options.runtime ?? sharedRuntime();
  checkBoltzmannMemory(runtime, data.sites, data.states, resolved);
  const run = new BoltzmannRun(runtime, dataFrequencies(data, resolved.pseudocount), resolved);
  try {
    yield* iterate(run, resolved);
  } finally {
    run.free();
  }
}

async function* iterate(run: BoltzmannRun, options: ResolvedBoltzmannOptions): AsyncGenerator<BoltzmannTick> {
  await run.begin();
  for (;;) {
    const [status, remedy] = judge(run, options);
    yield tick(run, status, remedy);
    if (status !== 'running') return;
    await run.advance();
    await letEventsThrough();
  }
}

function judge(run: BoltzmannRun, options: ResolvedBoltzmannOptions): [Status, string | undefined] {
  const { maximumSteps, signal } = options;
  if (!Number.isFinite(run.gradientNorm))
    return [
      'diverged',
      'Parameters are no finite numbers any more. Lower learningRate or raise couplingPenalty.',
    ];
  if (run.confirmed) return ['converged', undefined];
  if (signal?.aborted) return ['aborted', 'Stopped on request. Resume from this state to go on.'];
  if (run.step >= maximumSteps) return ['step-limit', remedyOf(run)];
  return ['running', undefined];
}

/** What helps at the step limit: chains that only seemed to agree need time, others need steps. */
function remedyOf({ failures }: BoltzmannRun): string {
  if (failures > 0)
    return (
      `Chains reached the target ${failures} times while parameters moved, and lost it when they stood still: the model ` +
      'mixes slowly. Resume from this state with a higher maximumSteps and more sweeps, or raise couplingPenalty.'
    );
  return 'Resume from this state with a higher maximumSteps, or use more chains or sweeps if pearson no longer grows.';
}

function tick(run: BoltzmannRun, status: Status, remedy: string | undefined): BoltzmannTick {
  const { step, metrics, configurations } = run;
  const current = <T>(what: string, read: () => T): T => {
    if (run.step !== step)
      throw new DataError(`inferBoltzmann: read the ${what} of a tick before asking for the next one.`);
    return read();
  };
  let state: BoltzmannTick['state'] | undefined;
  let model: BoltzmannTick['model'] | undefined;
  return {
    step,
    metrics,
    status,
    ...(remedy !== undefined && { remedy }),
    chains: configurations,
    get state() {
      state ??= current('state', () => run.snapshot());
      return state;
    },
    get model() {
      model ??= current('model', () => run.model());
      return model;
    },
  };
}
