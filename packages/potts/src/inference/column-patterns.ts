import type { DistinctSequences } from './distinct-sequences.ts';

/**
 * The distinct letter groups of `width` adjacent columns. Instead of adding one coupling row per column to a
 * sequence's logits, a kernel sums the rows of every pattern once and adds one row per group: about half the work,
 * with exactly the same result up to rounding. Groups are gathered into blocks whose table of pattern rows stays in
 * the cache and whose row numbers fit 16 bits.
 */
export interface ColumnPatterns {
  readonly width: 1 | 2 | 3;
  readonly groups: number;
  readonly patterns: number;
  /** First group of each block, and at the end the number of groups. */
  readonly blockGroups: Int32Array;
  /** First pattern of each block, and at the end the number of patterns. */
  readonly blockPatterns: Int32Array;
  /** Patterns of the largest block. */
  readonly largestBlock: number;
  /** Block by block, [sequences, groups of the block]: row of the sequence's pattern in the block's table, in vectors. */
  readonly ids: Uint16Array;
  /** [patterns, width]: row j·states + letter of each member, or sites·states for a missing letter. */
  readonly members: Uint32Array;
}

/** Bytes that the table of a block may take: a share of a core's second-level cache. */
const TABLE_BYTES = 1 << 19;
/** Row numbers are 16-bit counts of vectors. */
const LARGEST_ID = 65535;

interface Group {
  /** Pattern of each sequence, 0…distinct−1. */
  readonly ids: Int32Array;
  /** [distinct, width] rows. */
  readonly members: number[];
  readonly distinct: number;
}

/**
 * Patterns of the width that costs least row operations.
 * @param vectors vectors of 16 bytes in a row.
 * @param paddedSequences sequences after padding; padding sequences are missing everywhere.
 */
export function columnPatterns(
  data: DistinctSequences,
  vectors: number,
  paddedSequences: number,
): ColumnPatterns {
  let best: ColumnPatterns | undefined;
  let bestCost = Infinity;
  for (const width of [1, 2, 3] as const) {
    const candidate = patternsOfWidth(data, width, vectors, paddedSequences, bestCost);
    if (!candidate) continue;
    best = candidate;
    bestCost = rowOperations(candidate.groups, candidate.patterns, width, paddedSequences);
  }
  return best!;
}

/** Row operations of one pass: gather and scatter (which reads and writes), and building and spreading the tables. */
function rowOperations(groups: number, patterns: number, width: number, sequences: number): number {
  const perPattern = width === 1 ? 3 : 2 + 3 * width;
  return 3 * groups * sequences + perPattern * patterns;
}

function patternsOfWidth(
  data: DistinctSequences,
  width: 1 | 2 | 3,
  vectors: number,
  sequences: number,
  limit: number,
): ColumnPatterns | undefined {
  const groups = Math.ceil(data.sites / width);
  const found: Group[] = [];
  let patterns = 0;
  const index = new Int32Array((data.states + 1) ** width);
  for (let g = 0; g < groups; g++) {
    const group = patternsOfGroup(data, g * width, width, sequences, index.fill(-1));
    if ((group.distinct - 1) * vectors > LARGEST_ID) return undefined;
    patterns += group.distinct;
    if (rowOperations(groups, patterns, width, sequences) >= limit) return undefined;
    found.push(group);
  }
  return assemble(found, width, vectors, sequences, patterns);
}

function patternsOfGroup(
  data: DistinctSequences,
  start: number,
  width: number,
  sequences: number,
  index: Int32Array,
): Group {
  const { sites, states, letters } = data;
  const ids = new Int32Array(sequences);
  const members: number[] = [];
  let distinct = 0;
  for (let s = 0; s < sequences; s++) {
    let code = 0;
    const at = s * sites;
    for (let t = 0; t < width; t++) {
      const letter = s < data.sequences && start + t < sites ? letters[at + start + t] : -1;
      code = code * (states + 1) + letter + 1;
    }
    if (index[code] < 0) {
      index[code] = distinct++;
      let rest = code;
      const rows: number[] = [];
      for (let t = width - 1; t >= 0; t--) {
        const letter = (rest % (states + 1)) - 1;
        rest = Math.floor(rest / (states + 1));
        rows[t] = letter < 0 ? sites * states : (start + t) * states + letter;
      }
      members.push(...rows);
    }
    ids[s] = index[code];
  }
  return { ids, members, distinct };
}

/** First groups of the blocks, and the number of groups at the end. */
function cutBlocks(groups: readonly Group[], vectors: number): number[] {
  const blocks = [0];
  let patterns = 0;
  groups.forEach((group, g) => {
    const total = patterns + group.distinct;
    const tooLarge = total * vectors * 16 > TABLE_BYTES || (total - 1) * vectors > LARGEST_ID;
    if (patterns > 0 && tooLarge) {
      blocks.push(g);
      patterns = group.distinct;
    } else patterns = total;
  });
  return [...blocks, groups.length];
}

function assemble(
  groups: readonly Group[],
  width: 1 | 2 | 3,
  vectors: number,
  sequences: number,
  patterns: number,
): ColumnPatterns {
  const blockGroups = cutBlocks(groups, vectors);
  const blockPatterns = [0];
  const ids = new Uint16Array(sequences * groups.length);
  const members = new Uint32Array(patterns * width);
  let pattern = 0;
  for (let b = 0; b + 1 < blockGroups.length; b++) {
    const first = blockGroups[b];
    const count = blockGroups[b + 1] - first;
    const start = pattern;
    for (let k = 0; k < count; k++) {
      const group = groups[first + k];
      for (let s = 0; s < sequences; s++)
        ids[first * sequences + s * count + k] = (pattern - start + group.ids[s]) * vectors;
      members.set(group.members, pattern * width);
      pattern += group.distinct;
    }
    blockPatterns.push(pattern);
  }
  return {
    width,
    groups: groups.length,
    patterns,
    blockGroups: Int32Array.from(blockGroups),
    blockPatterns: Int32Array.from(blockPatterns),
    largestBlock: Math.max(...blockPatterns.slice(1).map((end, b) => end - blockPatterns[b])),
    ids,
    members,
  };
}
