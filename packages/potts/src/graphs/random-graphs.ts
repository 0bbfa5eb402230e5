import { DomainError, type Ints, type Rng } from '@spinformer/numerics';

/** Pairings that are tried before a degree is given up; one in e^{(d²−1)/4} has no double edge. */
const ATTEMPTS = 1000;

/**
 * Edges of a random graph in which every site has the same number of neighbours: half-edges paired at random, where a
 * loop or a double edge is undone by exchanging partners with a random edge.
 *
 * @param options.degree neighbours of a site, 1…sites−1; sites · degree must be even.
 * @returns [edges, 2], new. Nearly uniform over such graphs when degree² is small against sites.
 * @throws {DomainError} for a degree that no such graph has.
 */
export function randomRegularEdges(options: { sites: number; degree: number; rng: Rng }): Ints<'edges two'> {
  const { sites, degree, rng } = options;
  const possible = Number.isInteger(degree) && degree >= 1 && degree < sites && (sites * degree) % 2 === 0;
  if (!possible)
    throw new DomainError(
      `randomRegularEdges: degree must be in 1…${sites - 1} with sites · degree even, got ${degree} for ${sites} sites.`,
    );
  const halves = Int32Array.from({ length: sites * degree }, (_, k) => Math.floor(k / degree));
  for (let k = halves.length - 1; k > 0; k--) swap(halves, k, rng.integer(k + 1));
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) if (repair(halves, sites, rng)) return halves;
  throw new DomainError(
    `randomRegularEdges: found no graph of ${sites} sites and degree ${degree}. Take the complete graph's complement.`,
  );
}

/** Exchanges ends of bad edges with random edges; true when none is left. */
function repair(halves: Int32Array, sites: number, rng: Rng): boolean {
  const count = halves.length / 2;
  const seen = new Set<number>();
  let good = true;
  for (let e = 0; e < count; e++) {
    const [i, j] = [halves[2 * e], halves[2 * e + 1]];
    const pair = Math.min(i, j) * sites + Math.max(i, j);
    if (i === j || seen.has(pair)) {
      swap(halves, 2 * e + 1, 2 * rng.integer(count) + 1);
      good = false;
    }
    seen.add(pair);
  }
  return good;
}

function swap(array: Int32Array, a: number, b: number): void {
  [array[a], array[b]] = [array[b], array[a]];
}

/**
 * Edges of an Erdős–Rényi graph: every pair of sites is joined with the same probability, independently.
 *
 * @param options.degree mean number of neighbours, in [0, sites − 1].
 * @returns [edges, 2], new.
 * @throws {DomainError} for a degree out of range.
 * @complexity O(sites + edges): the gaps between edges are drawn, not the pairs
 */
export function randomEdges(options: { sites: number; degree: number; rng: Rng }): Ints<'edges two'> {
  const { sites, degree, rng } = options;
  if (!(degree >= 0 && degree <= sites - 1))
    throw new DomainError(`randomEdges: degree must be in [0, ${sites - 1}], got ${degree}.`);
  const edges: number[] = [];
  const skip = Math.log1p(-degree / (sites - 1));
  if (degree === 0) return new Int32Array(0);
  for (let i = 1, j = -1; i < sites; ) {
    j += 1 + Math.floor(Math.log1p(-rng.uniform()) / skip);
    while (j >= i && i < sites) j -= i++;
    if (i < sites) edges.push(j, i);
  }
  return Int32Array.from(edges);
}

/** Edges of the complete graph, (0, 1), (0, 2), …; [edges, 2], new. */
export function completeEdges(sites: number): Ints<'edges two'> {
  const edges: number[] = [];
  for (let i = 0; i < sites; i++) for (let j = i + 1; j < sites; j++) edges.push(i, j);
  return Int32Array.from(edges);
}
