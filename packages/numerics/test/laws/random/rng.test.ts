import { pearson, type Rng, restoreRng, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const draws: Record<string, (rng: Rng) => number> = {
  uint32: (rng) => rng.uint32(),
  uniform: (rng) => rng.uniform(),
  small: (rng) => rng.integer(7),
  large: (rng) => rng.integer(2 ** 40),
  normal: (rng) => rng.normal(),
  categorical: (rng) => rng.categorical([0, 1, 2]),
};
const program = fc.array(fc.constantFrom(...Object.keys(draws)), { maxLength: 30 });
const seed = fc.oneof(fc.nat(), fc.string(), fc.maxSafeNat());

describe('a random stream', () => {
  it('goes on from its state, through JSON, as if never stopped', () => {
    fc.assert(
      fc.property(seed, program, program, (from, before, after) => {
        const rng = seededRng(from);
        for (const name of before) draws[name](rng);
        const again = restoreRng(JSON.parse(JSON.stringify(rng.state())));
        expect(after.map((name) => draws[name](again))).toEqual(after.map((name) => draws[name](rng)));
        expect(again.state()).toEqual(rng.state());
      }),
      { seed: 1 },
    );
  });

  it('forks by name alone, whatever was drawn', () => {
    fc.assert(
      fc.property(seed, program, fc.string(), (from, before, name) => {
        const rng = seededRng(from);
        for (const drawn of before) draws[drawn](rng);
        expect(rng.fork(name).state()).toEqual(seededRng(from).fork(name).state());
      }),
      { seed: 2 },
    );
  });

  it('is not used up by forking', () => {
    const rng = seededRng(5);
    const before = rng.state();
    rng.fork('x');
    expect(rng.state()).toEqual(before);
  });

  it('uniform is the two words as documented', () => {
    const words = seededRng(12);
    const uniforms = seededRng(12);
    for (const rng of [words, uniforms]) rng.uint32(); // an odd offset: uniforms straddle blocks
    for (let i = 0; i < 100; i++) {
      const high = words.uint32() >>> 5;
      const low = words.uint32() >>> 6;
      expect(uniforms.uniform()).toBe((high * 2 ** 26 + low) / 2 ** 53);
    }
  });
});

describe('names of forks', () => {
  it('give different keys: ten thousand names, nested forks, texts against forks', () => {
    const keys = new Set<string>();
    const rng = seededRng(0);
    const add = (stream: Rng) => keys.add(stream.state().key.join());
    for (let i = 0; i < 10_000; i++) add(rng.fork(`chain-${i}`));
    for (const stream of [
      rng.fork('a').fork('b'),
      rng.fork('ab'),
      rng.fork('b').fork('a'),
      rng.fork(''),
      rng.fork('\0'),
    ])
      add(stream);
    for (const text of ['a', 'ab', '', '\0', '\0\0', '\0\0\0\0', '\0\0\0\0\0']) add(seededRng(text));
    expect(keys.size).toBe(10_000 + 5 + 7);
  });

  it('give streams without correlation', () => {
    const rng = seededRng(7);
    const draw = (name: string) => {
      const stream = rng.fork(name);
      return Float64Array.from({ length: 10_000 }, () => stream.normal());
    };
    // Four standard errors of a correlation of 10,000 pairs.
    expect(Math.abs(pearson(draw('chain-0'), draw('chain-1')))).toBeLessThan(0.04);
  });
});
