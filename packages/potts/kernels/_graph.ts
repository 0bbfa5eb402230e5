// A Potts graph in memory: compressed neighbour rows, one table row of couplings per neighbour and its state, and states
// as bytes, [blocks][sites][chains of a block].
import { address, whole } from './_conditional';

/** Words of the argument block; sampling/graph-memory.ts writes them in this order. */
export const CHAINS = 0, SITES = 1, STATES = 2, VECTORS = 3, BLOCK = 4, STARTS = 5, PLACES = 6, TABLE = 7, FIELDS = 8,
  VALUES = 9, KEYS = 10, BETAS = 11, CHANGED = 12, ENERGIES = 13, SWEEP_LOW = 14, SWEEP_HIGH = 15, SWEEPS = 16, RULE = 17,
  ORDER = 18, REAL = 19, BONDS = 20, RECOLOUR = 21, HAS_FIELDS = 22, EDGES = 23, EDGE_COUNT = 24;

/** Chains of a block. */
// @ts-ignore: decorator
@inline export function blockChains(args: usize, chunk: i32): i32 {
  return min(whole(args, BLOCK), whole(args, CHAINS) - chunk * whole(args, BLOCK));
}

/** States of a block's chains. */
// @ts-ignore: decorator
@inline export function blockValues(args: usize, chunk: i32): usize {
  return address(args, VALUES) + <usize>(chunk * whole(args, BLOCK)) * <usize>whole(args, SITES);
}
