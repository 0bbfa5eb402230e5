import { DataError, DomainError, type Rng, type Tick } from '@spinformer/numerics';
import { sharedRuntime, type WasmRuntime } from '@spinformer/tensor/wasm';
import { type AnyPotts, checkAnyModel } from '../sampling/any-model.ts';
import { chainKeys, uniformStart } from '../sampling/chain-keys.ts';
import type { ChainMemory } from '../sampling/chain-memory.ts';
import { chainMemory } from '../sampling/make-chain-memory.ts';
import { pauses } from '../sampling/pauses.ts';
import { resolveSampleOptions, type SampleKernel } from '../sampling/sample-options.ts';
import { logMeanExp, type WithError } from './partition-estimate.ts';

/** Options of {@link annealedImportance}. */
export interface AnnealedOptions {
  /** Independent chains, at least 2: their spread is the error. */
  readonly chains: number;
  /** Steps from infinite temperature to β, at least 1; each is followed by one sweep. */
  readonly steps: number;
  /** Inverse temperature at which log Z is wanted; default 1. */
  readonly beta?: number;
  /** Steps between ticks; default all. */
  readonly thinning?: number;
  /** As in {@link sampleChains}; default `heat-bath`. */
  readonly kernel?: SampleKernel;
  readonly rng: Rng;
  /** The `state` of an earlier tick with the same model and options: goes on bit for bit. */
  readonly resume?: AnnealedState;
  readonly signal?: AbortSignal;
  readonly runtime?: WasmRuntime;
}

/** Plain data that continues annealing bit for bit. */
export type AnnealedState = {
  readonly step: number;
  /** Philox keys of the chains, two words each. */
  readonly keys: Int32Array;
  /** States, [chains, sites]. */
  readonly values: Int32Array;
  /** log w of each chain so far, [chains]. */
  readonly logWeights: Float64Array;
};

/** What annealing reports as it goes. */
export type AnnealedMetrics = {
  /** Inverse temperature that has been reached. */
  readonly beta: number;
  /** log Z at that temperature, and its standard error. */
  readonly logZ: number;
  readonly standardError: number;
  /** (Σw)²/Σw²: chains that carry the estimate. */
  readonly effectiveSamples: number;
};

/** One step of {@link annealedImportance}. */
export interface AnnealedTick extends Tick<AnnealedState, AnnealedMetrics> {
  readonly logZ: WithError;
}

/** Fewer effective chains than this, and the standard error is no longer to be believed. */
const LEAST_EFFECTIVE = 10;

/**
 * log Z(β) by annealed importance sampling: every chain starts uniform, where Z = states^sites, is cooled in equal steps
 * of β, gathers exp(−Δβ E) at each of them as its weight, and takes a sweep. Z/states^sites is the mean weight, without
 * bias for any number of steps; more steps make the weights more equal.
 *
 * @param model a full model or a graph.
 * @returns ticks every `thinning` steps; the last one has status `converged`, or `step-limit` with a remedy when fewer
 *   than ten chains carry the estimate.
 * @throws {DomainError | ShapeError | DataError} for impossible options; {BackendError} when memory does not suffice.
 * @source neal2001ais
 * @complexity that of `steps` sweeps with as many evaluations of the energy
 * @example
 * ```ts
 * for await (const { logZ } of annealedImportance(model, { chains: 500, steps: 200, rng })) report(logZ);
 * ```
 */
export async function* annealedImportance(
  model: AnyPotts,
  options: AnnealedOptions,
): AsyncGenerator<AnnealedTick> {
  checkAnyModel('annealedImportance', model);
  checkOptions(model, options);
  const { chains, kernel = 'heat-bath', resume, rng } = options;
  const keys = resume ? new Uint32Array(resume.keys) : chainKeys(rng, chains);
  const memory = chainMemory(options.runtime ?? sharedRuntime(), model, kernel, keys);
  try {
    memory.write(resume?.values ?? uniformStart(model, keys));
    const logWeights = resume?.logWeights.slice() ?? new Float64Array(chains);
    yield* anneal(model, memory, keys, logWeights, options);
  } finally {
    memory.free();
  }
}

async function* anneal(
  model: AnyPotts,
  memory: ChainMemory,
  keys: Uint32Array,
  logWeights: Float64Array,
  { chains, steps, beta = 1, thinning = steps, signal, resume }: AnnealedOptions,
): AsyncGenerator<AnnealedTick> {
  const betas = new Float64Array(chains);
  const pause = pauses(model, chains);
  let step = resume?.step ?? 0;
  for (let ended = false; !ended; ) {
    const target = Math.min(steps, (Math.floor(step / thinning) + 1) * thinning);
    while (step < target && !signal?.aborted) {
      memory.energies().forEach((energy, c) => {
        logWeights[c] -= (beta / steps) * energy;
      });
      memory.setBetas(betas.fill((beta * (step + 1)) / steps));
      memory.sweep(step, 1);
      step++;
      await pause();
    }
    ended = step >= steps || signal?.aborted === true;
    const { value, standardError, effectiveSamples } = logMeanExp(logWeights);
    const logZ = { value: value + model.sites * Math.log(model.states), standardError };
    yield {
      step,
      metrics: { beta: (beta * step) / steps, logZ: logZ.value, standardError, effectiveSamples },
      logZ,
      state: { step, keys: Int32Array.from(keys), values: memory.read(), logWeights: logWeights.slice() },
      ...statusOf(step >= steps, signal, effectiveSamples),
    };
  }
}

function statusOf(
  done: boolean,
  signal: AbortSignal | undefined,
  effective: number,
): Pick<AnnealedTick, 'status' | 'remedy'> {
  if (!done && signal?.aborted)
    return { status: 'aborted', remedy: 'Stopped on request. Resume from this state to go on.' };
  if (!done) return { status: 'running' };
  if (effective >= LEAST_EFFECTIVE) return { status: 'converged' };
  return {
    status: 'step-limit',
    remedy: `Only ${effective.toFixed(1)} chains carry the estimate, and its error is too small. Take more steps.`,
  };
}

function checkOptions(model: AnyPotts, options: AnnealedOptions): void {
  const { chains, steps, resume } = options;
  for (const [name, value, least] of [
    ['chains', chains, 2],
    ['steps', steps, 1],
    ['thinning', options.thinning ?? 1, 1],
  ] as const)
    if (!(Number.isInteger(value) && value >= least))
      throw new DomainError(
        `annealedImportance: ${name} must be a whole number of at least ${least}, got ${value}.`,
      );
  const { beta = 1, kernel = 'heat-bath', rng } = options;
  resolveSampleOptions(model, { chains, sweeps: 1, beta, kernel, rng }, 'annealedImportance');
  const fits =
    !resume ||
    (resume.keys?.length === 2 * chains &&
      resume.values?.length === chains * model.sites &&
      resume.logWeights?.length === chains);
  if (!fits)
    throw new DataError(
      `annealedImportance: the state to resume from is not of ${chains} chains of ${model.sites} sites. ` +
        'Resume with the same model and options.',
    );
}
