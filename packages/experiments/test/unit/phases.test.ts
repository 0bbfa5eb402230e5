import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import type { ExperimentTick } from '../../src/experiment.ts';
import { type Phase, type PhaseState, runPhases } from '../../src/shared/phases.ts';

type Made = { readonly draws: number[]; readonly total: number };
type Config = { readonly count: number };

const draws: Phase<Config, Made> = {
  id: 'draws',
  title: 'drawing',
  weight: () => 3,
  async *run({ config, rng, resume }) {
    const done = [...((resume as number[] | undefined) ?? [])];
    for (let index = 0; index < config.count; index++) {
      const value = rng.fork(`draw ${index}`).uniform();
      if (index < done.length) continue;
      done.push(value);
      yield { fraction: done.length / config.count, state: done.slice() };
    }
    return done;
  },
  message: (product) => `${(product as number[]).length} drawn`,
};

const total: Phase<Config, Made> = {
  id: 'total',
  title: 'adding up',
  weight: () => 1,
  async *run({ products }) {
    return products.draws.reduce((sum, value) => sum + value, 0);
  },
};

const plan = { experiment: 'toy', phases: [draws, total], summarize: (products: Made) => products.total };

async function collect(
  resume?: PhaseState,
  signal?: AbortSignal,
): Promise<ExperimentTick<PhaseState, number>[]> {
  const ticks: ExperimentTick<PhaseState, number>[] = [];
  const context = { rng: seededRng(1), ...(resume && { resume }), ...(signal && { signal }) };
  for await (const tick of runPhases(plan, { count: 4 }, context)) {
    ticks.push({ ...tick, state: JSON.parse(JSON.stringify(tick.state)) });
  }
  return ticks;
}

describe('runPhases', () => {
  it('ticks through the phases and ends with the result', async () => {
    const ticks = await collect();
    expect(ticks.map(({ phase }) => phase)).toEqual([
      ...Array(6).fill('drawing'),
      ...Array(2).fill('adding up'),
      'done',
    ]);
    expect(ticks.map(({ progress }) => progress)).toEqual([...ticks.map(({ progress }) => progress)].sort());
    expect(ticks.at(-1)).toMatchObject({ status: 'converged', progress: 1, step: ticks.length });
    expect(ticks[5].message).toBe('4 drawn');
    expect(ticks.at(-1)?.result).toBeGreaterThan(0);
  });

  it('continues from every tick as if it had never stopped', async () => {
    const whole = await collect();
    for (const [index, tick] of whole.entries()) {
      const rest = await collect(tick.state);
      if (index < whole.length - 1) expect(rest).toEqual(whole.slice(index + 1));
      else expect(rest.at(-1)?.result).toBe(tick.result);
    }
  });

  it('stops with a state to resume from when it is aborted', async () => {
    const ticks = await collect(undefined, AbortSignal.abort());
    expect(ticks).toHaveLength(1);
    expect(ticks[0].status).toBe('aborted');
    expect(ticks[0].remedy).toMatch(/resume/);
  });

  it('refuses the state of another study', async () => {
    const state = { experiment: 'other', step: 0, phase: 0, products: {}, inner: null };
    await expect(collect(state)).rejects.toThrow(
      'toy: the saved state belongs to "other". Resume with that study.',
    );
  });
});
