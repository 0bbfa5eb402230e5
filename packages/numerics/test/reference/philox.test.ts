import { philox4x32, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

/** Random123 1.14.0, tests/kat_vectors, lines `philox4x32 10`: counter, key, expected. */
const KNOWN_ANSWERS = [
  { counter: [0, 0, 0, 0], key: [0, 0], expected: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    expected: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    expected: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

describe('philox4x32 against Random123', () => {
  it.each(KNOWN_ANSWERS)('answers as published for key $key', ({ counter, key, expected }) => {
    expect(Array.from(philox4x32(counter, key))).toEqual(expected);
  });

  it('is the stream of seededRng, block after block', () => {
    const rng = seededRng(2 ** 32 * 5 + 3);
    const words = Array.from({ length: 12 }, () => rng.uint32());
    expect(words).toEqual([0, 1, 2].flatMap((block) => Array.from(philox4x32([block, 0, 0, 0], [3, 5]))));
  });
});
