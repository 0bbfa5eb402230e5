import { adjacency } from './adjacency.ts';
import type { PottsGraph } from './potts-graph.ts';

/**
 * Sites in classes without edges inside, greedily in the order of their numbers: two classes on a square lattice with
 * even sides, the checkerboard. Sites of one class can be updated at the same time.
 *
 * @returns the sites of each class in ascending order; at most the largest degree + 1 classes.
 * @complexity O(sites + edges)
 */
export function colourClasses(graph: Pick<PottsGraph, 'sites' | 'edges'>): readonly Int32Array[] {
  const { starts, neighbours } = adjacency(graph);
  const colours = new Int32Array(graph.sites).fill(-1);
  const classes: number[][] = [];
  for (let i = 0; i < graph.sites; i++) {
    const taken = new Set(neighbours.subarray(starts[i], starts[i + 1]).map((j) => colours[j]));
    let colour = 0;
    while (taken.has(colour)) colour++;
    colours[i] = colour;
    classes[colour] ??= [];
    classes[colour].push(i);
  }
  return classes.map((sites) => Int32Array.from(sites));
}
