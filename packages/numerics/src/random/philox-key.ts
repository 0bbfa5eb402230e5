import { writePhiloxBlock } from './philox.ts';

/** A 64-bit Philox key as two unsigned 32-bit words, least significant first. */
export type PhiloxKey = readonly [number, number];

/** Keeps keys of forks apart from keys of text seeds: the letters `fork` and `seed` as 32-bit words. */
const DOMAINS = { fork: 0x666f726b, seed: 0x73656564 } as const;

/**
 * Hashes a text under a key with Philox itself, as a sponge: the 128-bit state starts as (0, 0, domain, length of the
 * text in UTF-16 units); every four UTF-16 units, packed low half first into two words, are xored into the first two
 * words of the state, which is then replaced by its Philox block under `key`; after the last of them the state is
 * permuted once more. The first two words of the state are the new key.
 */
export function hashedKey(key: PhiloxKey, text: string, domain: keyof typeof DOMAINS): PhiloxKey {
  const state = new Int32Array([0, 0, DOMAINS[domain], text.length]);
  const permute = () => writePhiloxBlock(state, state[0], state[1], state[2], state[3], key[0], key[1]);
  const unit = (at: number) => (at < text.length ? text.charCodeAt(at) : 0);
  for (let at = 0; at < text.length; at += 4) {
    state[0] ^= unit(at) | (unit(at + 1) << 16);
    state[1] ^= unit(at + 2) | (unit(at + 3) << 16);
    permute();
  }
  permute();
  return [state[0] >>> 0, state[1] >>> 0];
}
