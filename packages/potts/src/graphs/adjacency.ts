import type { PottsGraph } from './potts-graph.ts';

/** Neighbours of every site in compressed rows: those of site i stand at places starts[i]…starts[i + 1] − 1. */
export interface Adjacency {
  /** [sites + 1]. */
  readonly starts: Int32Array;
  /** The neighbour at each place, [2 · edges]. */
  readonly neighbours: Int32Array;
  /** The edge at each place, [2 · edges]. */
  readonly edges: Int32Array;
}

/** Neighbour lists of a graph, in the order of its edges. */
export function adjacency({ sites, edges }: Pick<PottsGraph, 'sites' | 'edges'>): Adjacency {
  const starts = new Int32Array(sites + 1);
  for (const site of edges) starts[site + 1]++;
  for (let i = 0; i < sites; i++) starts[i + 1] += starts[i];
  const next = starts.slice(0, sites);
  const neighbours = new Int32Array(edges.length);
  const numbers = new Int32Array(edges.length);
  for (let e = 0; e < edges.length / 2; e++)
    for (const end of [0, 1]) {
      const place = next[edges[2 * e + end]]++;
      neighbours[place] = edges[2 * e + 1 - end];
      numbers[place] = e;
    }
  return { starts, neighbours, edges: numbers };
}
