import { type RngState, restoreRng, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { multiplyHigh } from '../../../src/random/philox.ts';

describe('seededRng', () => {
  it('takes 0 as a seed, and text', () => {
    expect(seededRng(0).state().key).toEqual([0, 0]);
    expect(seededRng('0').state().key).not.toEqual([0, 0]);
    expect(seededRng('').uint32()).not.toBe(seededRng(0).uint32());
  });

  it.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('refuses the seed %d', (seed) => {
    expect(() => seededRng(seed)).toThrow(
      `seededRng: seed must be an integer in 0…2^53−1 or a text, got ${seed}.`,
    );
  });
});

describe('draws', () => {
  it.each([0, -3, 1.5, 2 ** 53 + 2, Number.NaN])('refuses integer(%d)', (below) => {
    expect(() => seededRng(1).integer(below)).toThrow(
      `integer: below must be an integer in 1…2^53, got ${below}.`,
    );
  });

  it('draws integers up to any bound', () => {
    const rng = seededRng(9);
    for (const below of [1, 2, 7, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32, 2 ** 40 + 3, 2 ** 53]) {
      for (let i = 0; i < 50; i++) {
        const value = rng.integer(below);
        expect(Number.isInteger(value) && value >= 0 && value < below).toBe(true);
      }
    }
  });

  it.each([
    [[], 'got none. Pass one logit per state.'],
    [[0, Number.NaN], 'got NaN at state 1. Check what computed it.'],
    [[Number.NaN, 0], 'got NaN at state 0. Check what computed it.'],
    [[0, Number.POSITIVE_INFINITY], 'got Infinity at state 1. Check what computed it.'],
    [
      [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
      'got −Infinity everywhere. Allow at least one state.',
    ],
  ])('refuses categorical(%j)', (logits, message) => {
    expect(() => seededRng(1).categorical(logits)).toThrow(
      `at least one of them above −Infinity, ${message}`,
    );
  });

  it('never draws a state of probability zero, and does not mind large logits', () => {
    const rng = seededRng(4);
    for (let i = 0; i < 100; i++) expect(rng.categorical([Number.NEGATIVE_INFINITY, 1e6, -1e300])).toBe(1);
  });
});

describe('restoreRng', () => {
  const state = seededRng(3).state();

  it.each([
    [
      { ...state, algorithm: 'mt19937' },
      'restoreRng: state must be of algorithm philox4x32-10/1, got mt19937.',
    ],
    [null, 'got undefined.'],
    [{ ...state, used: 5 }, 'restoreRng: state is damaged'],
    [{ ...state, key: [1] }, 'restoreRng: state is damaged'],
    [{ ...state, counter: [0, 0, 0, -1] }, 'restoreRng: state is damaged'],
    [{ ...state, spare: Number.NaN }, 'restoreRng: state is damaged'],
  ])('refuses %j', (bad, message) => {
    expect(() => restoreRng(bad as RngState)).toThrow(message);
  });

  it('carries through all four words of the counter', () => {
    const full = 0xffffffff;
    const rng = restoreRng({ ...state, counter: [full, full, full, 6] });
    rng.uint32();
    expect(rng.state().counter).toEqual([0, 0, 0, 7]);
    const again = restoreRng(rng.state());
    expect(again.uint32()).toBe(rng.uint32());
  });
});

describe('multiplyHigh', () => {
  it('is the upper half of the product', () => {
    const rng = seededRng(8);
    const words = [
      0,
      1,
      0xffff,
      0x10000,
      0x7fffffff,
      0x80000000,
      0xffffffff,
      rng.uint32(),
      rng.uint32(),
      rng.uint32(),
    ];
    for (const a of words) {
      for (const b of words) expect(multiplyHigh(a, b) >>> 0).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
    }
  });
});
