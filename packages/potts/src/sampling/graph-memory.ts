import { BackendError, DomainError } from '@spinformer/numerics';
import type { KernelModule, WasmRuntime } from '@spinformer/tensor/wasm';
import { clusterMovesKernels } from '../generated/cluster-moves.ts';
import { graphSweepsKernels } from '../generated/graph-sweeps.ts';
import { colourClasses } from '../graphs/colouring.ts';
import type { PottsGraph } from '../graphs/potts-graph.ts';
import { pottsStrengths } from '../graphs/potts-strengths.ts';
import { vectorsOf } from '../inference/problem-memory.ts';
import { type ChainMemory, sweepWords } from './chain-memory.ts';
import { couplingPlaces } from './graph-tables.ts';
import { MemoryBlocks } from './memory-blocks.ts';

/** How chains on a graph move. */
export type GraphRule = 'heat-bath' | 'metropolis' | 'checkerboard' | 'wolff' | 'swendsen-wang';

/** Chains of a block of single-site updates: larger ones gain a tenth and leave threads without work. */
const BLOCK = 8;
/** States are bytes. */
const MAX_STATES = 256;
const MAX_WORD = 2 ** 32 - 1;

/** A Potts graph and the states of many chains in WebAssembly memory. */
export class GraphMemory implements ChainMemory {
  readonly sites: number;
  private readonly runtime: WasmRuntime;
  private readonly graph: PottsGraph;
  private readonly rule: GraphRule;
  private readonly sweeps: KernelModule;
  private readonly moves: KernelModule;
  private readonly memory: MemoryBlocks;
  private readonly chains: number;
  private readonly padded: number;
  private readonly block: number;
  private readonly clusters: boolean;
  /** For clusters: the different strengths of edges, and the number of each edge's. */
  private readonly strengths: Float64Array;
  private readonly classes: Uint32Array;
  /** Places of everything in memory, by name. */
  private readonly at: Record<
    | 'starts'
    | 'places'
    | 'edgePlaces'
    | 'table'
    | 'fields'
    | 'values'
    | 'keys'
    | 'betas'
    | 'changed'
    | 'energies'
    | 'order'
    | 'edges',
    number
  >;
  private bonds = 0;

  constructor(runtime: WasmRuntime, graph: PottsGraph, rule: GraphRule, keys: Uint32Array) {
    if (graph.states > MAX_STATES)
      throw new DomainError(
        `sampleChains: a graph's states must be at most ${MAX_STATES}, got ${graph.states}.`,
      );
    this.clusters = rule === 'wolff' || rule === 'swendsen-wang';
    const strengths = this.clusters ? pottsStrengths('sampleChains', graph) : new Float64Array(0);
    const numbers = new Map(Array.from(new Set(strengths), (strength, number) => [strength, number]));
    this.strengths = Float64Array.from(numbers.keys());
    this.classes = Uint32Array.from(strengths, (strength) => numbers.get(strength)!);
    this.runtime = runtime;
    this.memory = new MemoryBlocks(runtime);
    this.graph = graph;
    this.rule = rule;
    this.sites = graph.sites;
    this.sweeps = runtime.load(graphSweepsKernels);
    this.moves = runtime.load(clusterMovesKernels);
    this.chains = keys.length / 2;
    this.padded = Math.ceil(this.chains / 4) * 4;
    this.block = this.clusters ? 1 : BLOCK;
    this.checkRoom();
    this.at = this.layOut(keys);
  }

  free(): void {
    this.memory.free();
  }

  write(values: Int32Array): void {
    const bytes = this.valueBytes().fill(0);
    for (let c = 0; c < this.chains; c++) {
      const [start, step] = this.place(c);
      for (let i = 0; i < this.sites; i++) bytes[start + i * step] = values[c * this.sites + i];
    }
  }

  read(): Int32Array {
    const bytes = this.valueBytes();
    const values = new Int32Array(this.chains * this.sites);
    for (let c = 0; c < this.chains; c++) {
      const [start, step] = this.place(c);
      for (let i = 0; i < this.sites; i++) values[c * this.sites + i] = bytes[start + i * step];
    }
    return values;
  }

  setBetas(betas: Float64Array): void {
    if (!this.clusters) {
      this.runtime.float32(this.at.betas, this.padded).fill(0).set(betas);
      return;
    }
    const different = [...new Set(betas)];
    this.writeBonds(different);
    const offsets = this.runtime.int32(this.at.betas, this.padded).fill(0);
    betas.forEach((beta, c) => {
      offsets[c] = 8 * different.indexOf(beta) * this.strengths.length;
    });
    this.runtime
      .float32(this.at.betas + 4 * this.padded, this.padded)
      .fill(0)
      .set(betas);
  }

  sweep(first: number, sweeps: number): number {
    const { runtime, sites } = this;
    const args = this.args(first, sweeps);
    if (this.clusters) {
      const scratchBytes = 64 + sites * (4 + 4 * this.graph.states);
      const job = this.rule === 'wolff' ? 'wolff' : 'swendsenWang';
      runtime.run(this.moves, job, this.chains, args, { scratchBytes });
    } else {
      const scratchBytes = 32 * this.block + 64 * vectorsOf(this.graph.states);
      runtime.run(this.sweeps, 'sweeps', this.blocks, args, { scratchBytes });
    }
    const chunks = this.clusters ? this.chains : this.blocks;
    return runtime.float64(this.at.changed, chunks).reduce((sum, count) => sum + count, 0);
  }

  energies(): Float64Array {
    this.runtime.run(this.sweeps, 'energies', this.blocks, this.args(0, 0, this.at.places));
    return this.runtime.float64(this.at.energies, this.padded).slice(0, this.chains);
  }

  private get blocks(): number {
    return Math.ceil(this.padded / this.block);
  }

  /** Where a chain's first site stands, and the step to the next one. */
  private place(chain: number): [number, number] {
    const first = chain - (chain % this.block);
    return [first * this.sites + (chain % this.block), Math.min(this.block, this.padded - first)];
  }

  private valueBytes(): Uint8Array {
    return this.runtime.bytes(this.at.values, this.padded * this.sites);
  }

  /** The argument block, in the order of kernels/_graph.ts. */
  private args(
    first: number,
    sweeps: number,
    places = this.clusters ? this.at.edgePlaces : this.at.places,
  ): number[] {
    const { graph, at } = this;
    const shape = [this.padded, this.sites, graph.states, vectorsOf(graph.states), this.block];
    const model = [at.starts, places, at.table, at.fields];
    const chains = [at.values, at.keys, at.betas, at.changed, at.energies];
    const rule = [...sweepWords(first, sweeps), this.rule === 'metropolis' ? 1 : 0, at.order, this.chains];
    const recolour = this.strengths.every((strength) => strength >= 0) ? 1 : 0;
    const hasFields = graph.fields.some((field) => field !== 0) ? 1 : 0;
    return [
      ...shape,
      ...model,
      ...chains,
      ...rule,
      this.bonds,
      recolour,
      hasFields,
      at.edges,
      graph.edges.length / 2,
    ];
  }

  private checkRoom(): void {
    const bytes = this.padded * this.sites + 40 * this.graph.edges.length + 4 * this.graph.fields.length;
    const free = this.runtime.maximumBytes - this.runtime.bytesInUse;
    if (bytes > free)
      throw new BackendError(
        `sampleChains: ${this.sites} sites and ${this.chains} chains need ${(bytes / 2 ** 20).toFixed(0)} MiB, the ` +
          `runtime has ${(free / 2 ** 20).toFixed(0)} MiB left. Sample fewer chains at a time.`,
      );
  }

  private layOut(keys: Uint32Array): GraphMemory['at'] {
    const { graph, padded, sites } = this;
    const width = 4 * vectorsOf(graph.states);
    const { starts, places, edgePlaces, table } = couplingPlaces(graph, width);
    const fields = new Float32Array(sites * width);
    for (let k = 0; k < graph.fields.length; k++)
      fields[Math.floor(k / graph.states) * width + (k % graph.states)] = graph.fields[k];
    const slots = new Uint32Array(2 * padded);
    for (let c = 0; c < this.chains; c++) {
      slots[c] = keys[2 * c];
      slots[padded + c] = keys[2 * c + 1];
    }
    return {
      starts: this.memory.put(starts),
      places: this.memory.put(places),
      edgePlaces: this.memory.put(
        this.clusters ? edgePlaces.map((word, k) => (k % 2 ? this.classes[word] : word)) : edgePlaces,
      ),
      table: this.memory.put(table),
      fields: this.memory.put(fields),
      keys: this.memory.put(slots),
      order: this.memory.put(siteOrder(graph, this.rule)),
      edges: this.memory.put(this.classedEdges()),
      values: this.memory.allocate(padded * sites),
      betas: this.memory.allocate(8 * padded),
      changed: this.memory.allocate(8 * padded),
      energies: this.memory.allocate(8 * padded),
    };
  }

  /** Both ends of every edge and the number of its strength, [edges, 3]. */
  private classedEdges(): Uint32Array {
    const { edges } = this.graph;
    return Uint32Array.from({ length: 3 * this.classes.length }, (_, k) => {
      const edge = Math.floor(k / 3);
      return k % 3 === 2 ? this.classes[edge] : edges[2 * edge + (k % 3)];
    });
  }

  /** 2^32 (1 − exp(−β|K|)) and whether K is negative, of every strength at every temperature. */
  private writeBonds(betas: readonly number[]): void {
    const words = new Uint32Array(2 * betas.length * this.strengths.length);
    betas.forEach((beta, t) => {
      this.strengths.forEach((strength, e) => {
        const probability = -Math.expm1(-beta * Math.abs(strength));
        const word = Math.min(MAX_WORD, Math.round(probability * 2 ** 32));
        words.set([word, strength < 0 ? 1 : 0], 2 * (t * this.strengths.length + e));
      });
    });
    this.memory.release(this.bonds);
    this.bonds = this.memory.put(words);
  }
}

/** Sites in the order of their updates. */
export function siteOrder(graph: PottsGraph, rule: string): Int32Array {
  if (rule !== 'checkerboard') return Int32Array.from({ length: graph.sites }, (_, site) => site);
  const order = new Int32Array(graph.sites);
  let at = 0;
  for (const sites of colourClasses(graph)) {
    order.set(sites, at);
    at += sites.length;
  }
  return order;
}
