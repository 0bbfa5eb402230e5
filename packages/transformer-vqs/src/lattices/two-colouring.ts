import type { Bond } from '../lattice.ts';

/**
 * Colours sites 0 and 1 so that every nearest-neighbour bond (kind 0) joins different colours; a site that comes first
 * in its component is 0.
 * @returns the colours, or undefined where there are none: an odd cycle frustrates them.
 */
export function twoColouring(sites: number, bonds: readonly Bond[]): Int8Array | undefined {
  const neighbours: number[][] = Array.from({ length: sites }, () => []);
  for (const { i, j, kind } of bonds) {
    if (kind !== 0) continue;
    neighbours[i].push(j);
    neighbours[j].push(i);
  }
  const colours = new Int8Array(sites).fill(-1);
  for (let root = 0; root < sites; root++) {
    if (colours[root] >= 0) continue;
    colours[root] = 0;
    const queue = [root];
    for (const site of queue)
      for (const other of neighbours[site]) {
        if (colours[other] === colours[site]) return undefined;
        if (colours[other] >= 0) continue;
        colours[other] = 1 - colours[site];
        queue.push(other);
      }
  }
  return colours;
}
