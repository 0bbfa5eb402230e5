import {
  type Configurations,
  DataError,
  DomainError,
  philox4x32,
  type Rng,
  type Tick,
} from '@spinformer/numerics';
import { sharedRuntime, type WasmRuntime } from '@spinformer/tensor/wasm';
import { type AnyPotts, checkAnyModel } from './any-model.ts';
import { chainKeys, uniformStart } from './chain-keys.ts';
import type { ChainMemory } from './chain-memory.ts';
import { chainMemory } from './make-chain-memory.ts';
import { checkBetas } from './parallel-tempering.ts';
import { pauses } from './pauses.ts';
import { resolveSampleOptions, type SampleKernel } from './sample-options.ts';

/** Counter word 3 of the words that decide exchanges. */
const EXCHANGE_PURPOSE = 7;

/** Options of {@link temperChains}. */
export interface TemperChainsOptions {
  /** Inverse temperatures β_k ≥ 0 of every ladder, at least two. */
  readonly betas: readonly number[];
  /** Independent ladders, at least 1. */
  readonly ladders: number;
  /** Rounds in all, at least 1: in each every replica takes its sweeps and half of the neighbours try to exchange. */
  readonly rounds: number;
  /** Sweeps between exchanges; default 1. */
  readonly sweepsPerRound?: number;
  /** Rounds between ticks; default all. */
  readonly thinning?: number;
  /** As in {@link sampleChains}, but for `multi-spin`; default `heat-bath`. */
  readonly kernel?: Exclude<SampleKernel, 'multi-spin'>;
  readonly rng: Rng;
  /** The `state` of an earlier tick with the same model and options: goes on bit for bit. */
  readonly resume?: TemperState;
  readonly signal?: AbortSignal;
  readonly runtime?: WasmRuntime;
}

/** Plain data that continues tempering bit for bit. */
export type TemperState = {
  readonly round: number;
  /** Philox keys of the replicas, two words each. */
  readonly keys: Int32Array;
  /** States of the replicas, [ladders, replicas, sites]. */
  readonly values: Int32Array;
  /** Which temperature each replica has, [ladders, replicas]. */
  readonly temperatures: Int32Array;
};

/** What tempering reports as it goes. */
export type TemperMetrics = {
  /** Rounds that are done. */
  readonly rounds: number;
  /** Fraction of tried exchanges that were made since the last tick, over all pairs of temperatures. */
  readonly exchanged: number;
  /** The same for the pair that exchanges least: where temperatures lie too far apart. */
  readonly leastExchanged: number;
};

/** One step of {@link temperChains}; the last one has status `converged`: all rounds are done. */
export interface TemperTick extends Tick<TemperState, TemperMetrics> {
  /** By temperature: configurations of β_0, one a ladder, then those of β_1, …; [temperatures · ladders, sites]. */
  readonly configurations: Configurations;
  /** Their energies, [temperatures, ladders]. */
  readonly energies: Float64Array;
  /** Fraction of exchanges of each pair k, k + 1 since the last tick, [temperatures − 1]; NaN where none was tried. */
  readonly exchanges: Float64Array;
}

/**
 * Parallel tempering of many independent ladders at once, on SIMD kernels and all threads. After each round's sweeps,
 * replicas of neighbouring temperatures exchange them with probability min(1, exp((β_k − β_{k+1})(E_k − E_{k+1}))): the
 * pairs (0, 1), (2, 3), … in even rounds, the others in odd ones. Results depend on `rng` only.
 *
 * @param model a full model or a graph.
 * @throws {DomainError | ShapeError | DataError} for impossible options; {BackendError} when memory does not suffice.
 * @source hukushima1996; salmon2011philox
 * @complexity that of ladders·temperatures chains, with an evaluation of the energy each round
 * @example
 * ```ts
 * for await (const { configurations, exchanges } of temperChains(model, { betas: [0.2, 0.5, 1], ladders: 100, rounds: 500, rng }))
 *   report(exchanges);
 * ```
 */
export async function* temperChains(
  model: AnyPotts,
  options: TemperChainsOptions,
): AsyncGenerator<TemperTick> {
  checkAnyModel('temperChains', model);
  checkOptions(model, options);
  const { betas, ladders, resume, rng, kernel = 'heat-bath' } = options;
  const keys = resume ? new Uint32Array(resume.keys) : chainKeys(rng, ladders * betas.length);
  const memory = chainMemory(options.runtime ?? sharedRuntime(), model, kernel, keys);
  try {
    memory.write(resume?.values ?? uniformStart(model, keys));
    yield* new Ladders(model, memory, keys, options).run();
  } finally {
    memory.free();
  }
}

/** The replicas of all ladders and who has which temperature. */
class Ladders {
  private readonly model: AnyPotts;
  private readonly memory: ChainMemory;
  private readonly keys: Uint32Array;
  private readonly options: TemperChainsOptions;
  private readonly temperatures: Int32Array;
  private tried: Float64Array;
  private made: Float64Array;
  private round: number;

  constructor(model: AnyPotts, memory: ChainMemory, keys: Uint32Array, options: TemperChainsOptions) {
    const size = options.betas.length;
    this.model = model;
    this.memory = memory;
    this.keys = keys;
    this.options = options;
    this.round = options.resume?.round ?? 0;
    this.temperatures =
      options.resume?.temperatures.slice() ??
      Int32Array.from({ length: keys.length / 2 }, (_, chain) => chain % size);
    this.tried = new Float64Array(size - 1);
    this.made = new Float64Array(size - 1);
  }

  async *run(): AsyncGenerator<TemperTick> {
    const { rounds, thinning = rounds, sweepsPerRound = 1, signal } = this.options;
    const pause = pauses(this.model, this.temperatures.length);
    for (let ended = false; !ended; ) {
      const target = Math.min(rounds, (Math.floor(this.round / thinning) + 1) * thinning);
      this.tried = this.tried.map(() => 0);
      this.made = this.made.map(() => 0);
      while (this.round < target && !signal?.aborted) {
        this.memory.setBetas(Float64Array.from(this.temperatures, (t) => this.options.betas[t]));
        this.memory.sweep(this.round * sweepsPerRound, sweepsPerRound);
        this.exchange(this.memory.energies());
        this.round++;
        await pause();
      }
      ended = this.round >= rounds || signal?.aborted === true;
      yield this.tick();
    }
  }

  /** Exchanges temperatures within every ladder. */
  private exchange(energies: Float64Array): void {
    const { betas, ladders } = this.options;
    const size = betas.length;
    for (let ladder = 0; ladder < ladders; ladder++) {
      const replicas = this.temperatures.subarray(ladder * size, (ladder + 1) * size);
      const holder = new Int32Array(size);
      replicas.forEach((temperature, replica) => {
        holder[temperature] = replica;
      });
      for (let k = this.round % 2; k + 1 < size; k += 2) {
        const [cold, warm] = [holder[k], holder[k + 1]];
        const log =
          (betas[k] - betas[k + 1]) * (energies[ladder * size + cold] - energies[ladder * size + warm]);
        this.tried[k]++;
        if (!(this.uniform(ladder * size, k) < Math.exp(log))) continue;
        this.made[k]++;
        replicas[cold] = k + 1;
        replicas[warm] = k;
      }
    }
  }

  private uniform(chain: number, pair: number): number {
    const counter = [pair, this.round % 2 ** 32, Math.floor(this.round / 2 ** 32), EXCHANGE_PURPOSE];
    return philox4x32(counter, this.keys.subarray(2 * chain, 2 * chain + 2))[0] / 2 ** 32;
  }

  private tick(): TemperTick {
    const { betas, ladders, rounds } = this.options;
    const { sites, states } = this.model;
    const size = betas.length;
    const values = this.memory.read();
    const unsorted = this.memory.energies();
    const sorted = new Int32Array(values.length);
    const energies = new Float64Array(unsorted.length);
    this.temperatures.forEach((temperature, chain) => {
      const to = temperature * ladders + Math.floor(chain / size);
      sorted.set(values.subarray(chain * sites, (chain + 1) * sites), to * sites);
      energies[to] = unsorted[chain];
    });
    const exchanges = this.made.map((made, k) => made / this.tried[k]);
    const sum = (counts: Float64Array) => counts.reduce((total, count) => total + count, 0);
    const done = this.round >= rounds;
    return {
      step: this.round,
      metrics: {
        rounds: this.round,
        exchanged: sum(this.made) / sum(this.tried),
        leastExchanged: Math.min(...exchanges.filter((rate) => rate >= 0)),
      },
      status: done ? 'converged' : this.options.signal?.aborted ? 'aborted' : 'running',
      ...(!done &&
        this.options.signal?.aborted && { remedy: 'Stopped on request. Resume from this state to go on.' }),
      configurations: { samples: ladders * size, sites, states, values: sorted },
      energies,
      exchanges,
      state: {
        round: this.round,
        keys: Int32Array.from(this.keys),
        values,
        temperatures: this.temperatures.slice(),
      },
    };
  }
}

function checkOptions(model: AnyPotts, options: TemperChainsOptions): void {
  const {
    betas,
    ladders,
    rounds,
    sweepsPerRound = 1,
    thinning = 1,
    resume,
    rng,
    kernel = 'heat-bath',
  } = options;
  checkBetas('temperChains', betas);
  for (const [name, value] of Object.entries({ ladders, rounds, sweepsPerRound, thinning }))
    if (!(Number.isInteger(value) && value >= 1))
      throw new DomainError(`temperChains: ${name} must be a whole number of at least 1, got ${value}.`);
  if ((kernel as SampleKernel) === 'multi-spin')
    throw new DomainError(
      "temperChains: kernel must not be 'multi-spin', whose chains share one beta. Use 'heat-bath'.",
    );
  const chains = ladders * betas.length;
  resolveSampleOptions(model, { chains, sweeps: 1, kernel, rng }, 'temperChains');
  const fits =
    !resume ||
    (resume.keys?.length === 2 * chains &&
      resume.values?.length === chains * model.sites &&
      resume.temperatures?.length === chains);
  if (!fits)
    throw new DataError(
      `temperChains: the state to resume from is not of ${ladders} ladders of ${betas.length} temperatures and ` +
        `${model.sites} sites. Resume with the same model and options.`,
    );
}
