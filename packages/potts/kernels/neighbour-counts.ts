// Neighbours of every sequence: pairs with at least so many equal columns, sixteen columns to a comparison.
import { address, whole } from './_conditional';
import { equalBytes } from './_equal-bytes';

const ROWS = 0, SEQUENCES = 1, VECTORS = 2, NEEDED = 3, BLOCK = 4, COUNTS = 5, FIRST = 6;
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
