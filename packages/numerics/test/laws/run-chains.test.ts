import {
  type ChainOptions,
  type ChainsState,
  type ChainTick,
  decodeCheckpoint,
  encodeCheckpoint,
  runChains,
  seededRng,
} from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { ringWalk, type Walker } from '../helpers/ring-walk.ts';

const kernel = ringWalk([0, 1, 2, 0.5]);
const OPTIONS = {
  rng: seededRng('chains'),
  chains: 3,
  draws: 12,
  warmup: 3,
  drawsPerTick: 2,
  observe: ({ at }: Walker) => ({ at }),
};

async function ticksOf(options: ChainOptions<Walker>) {
  const ticks: ChainTick<Walker, unknown>[] = [];
  for await (const tick of runChains(kernel, options)) ticks.push(tick);
  return ticks;
}

describe('chains', () => {
  it('go on from any tick as if never stopped, through a checkpoint', async () => {
    const all = await ticksOf(OPTIONS);
    for (let stop = 0; stop < all.length; stop++) {
      const resume = decodeCheckpoint(encodeCheckpoint(all[stop].state)) as unknown as ChainsState<Walker>;
      expect(await ticksOf({ ...OPTIONS, resume })).toEqual(all.slice(stop + 1));
    }
  });

  it('do not depend on how many others run, nor on what the stream has drawn', async () => {
    const three = (await ticksOf(OPTIONS)).at(-1)!.state.chains;
    const rng = seededRng('chains');
    rng.uniform();
    const five = (await ticksOf({ ...OPTIONS, rng, chains: 5 })).at(-1)!.state.chains;
    expect(five.slice(0, 3)).toEqual(three);
  });

  it('do not write to the states that were shown', async () => {
    const shown: { state: unknown; text: string }[] = [];
    for await (const { state } of runChains(kernel, OPTIONS))
      shown.push({ state, text: JSON.stringify(state) });
    for (const { state, text } of shown) expect(JSON.stringify(state)).toBe(text);
  });
});
