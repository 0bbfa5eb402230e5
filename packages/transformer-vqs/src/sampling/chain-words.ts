import { philox4x32, type Rng } from '@spinformer/numerics';

/** What the words of a chain are for: the last word of the Philox counter. */
export const PURPOSE = { start: 1, move: 2 } as const;

/** 2^−32: words become uniform numbers in (0, 1). */
const WORD = 2 ** -32;

/** Two key words per chain, from two words of the stream: a chain's numbers depend on its own key alone. */
export function chainKeys(rng: Rng, chains: number): Uint32Array {
  const base = [rng.uint32(), rng.uint32()];
  const keys = new Uint32Array(2 * chains);
  for (let c = 0; c < chains; c++) keys.set(philox4x32([c, 0, 0, 0], base).subarray(0, 2), 2 * c);
  return keys;
}

/** Four words of chain `chain`: block `block` of proposal `proposal`. */
export function chainWords(
  keys: Uint32Array,
  chain: number,
  proposal: number,
  block: number,
  purpose: number,
): Uint32Array {
  const counter = [proposal >>> 0, Math.floor(proposal * WORD) >>> 0, block, purpose];
  return philox4x32(counter, keys.subarray(2 * chain, 2 * chain + 2));
}

/** Uniform in 0…below−1, from a word; the bias is below/2^32. */
export function indexFrom(word: number, below: number): number {
  return Math.floor(word * WORD * below);
}

/** Logarithm of a uniform number in (0, 1). */
export function logUniform(word: number): number {
  return Math.log((word + 0.5) * WORD);
}
