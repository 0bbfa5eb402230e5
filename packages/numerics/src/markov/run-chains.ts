import type { Status, Tick } from '../contracts.ts';
import { ConfigError, DomainError } from '../errors.ts';
import { restoreRng } from '../random/rng.ts';
import type { Rng, RngState } from '../rng-contract.ts';
import type { MarkovKernel } from './markov-kernel.ts';

/** How many chains, how long, and what is recorded. */
export interface ChainOptions<State> {
  /** Chain k draws from `rng.fork('chain-k')`; the stream itself is not used up. */
  readonly rng: Rng;
  /** Default 4. */
  readonly chains?: number;
  /** Recorded draws of every chain, ≥ 1. */
  readonly draws: number;
  /** Steps of every chain before the first draw, default 0. */
  readonly warmup?: number;
  /** Steps between draws, default 1. */
  readonly thinning?: number;
  /** Draws between ticks, default 1. Each tick copies the states of the chains. */
  readonly drawsPerTick?: number;
  /** Numbers that are recorded of every draw, by name; always the same names. It must not write to the state. */
  readonly observe?: (state: State) => Readonly<Record<string, number>>;
  /** The state of an earlier tick of the same kernel and options. */
  readonly resume?: ChainsState<State>;
  /** Aborting it ends the run with status `aborted` after the draw under way. */
  readonly signal?: AbortSignal;
}

/** All that the chains need to go on. */
export type ChainsState<State> = {
  readonly kernel: string;
  /** Draws that have been made of every chain. */
  readonly draws: number;
  readonly chains: readonly { readonly state: State; readonly rng: RngState }[];
};

/** A tick of several chains. Its metrics are the means of the observations over this tick's draws of all chains. */
export interface ChainTick<State, Info> extends Tick<ChainsState<State>> {
  /** What was observed since the last tick, by name: [chains, draws of this tick]. */
  readonly observations: Readonly<Record<string, Float64Array>>;
  /** What the last step of each chain reported, [chains]. */
  readonly infos: readonly Info[];
}

interface Chain<State> {
  readonly state: State;
  readonly rng: Rng;
}

function checkCounts(counts: Record<string, number>): void {
  for (const [name, value] of Object.entries(counts)) {
    const least = name === 'warmup' ? 0 : 1;
    if (Number.isSafeInteger(value) && value >= least) continue;
    throw new DomainError(`runChains: ${name} must be an integer ≥ ${least}, got ${value}.`);
  }
}

function beginChains<State extends object>(
  kernel: MarkovKernel<State, unknown>,
  chains: number,
  rng: Rng,
  warmup: number,
): Chain<State>[] {
  return Array.from({ length: chains }, (_, index) => {
    const stream = rng.fork(`chain-${index}`);
    const state = kernel.init(stream);
    for (let step = 0; step < warmup; step++) kernel.step(state, stream);
    return { state, rng: stream };
  });
}

function resumeChains<State extends object>(
  kernel: MarkovKernel<State, unknown>,
  chains: number,
  resume: ChainsState<State>,
): Chain<State>[] {
  if (resume.kernel !== kernel.name || resume.chains?.length !== chains) {
    throw new ConfigError(
      `runChains: resume holds ${resume.chains?.length} chains of ${resume.kernel}, but ${chains} of ${kernel.name} are asked for. Pass the kernel and options that it was made with.`,
    );
  }
  return resume.chains.map(({ state, rng }) => ({ state: structuredClone(state), rng: restoreRng(rng) }));
}

/** Writes one draw's observations into the rows of a tick. */
function record(
  rows: Record<string, Float64Array>,
  seen: Readonly<Record<string, number>>,
  at: number,
  size: number,
): void {
  for (const [name, value] of Object.entries(seen)) {
    rows[name] ??= new Float64Array(size).fill(Number.NaN);
    rows[name][at] = value;
  }
}

function averages(rows: Readonly<Record<string, Float64Array>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      name,
      row.reduce((total, value) => total + value, 0) / row.length,
    ]),
  );
}

/**
 * Runs several chains of a Markov kernel side by side, as ticks. What chain k does depends on the seed, the kernel and
 * k alone, and a run that was resumed equals one that was never stopped, bit for bit.
 *
 * @param kernel - see {@link MarkovKernel}.
 * @param options - the states in ticks are copies, which the caller owns.
 * @throws {DomainError} when a count is out of its range.
 * @throws {ConfigError} when `resume` belongs to another kernel or number of chains.
 * @throws {DataError} when the random streams in `resume` are damaged.
 * @example
 * ```ts
 * const ticks = runChains(kernel, { rng: seededRng(1), draws: 1000, observe: (state) => ({ energy: state.energy }) });
 * const { energy } = await collectObservations(ticks);
 * formatEstimate(estimate(energy, 4));
 * ```
 */
export async function* runChains<State extends object, Info>(
  kernel: MarkovKernel<State, Info>,
  options: ChainOptions<State>,
): AsyncGenerator<ChainTick<State, Info>, void, void> {
  const {
    rng,
    chains = 4,
    draws,
    warmup = 0,
    thinning = 1,
    drawsPerTick = 1,
    observe,
    resume,
    signal,
  } = options;
  checkCounts({ chains, draws, warmup, thinning, drawsPerTick });
  const running = resume ? resumeChains(kernel, chains, resume) : beginChains(kernel, chains, rng, warmup);
  let done = resume?.draws ?? 0;
  while (done < draws) {
    const size = Math.min(drawsPerTick, draws - done);
    const rows: Record<string, Float64Array> = {};
    const infos: Info[] = [];
    for (let chain = 0; chain < chains; chain++) {
      const { state, rng: stream } = running[chain];
      for (let draw = 0; draw < size; draw++) {
        for (let step = 0; step < thinning; step++) infos[chain] = kernel.step(state, stream);
        if (observe) record(rows, observe(state), chain * size + draw, chains * size);
      }
    }
    done += size;
    yield {
      step: done,
      metrics: averages(rows),
      state: {
        kernel: kernel.name,
        draws: done,
        chains: running.map((chain) => ({ state: structuredClone(chain.state), rng: chain.rng.state() })),
      },
      observations: rows,
      infos,
      ...statusOf(done, draws, signal),
    };
    if (signal?.aborted) return;
  }
}

function statusOf(done: number, draws: number, signal?: AbortSignal): { status: Status; remedy?: string } {
  if (done >= draws) {
    return {
      status: 'step-limit',
      remedy: `All ${draws} draws are made. Raise draws and resume for smaller errors.`,
    };
  }
  if (signal?.aborted)
    return { status: 'aborted', remedy: 'Stopped on request. Pass this state as resume to go on.' };
  return { status: 'running' };
}

/**
 * Runs ticks to their end and joins what they observed.
 *
 * @returns by name [chains, draws], one chain after another, as {@link estimate} takes it.
 */
export async function collectObservations(
  ticks: AsyncIterable<ChainTick<unknown, unknown>>,
): Promise<Record<string, Float64Array>> {
  const parts: { chains: number; observations: ChainTick<unknown, unknown>['observations'] }[] = [];
  for await (const tick of ticks)
    parts.push({ chains: tick.state.chains.length, observations: tick.observations });
  if (parts.length === 0) return {};
  const { chains, observations } = parts[0];
  return Object.fromEntries(
    Object.keys(observations).map((name) => {
      const rows = Array.from({ length: chains }, (_, chain) =>
        parts.map((part) => {
          const row = part.observations[name];
          return Array.from(row.subarray((chain * row.length) / chains, ((chain + 1) * row.length) / chains));
        }),
      );
      return [name, Float64Array.from(rows.flat(2))];
    }),
  );
}
