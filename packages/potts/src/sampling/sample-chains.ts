import { type Configurations, letEventsThrough, type Status } from '@spinformer/numerics';
import { sharedRuntime } from '@spinformer/tensor/wasm';
import { type AnyPotts, checkAnyModel } from './any-model.ts';
import { chainKeys, uniformStart } from './chain-keys.ts';
import type { ChainMemory } from './chain-memory.ts';
import { chainMemory } from './make-chain-memory.ts';
import { sweepsPerPause } from './pauses.ts';
import {
  type ResolvedSampleOptions,
  resolveSampleOptions,
  type SampleOptions,
  type SampleTick,
} from './sample-options.ts';

/**
 * Samples p(s) ∝ exp(−β E(s)) of a Potts model with many chains at once, on SIMD kernels and all threads.
 *
 * Each chain has a key of its own, and the words that update a site depend on the key, the sweep and the site alone:
 * results depend on `rng` only, not on the number of threads, and stopping does not change them. Rows are float32.
 *
 * @param model any full Potts model, or one on a graph; energies are those of {@link energy} and {@link graphEnergy}.
 * @returns ticks every `thinning` sweeps, with one configuration per chain.
 * @throws {DomainError | ShapeError | DataError} for impossible options; {BackendError} when memory does not suffice.
 * @source geman1984 (heat-bath); metropolis1953; wolff1989; swendsen1987; salmon2011philox
 * @complexity O(chains · sweeps · sites² · states); on a graph O(chains · sweeps · (sites + edges) · states)
 * @example
 * ```ts
 * for await (const { configurations, metrics } of sampleChains(model, { chains: 1000, sweeps: 200, rng }))
 *   report(metrics.changed, energy(model, configurations.values));
 * ```
 */
export async function* sampleChains(model: AnyPotts, options: SampleOptions): AsyncGenerator<SampleTick> {
  checkAnyModel('sampleChains', model);
  const resolved = resolveSampleOptions(model, options);
  const { resume } = resolved;
  const keys = resume ? new Uint32Array(resume.keys) : chainKeys(resolved.rng, resolved.chains);
  const values = resume?.values ?? resolved.start ?? uniformStart(model, keys);
  const memory = chainMemory(options.runtime ?? sharedRuntime(), model, resolved.kernel, keys);
  try {
    memory.setBetas(resolved.beta);
    memory.write(values);
    yield* sweepOn(model, memory, keys, resolved, resume?.sweep ?? 0);
  } finally {
    memory.free();
  }
}

async function* sweepOn(
  model: AnyPotts,
  memory: ChainMemory,
  keys: Uint32Array,
  options: ResolvedSampleOptions,
  done: number,
): AsyncGenerator<SampleTick> {
  const { chains, sweeps, thinning, kernel, signal } = options;
  const perCall = sweepsPerPause(model, chains);
  let sweep = done;
  for (let ended = false; !ended; ) {
    const from = sweep;
    const target = Math.min(sweeps, (Math.floor(sweep / thinning) + 1) * thinning);
    let changes = 0;
    while (sweep < target && !signal?.aborted) {
      const count = Math.min(perCall, target - sweep);
      changes += memory.sweep(sweep, count);
      sweep += count;
      await letEventsThrough();
    }
    const [status, remedy] = statusOf(sweep, sweeps, signal);
    ended = status !== 'running';
    const values = memory.read();
    yield {
      step: sweep,
      metrics: { sweeps: sweep, changed: changes / Math.max(1, (sweep - from) * chains * model.sites) },
      status,
      ...(remedy !== undefined && { remedy }),
      configurations: { samples: chains, sites: model.sites, states: model.states, values },
      ...(options.energies && { energies: memory.energies() }),
      state: { kernel, sites: model.sites, sweep, keys: Int32Array.from(keys), values: values.slice() },
    };
  }
}

function statusOf(
  sweep: number,
  sweeps: number,
  signal: AbortSignal | undefined,
): [Status, string | undefined] {
  if (sweep >= sweeps) return ['converged', undefined];
  if (signal?.aborted) return ['aborted', 'Stopped on request. Resume from this state to go on.'];
  return ['running', undefined];
}

/** Options of {@link drawConfigurations}. */
export interface DrawOptions extends SampleOptions {
  /** Sweeps that are thrown away before the first draw, at least 0; default 0. */
  readonly burnIn?: number;
}

/**
 * Runs {@link sampleChains} to its end and collects its configurations: those of every tick after `burnIn` sweeps,
 * [draws · chains, sites], draw by draw. With the default thinning that is the last configuration of every chain.
 * @throws what {@link sampleChains} throws, and the signal's reason when it is aborted.
 */
export async function drawConfigurations(model: AnyPotts, options: DrawOptions): Promise<Configurations> {
  const draws: Int32Array[] = [];
  for await (const tick of sampleChains(model, options)) {
    if (tick.status === 'aborted') options.signal?.throwIfAborted();
    if (tick.step > (options.burnIn ?? 0)) draws.push(tick.configurations.values);
  }
  const { sites, states } = model;
  const length = options.chains * sites;
  const values = new Int32Array(draws.length * length);
  draws.forEach((draw, k) => {
    values.set(draw, k * length);
  });
  return { samples: draws.length * options.chains, sites, states, values };
}
