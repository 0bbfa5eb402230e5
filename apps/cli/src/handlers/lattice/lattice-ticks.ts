import type { PlainData, Rng, Tick } from '@spinformer/numerics';
import {
  magnetization,
  type SampleState,
  sampleChains,
  type TemperState,
  temperChains,
} from '@spinformer/potts';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { LatticeProblem, LatticeSampleOptions } from './lattice-problem.ts';

/** What has been recorded, by temperature: [betas][draws · chains], the chain varying fastest. */
export type LatticeRecords = {
  readonly [key: string]: PlainData;
  readonly sampler: PlainData;
  readonly energies: readonly Float64Array[];
  readonly magnetizations: readonly Float64Array[];
};

/** One recorded draw of every chain. */
export interface LatticeTick extends Tick<LatticeRecords> {
  /** Configurations by temperature, [betas, chains, sites]. */
  readonly values: Int32Array;
  readonly draws: number;
}

export interface LatticeStart {
  readonly runtime: WasmRuntime;
  readonly rng: Rng;
  readonly resume?: LatticeRecords;
}

/** Samples a lattice and records energies and order of every draw after the burn-in. */
export async function* latticeTicks(
  problem: LatticeProblem,
  options: LatticeSampleOptions,
  start: LatticeStart,
): AsyncGenerator<LatticeTick> {
  const { graph, betas, chains } = problem;
  const energies = betas.map((_, k) => [...(start.resume?.energies[k] ?? [])]);
  const burnIn = warmUp(options);
  const magnetizations = betas.map((_, k) => [...(start.resume?.magnetizations[k] ?? [])]);
  for await (const tick of samplerTicks(problem, options, start)) {
    const { values } = tick.configurations;
    const isRecorded = tick.sweeps > burnIn;
    const order = isRecorded ? magnetization(graph, values) : new Float64Array();
    for (let k = 0; isRecorded && k < betas.length; k++) {
      energies[k].push(...tick.energies.subarray(k * chains, (k + 1) * chains));
      magnetizations[k].push(...order.subarray(k * chains, (k + 1) * chains));
    }
    const draws = energies[0].length / chains;
    yield {
      step: tick.step,
      status: tick.status,
      metrics: lastMeans(tick.energies, graph.sites, { sweeps: tick.sweeps, ...tick.exchange }),
      values,
      draws,
      get state() {
        const plain = (rows: readonly number[][]) => rows.map((row) => Float64Array.from(row));
        return { sampler: tick.state, energies: plain(energies), magnetizations: plain(magnetizations) };
      },
    };
  }
}

function lastMeans(
  energies: Float64Array,
  sites: number,
  others: Record<string, number>,
): Record<string, number> {
  const mean = energies.reduce((sum, energy) => sum + energy, 0) / energies.length;
  return { energy: mean / sites, ...others };
}

interface SamplerTick {
  readonly step: number;
  readonly status: Tick<unknown>['status'];
  readonly sweeps: number;
  readonly exchange: Record<string, number>;
  readonly configurations: { readonly values: Int32Array };
  readonly energies: Float64Array;
  readonly state: PlainData;
}

/** The burn-in in whole draws. */
function warmUp({ burnIn, every }: Pick<LatticeSampleOptions, 'burnIn' | 'every'>): number {
  return Math.ceil(burnIn / every) * every;
}

/** Plain sampling and tempering in one form. */
async function* samplerTicks(
  { graph, betas, chains, draws }: LatticeProblem,
  { kernel, burnIn, every }: LatticeSampleOptions,
  { runtime, rng, resume }: LatticeStart,
): AsyncGenerator<SamplerTick> {
  const sweeps = warmUp({ burnIn, every }) + draws * every;
  // Without the signal every tick is one of an unbroken run; they are short, and the driver leaves between them.
  const common = { runtime, rng: rng.fork('lattice'), thinning: every };
  if (betas.length === 1) {
    const from = resume ? { resume: resume.sampler as unknown as SampleState } : {};
    const settings = { ...common, ...from, chains, sweeps, kernel, energies: true };
    for await (const tick of sampleChains(graph, settings))
      yield merge(tick, tick.metrics.sweeps, {}, tick.energies ?? new Float64Array(chains));
    return;
  }
  const from = resume ? { resume: resume.sampler as unknown as TemperState } : {};
  const settings = { ...common, ...from, betas, ladders: chains, rounds: sweeps, kernel };
  for await (const tick of temperChains(graph, settings))
    yield merge(tick, tick.metrics.rounds, { leastExchanged: tick.metrics.leastExchanged }, tick.energies);
}

function merge(
  tick: Tick<PlainData> & { readonly configurations: { readonly values: Int32Array } },
  sweeps: number,
  exchange: Record<string, number>,
  energies: Float64Array,
): SamplerTick {
  const { step, status, configurations } = tick;
  return {
    ...{ step, status, configurations, sweeps, exchange, energies },
    get state() {
      return tick.state;
    },
  };
}
