import { seededRng } from '@spinformer/numerics';
import { useBackend, wasm } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  chain,
  diagonalize,
  j1j2,
  optimizeState,
  parametersFromVmcState,
  transformerState,
  type VmcTick,
} from '../../src/index.ts';
import type { VmcOptimizer, VmcOptions } from '../../src/optimize/vmc-options.ts';

const lattice = chain(8);
const hamiltonian = j1j2(lattice, { j2: 0.3 });
const wave = transformerState({ lattice, width: 8, heads: 2, layers: 1, patch: 2 });

beforeAll(async () => useBackend(await wasm()));

type Options = Omit<VmcOptions, 'rng' | 'start'>;

async function ticks(options: Options): Promise<VmcTick[]> {
  const all: VmcTick[] = [];
  for await (const tick of optimizeState(hamiltonian, wave, { rng: seededRng('vqs'), ...options } as never))
    all.push(tick);
  return all;
}

const SAMPLED: Options = { samples: 64, chains: 16, steps: 4 };

describe('optimizeState', () => {
  const optimizers: readonly VmcOptimizer[] = ['sr', 'spring', 'march', 'adam', 'sgd'];
  it.each(optimizers)('%s goes on from any tick as if it had never stopped', async (optimizer) => {
    const learningRate = optimizer === 'sgd' ? 0.001 : 0.01;
    const whole = await ticks({ ...SAMPLED, optimizer, learningRate });
    expect(whole.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    for (const from of [0, 2]) {
      const rest = await ticks({ ...SAMPLED, optimizer, learningRate, resume: whole[from].state });
      expect(rest.map(({ state }) => state)).toEqual(whole.slice(from + 1).map(({ state }) => state));
      expect(rest.map(({ metrics }) => metrics)).toEqual(whole.slice(from + 1).map(({ metrics }) => metrics));
    }
  });

  it('goes on from any tick with samples of a flatter distribution, too', async () => {
    const flat = { ...SAMPLED, exponent: 1.5 };
    const whole = await ticks(flat);
    const rest = await ticks({ ...flat, resume: whole[2].state });
    expect(rest.map(({ metrics }) => metrics)).toEqual(whole.slice(3).map(({ metrics }) => metrics));
    expect(rest.at(-1)?.state).toEqual(whole.at(-1)?.state);
  });

  it('a full sum never raises the energy, resumes too, and comes close to the ground state', async () => {
    const whole = await ticks({ samples: 'all', steps: 30 });
    const energies = whole.map(({ metrics }) => metrics.energyPerSite);
    for (let k = 1; k < energies.length; k++) expect(energies[k]).toBeLessThanOrEqual(energies[k - 1]);
    const rest = await ticks({ samples: 'all', steps: 30, resume: whole[20].state });
    expect(rest.at(-1)?.state).toEqual(whole.at(-1)?.state);
  });

  it('forgets remembered directions that lead nowhere, instead of taking a slope for a minimum', async () => {
    const [, , begun] = await ticks({ samples: 'all', steps: 2 });
    const memory = begun.state.memory as { readonly last: Float64Array };
    const wrong = { ...begun.state, memory: { ...memory, last: memory.last.map((x) => -1e3 * x) } };
    const [next] = await ticks({ samples: 'all', steps: 3, resume: wrong });
    expect(next.status).toBe('step-limit');
    expect(next.metrics.energyPerSite).toBeLessThan(begun.metrics.energyPerSite);
  });

  it('takes a step that explodes back, says so, and ends as diverged with the last good state', async () => {
    const wild = await ticks({
      ...SAMPLED,
      optimizer: 'sgd',
      learningRate: 1e30,
      maximumStepNorm: 1e30,
      steps: 20,
    });
    expect(wild.length).toBe(9);
    expect(wild.at(-1)?.status).toBe('diverged');
    expect(wild.slice(1).every(({ metrics }) => metrics.rejected === 1)).toBe(true);
    expect(wild.at(-1)?.state.parameters).toEqual(wild[0].state.parameters);
    expect(wild[1].remedy).toMatch(/taken back/);
  });

  it('trains the head alone when asked to', async () => {
    const trained = await ticks({ ...SAMPLED, trainOnly: 'head', steps: 2 });
    const [before, after] = [trained[0], trained[2]].map(({ state }) => parametersFromVmcState(wave, state));
    const plain = (tree: unknown) => JSON.stringify(tree);
    const states = [trained[0], trained[2]].map(({ state }) => state.parameters as Record<string, unknown>);
    expect(plain(states[0]['layers'])).toBe(plain(states[1]['layers']));
    expect(plain(states[0]['embed'])).toBe(plain(states[1]['embed']));
    expect(plain(states[0]['real'])).not.toBe(plain(states[1]['real']));
    expect(before).not.toBe(after);
  });

  it('fine-tunes a state at another coupling by its head alone', async () => {
    const trained = (await ticks({ steps: 25 })).at(-1)!;
    const start = parametersFromVmcState(wave, trained.state);
    const elsewhere = j1j2(lattice, { j2: 0.45 });
    const energies: number[] = [];
    const options = { rng: seededRng(1), start, trainOnly: 'head', steps: 15 } as const;
    for await (const { energy } of optimizeState(elsewhere, wave, options)) energies.push(energy.mean);
    expect(energies.at(-1)).toBeLessThan(energies[0] - 1e-4);
    expect(energies.at(-1)).toBeGreaterThan(diagonalize(elsewhere).energiesPerSite[0]);
  });

  it('stops when asked to, with a state to go on from', async () => {
    const abort = new AbortController();
    const seen: VmcTick[] = [];
    const options = { rng: seededRng('vqs'), ...SAMPLED, signal: abort.signal } as never;
    for await (const tick of optimizeState(hamiltonian, wave, options)) {
      seen.push(tick);
      if (tick.step === 1) abort.abort();
    }
    expect(seen.at(-1)?.status).toBe('aborted');
    expect(seen.at(-1)?.step).toBe(1);
    const rest = await ticks({ ...SAMPLED, resume: seen.at(-1)?.state });
    expect(rest.at(-1)?.state).toEqual((await ticks(SAMPLED)).at(-1)?.state);
  });

  it('the sampled energy is that of the full sum within its error', async () => {
    const [exact] = await ticks({ samples: 'all', steps: 0 });
    const [sampled] = await ticks({ samples: 4096, chains: 32, steps: 0 });
    const { mean, standardError, rHat } = sampled.energy;
    expect(Math.abs(mean - exact.energy.mean)).toBeLessThan(4 * standardError);
    expect(rHat).toBeLessThan(1.02);
  });
});
