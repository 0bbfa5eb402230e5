import { DomainError } from '@spinformer/numerics';
import { adjacency } from '../graphs/adjacency.ts';
import { edgeCouplings, type PottsGraph } from '../graphs/potts-graph.ts';

/** Largest table of couplings, in bytes: rows are addressed by 32 bits. */
const MAX_BYTES = 2 ** 31;

/** Neighbour lists whose places name the couplings that they stand for. */
export interface CouplingPlaces {
  /** [sites + 1]. */
  readonly starts: Int32Array;
  /** [places, 2]: the neighbour, and the byte offset of its matrix in `table`. */
  readonly places: Uint32Array;
  /** [places, 2]: the neighbour, and the number of the edge. */
  readonly edgePlaces: Uint32Array;
  /** Matrices [states of the neighbour][states, padded to `width`], each different one once. */
  readonly table: Float32Array;
}

/** Lays out a graph's couplings for kernels; equal matrices are stored once. `width` is a multiple of four. */
export function couplingPlaces(graph: PottsGraph, width: number): CouplingPlaces {
  const { states, edges } = graph;
  const { starts, neighbours, edges: numbers } = adjacency(graph);
  const places = new Uint32Array(2 * neighbours.length);
  const edgePlaces = new Uint32Array(2 * neighbours.length);
  const matrices = new MatrixTable(graph, width);
  for (let site = 0; site < graph.sites; site++)
    for (let place = starts[site]; place < starts[site + 1]; place++) {
      const edge = numbers[place];
      const matrix = matrices.place(edge, edges[2 * edge] === site);
      places.set([neighbours[place], 4 * matrix * states * width], 2 * place);
      edgePlaces.set([neighbours[place], edge], 2 * place);
    }
  return { starts, places, edgePlaces, table: matrices.table() };
}

/** The different coupling matrices of a graph, as seen from either end of an edge. */
class MatrixTable {
  private readonly graph: PottsGraph;
  private readonly width: number;
  private readonly symmetric: boolean;
  private readonly known = new Map<string, number>();
  private readonly matrices: Float32Array[] = [];

  constructor(graph: PottsGraph, width: number) {
    this.graph = graph;
    this.width = width;
    const { states, colourCouplings } = graph;
    const size = states * states;
    this.symmetric = colourCouplings.every((value, k) => {
      const [a, b] = [Math.floor((k % size) / states), k % states];
      return value === colourCouplings[k - (k % size) + b * states + a];
    });
  }

  /** The number of the matrix of an edge, seen from its first end or from its second one. */
  place(edge: number, fromFirst: boolean): number {
    const key = this.key(edge, fromFirst);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.matrices.push(this.matrix(edge, fromFirst));
    this.known.set(key, this.matrices.length - 1);
    return this.matrices.length - 1;
  }

  table(): Float32Array {
    const size = this.graph.states * this.width;
    if (4 * size * this.matrices.length > MAX_BYTES)
      throw new DomainError(
        `sampleChains: ${this.matrices.length} different couplings of ${this.graph.states} states need more than 2 GiB. ` +
          'Take fewer edges or states.',
      );
    const table = new Float32Array(size * this.matrices.length);
    this.matrices.forEach((matrix, k) => {
      table.set(matrix, k * size);
    });
    return table;
  }

  private key(edge: number, fromFirst: boolean): string {
    const { heads, siteCouplings, pairCouplings, edges } = this.graph;
    if (pairCouplings) return `${edge} ${fromFirst}`;
    const parts: (number | boolean)[] = [this.symmetric || fromFirst];
    for (let h = 0; h < heads; h++) parts.push(siteCouplings[(h * edges.length) / 2 + edge]);
    return parts.join(' ');
  }

  private matrix(edge: number, fromFirst: boolean): Float32Array {
    const { states } = this.graph;
    const pair = edgeCouplings(this.graph, edge, new Float64Array(states * states));
    const matrix = new Float32Array(states * this.width);
    for (let own = 0; own < states; own++)
      for (let other = 0; other < states; other++)
        matrix[other * this.width + own] = pair[fromFirst ? own * states + other : other * states + own];
    return matrix;
  }
}
