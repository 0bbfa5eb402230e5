// Neighbours of every sequence: pairs with at least so many equal columns, sixteen columns to a comparison.
import { address, whole } from './_conditional';
import { equalBytes, equalResidues } from './_equal-bytes';

const ROWS = 0, SEQUENCES = 1, VECTORS = 2, NEEDED = 3, BLOCK = 4, COUNTS = 5, FIRST = 6, GAP = 7;
/** Rows of a tile, which stays in the first-level cache while a block runs over it. */
const TILE = 96;

/**
 * Chunk = block of sequences s: adds one to both counts of every pair s < t with NEEDED equal bytes or more. Most pairs
 * are settled after FIRST vectors. Counts are whole numbers, so that their order of addition does not matter.
 */
export function count(args: usize, chunk: i32, scratch: usize): void {
  const rows = address(args, ROWS), sequences = whole(args, SEQUENCES), bytes = <usize>whole(args, VECTORS) << 4;
  const needed = whole(args, NEEDED), counts = address(args, COUNTS), early = <usize>whole(args, FIRST) << 4;
  const s0 = chunk * whole(args, BLOCK), s1 = min(sequences, s0 + whole(args, BLOCK));
  const afterEarly = needed - <i32>(bytes - early);
  for (let tile = s0; tile < sequences; tile += TILE) {
    const end = min(sequences, tile + TILE);
    for (let s = s0; s < min(s1, end); s++) {
      const a = rows + <usize>s * bytes;
      let found = 0, t = max(s + 1, tile), b = rows + <usize>t * bytes;
      for (; t < end; t++, b += bytes) {
        let equal = equalBytes(a, b, 0, early);
        if (equal < afterEarly) continue;
        equal += equalBytes(a, b, early, bytes);
        if (equal < needed) continue;
        found++;
        atomic.add<i32>(counts + (<usize>t << 2), 1);
      }
      if (found) atomic.add<i32>(counts + (<usize>s << 2), found);
    }
  }
}

/**
 * As {@link count}, but gaps match nothing, and NEEDED points to a number of matches for each sequence, −1 for one that
 * takes no part. Padding is gaps.
 */
export function countResidues(args: usize, chunk: i32, scratch: usize): void {
  const rows = address(args, ROWS), sequences = whole(args, SEQUENCES), bytes = <usize>whole(args, VECTORS) << 4;
  const needs = address(args, NEEDED), counts = address(args, COUNTS), early = <usize>whole(args, FIRST) << 4;
  const gap = i8x16.splat(<i8>whole(args, GAP)), rest = <i32>(bytes - early);
  const s0 = chunk * whole(args, BLOCK), s1 = min(sequences, s0 + whole(args, BLOCK));
  for (let tile = s0; tile < sequences; tile += TILE) {
    const end = min(sequences, tile + TILE);
    for (let s = s0; s < min(s1, end); s++) {
      const a = rows + <usize>s * bytes, mine = load<i32>(needs + (<usize>s << 2));
      if (mine < 0) continue;
      let found = 0, t = max(s + 1, tile), b = rows + <usize>t * bytes;
      for (; t < end; t++, b += bytes) {
        const theirs = load<i32>(needs + (<usize>t << 2));
        if (theirs < 0) continue;
        let equal = equalResidues(a, b, 0, early, gap);
        if (equal + rest < min(mine, theirs)) continue;
        equal += equalResidues(a, b, early, bytes, gap);
        if (equal >= mine) found++;
        if (equal >= theirs) atomic.add<i32>(counts + (<usize>t << 2), 1);
      }
      if (found) atomic.add<i32>(counts + (<usize>s << 2), found);
    }
  }
}
