import { type ChainOptions, collectObservations, runChains, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { ringWalk, type Walker } from '../helpers/ring-walk.ts';

const kernel = ringWalk([0, 1, 2]);
const rng = seededRng(1);

async function ticksOf(options: Partial<ChainOptions<Walker>>) {
  const ticks = [];
  for await (const tick of runChains(kernel, { rng, draws: 6, ...options })) ticks.push(tick);
  return ticks;
}

describe('runChains', () => {
  it('counts warm-up, thinning, draws and ticks', async () => {
    const ticks = await ticksOf({
      chains: 3,
      warmup: 10,
      thinning: 5,
      drawsPerTick: 4,
      observe: ({ at }) => ({ at }),
    });
    expect(ticks.map((tick) => [tick.step, tick.status, tick.observations.at.length])).toEqual([
      [4, 'running', 12],
      [6, 'step-limit', 6],
    ]);
    expect(ticks[1].state.chains.map(({ state }) => state.trail[0])).toEqual([40, 40, 40]);
    expect(ticks[1].infos).toHaveLength(3);
    expect(ticks[1].remedy).toBe('All 6 draws are made. Raise draws and resume for smaller errors.');
    const seen = ticks[1].observations.at;
    expect(ticks[1].metrics.at).toBe(seen.reduce((sum, value) => sum + value) / seen.length);
  });

  it('stops on request', async () => {
    const controller = new AbortController();
    controller.abort();
    const ticks = await ticksOf({ signal: controller.signal });
    expect(ticks.map((tick) => tick.status)).toEqual(['aborted']);
  });

  it('joins observations chain by chain', async () => {
    const options = { chains: 2, observe: ({ at }: Walker) => ({ at }) };
    const whole = await collectObservations(
      runChains(kernel, { rng, draws: 7, drawsPerTick: 7, ...options }),
    );
    const parts = await collectObservations(
      runChains(kernel, { rng, draws: 7, drawsPerTick: 3, ...options }),
    );
    expect(parts).toEqual(whole);
    expect(await collectObservations((async function* () {})())).toEqual({});
  });

  it.each([
    [{ draws: 0 }, 'runChains: draws must be an integer ≥ 1, got 0.'],
    [{ chains: 1.5 }, 'runChains: chains must be an integer ≥ 1, got 1.5.'],
    [{ warmup: -1 }, 'runChains: warmup must be an integer ≥ 0, got -1.'],
    [{ thinning: 0 }, 'runChains: thinning must be an integer ≥ 1, got 0.'],
    [{ drawsPerTick: 0 }, 'runChains: drawsPerTick must be an integer ≥ 1, got 0.'],
    [
      { resume: { kernel: 'heat-bath', draws: 0, chains: [] } },
      'runChains: resume holds 0 chains of heat-bath, but 4 of ring-walk are asked for.',
    ],
  ])('refuses %j', async (options, message) => {
    await expect(ticksOf(options)).rejects.toThrow(message);
  });
});
