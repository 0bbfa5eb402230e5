// For every row of one set the nearest row of another: most equal columns, sixteen columns to a comparison.
import { address, whole } from './_conditional';
import { equalBytes } from './_equal-bytes';

const QUERIES = 0, COUNT = 1, ROWS = 2, ROW_COUNT = 3, VECTORS = 4, BLOCK = 5, NEAREST = 6, EQUAL = 7, FIRST = 8, APART = 9;
/** Rows of a tile, which stays in the first-level cache while a block of queries runs over it. */
const TILE = 96;

/**
 * Chunk = block of queries: number of the nearest row and its equal bytes, the first of equals. With APART, query and row of
 * the same number are not compared. Most pairs are settled after FIRST vectors.
 */
export function nearest(args: usize, chunk: i32, scratch: usize): void {
  const queries = address(args, QUERIES), rows = address(args, ROWS), rowCount = whole(args, ROW_COUNT);
  const bytes = <usize>whole(args, VECTORS) << 4, early = <usize>whole(args, FIRST) << 4, late = <i32>(bytes - early);
  const nearest = address(args, NEAREST), equal = address(args, EQUAL), apart = whole(args, APART) != 0;
  const q0 = chunk * whole(args, BLOCK), q1 = min(whole(args, COUNT), q0 + whole(args, BLOCK));
  for (let q = q0; q < q1; q++) {
    store<i32>(nearest + (<usize>q << 2), -1);
    store<i32>(equal + (<usize>q << 2), -1);
  }
  for (let tile = 0; tile < rowCount; tile += TILE) {
    const end = min(rowCount, tile + TILE);
    for (let q = q0; q < q1; q++) {
      const a = queries + <usize>q * bytes, place = <usize>q << 2;
      let best = load<i32>(equal + place), b = rows + <usize>tile * bytes;
      for (let t = tile; t < end; t++, b += bytes) {
        if (apart && t == q) continue;
        let found = equalBytes(a, b, 0, early);
        if (found + late <= best) continue;
        found += equalBytes(a, b, early, bytes);
        if (found <= best) continue;
        best = found;
        store<i32>(equal + place, found);
        store<i32>(nearest + place, t);
      }
    }
  }
}
