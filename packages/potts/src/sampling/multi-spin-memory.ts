import { DomainError } from '@spinformer/numerics';
import type { KernelModule, WasmRuntime } from '@spinformer/tensor/wasm';
import { multiSpinKernels } from '../generated/multi-spin.ts';
import { adjacency } from '../graphs/adjacency.ts';
import { edgeCouplings, type PottsGraph } from '../graphs/potts-graph.ts';
import { pottsStrengths } from '../graphs/potts-strengths.ts';
import { type ChainMemory, sweepWords } from './chain-memory.ts';
import { siteOrder } from './graph-memory.ts';
import { MemoryBlocks } from './memory-blocks.ts';

/** Chains that share every instruction: one bit each. */
const GROUP = 128;
/** Neighbours are counted in four bits. */
const MAX_DEGREE = 15;
/** Bit planes of a counter. */
const COUNTER = 32;
const MAX_WORD = 2 ** 32 - 1;

/** Two-state chains of one bit per spin, all couplings equal but for their signs, in WebAssembly memory. */
export class MultiSpinMemory implements ChainMemory {
  readonly sites: number;
  private readonly runtime: WasmRuntime;
  private readonly kernels: KernelModule;
  private readonly memory: MemoryBlocks;
  private readonly chains: number;
  private readonly groups: number;
  private readonly strength: number;
  private readonly field: number;
  private readonly ground: number;
  private readonly at: Record<
    'starts' | 'places' | 'order' | 'thresholds' | 'planes' | 'keys' | 'changed' | 'masks' | 'counters',
    number
  >;

  constructor(runtime: WasmRuntime, graph: PottsGraph, keys: Uint32Array) {
    const strengths = pottsStrengths('sampleChains', graph);
    [this.strength, this.field] = checkUniform(graph, strengths);
    this.runtime = runtime;
    this.memory = new MemoryBlocks(runtime);
    this.ground = groundEnergy(graph);
    this.sites = graph.sites;
    this.kernels = runtime.load(multiSpinKernels);
    this.chains = keys.length / 2;
    this.groups = Math.ceil(this.chains / GROUP);
    const { starts, neighbours, edges } = adjacency(graph);
    const places = new Int32Array(2 * neighbours.length);
    neighbours.forEach((site, place) => {
      places.set([site, strengths[edges[place]] > 0 ? -1 : 0], 2 * place);
    });
    this.at = {
      starts: this.memory.put(starts),
      places: this.memory.put(places),
      order: this.memory.put(siteOrder(graph, 'checkerboard')),
      thresholds: this.memory.allocate(4 * 16 * 32 * 16),
      planes: this.memory.allocate(16 * this.groups * this.sites),
      keys: this.memory.put(groupKeys(keys, this.groups)),
      changed: this.memory.allocate(8 * this.groups),
      masks: this.memory.put(chainMasks(this.chains, this.groups)),
      counters: this.memory.allocate(16 * 2 * COUNTER * this.groups),
    };
  }

  free(): void {
    this.memory.free();
  }

  write(values: Int32Array): void {
    const planes = this.runtime.bytes(this.at.planes, 16 * this.groups * this.sites).fill(0);
    for (let c = 0; c < this.chains; c++)
      for (let i = 0; i < this.sites; i++)
        if (values[c * this.sites + i]) planes[this.place(c, i)] |= 1 << (c % 8);
  }

  read(): Int32Array {
    const planes = this.runtime.bytes(this.at.planes, 16 * this.groups * this.sites);
    const values = new Int32Array(this.chains * this.sites);
    for (let c = 0; c < this.chains; c++)
      for (let i = 0; i < this.sites; i++)
        values[c * this.sites + i] = (planes[this.place(c, i)] >> (c % 8)) & 1;
    return values;
  }

  setBetas(betas: Float64Array): void {
    const beta = betas[0];
    if (betas.some((other) => other !== beta))
      throw new DomainError(
        "sampleChains: the chains of 'multi-spin' share one beta. Use 'heat-bath' for chains at several temperatures.",
      );
    const thresholds = this.runtime.int32(this.at.thresholds, 16 * 32 * 16).fill(0);
    for (let degree = 0; degree <= MAX_DEGREE; degree++)
      for (let count = 0; count <= degree; count++) {
        const logit = beta * (this.strength * (2 * count - degree) + this.field);
        const word = Math.min(MAX_WORD, Math.round(2 ** 32 / (1 + Math.exp(-logit))));
        for (let plane = 0; plane < 32; plane++)
          thresholds[16 * (32 * degree + plane) + count] = (word << plane) >> 31;
      }
  }

  sweep(first: number, sweeps: number): number {
    this.runtime.run(this.kernels, 'sweeps', this.groups, this.args(first, sweeps), { scratchBytes: 512 });
    return this.runtime.float64(this.at.changed, this.groups).reduce((sum, count) => sum + count, 0);
  }

  /** From the numbers of unsatisfied edges and of sites in state 1. */
  energies(): Float64Array {
    this.runtime.run(this.kernels, 'counts', this.groups, this.args(0, 0), { scratchBytes: 512 });
    const counters = this.runtime.bytes(this.at.counters, 16 * 2 * COUNTER * this.groups);
    return Float64Array.from({ length: this.chains }, (_, chain) => {
      const group = 2 * Math.floor(chain / GROUP);
      const unsatisfied = readCounter(counters, group, chain % GROUP);
      const ones = readCounter(counters, group + 1, chain % GROUP);
      return this.ground + this.strength * unsatisfied + this.field * ones;
    });
  }

  private place(chain: number, site: number): number {
    const bit = chain % GROUP;
    return 16 * (Math.floor(chain / GROUP) * this.sites + site) + (bit >> 3);
  }

  private args(first: number, sweeps: number): number[] {
    const { at } = this;
    const model = [this.groups, this.sites, at.starts, at.places, at.thresholds];
    return [
      ...model,
      at.planes,
      at.keys,
      at.changed,
      ...sweepWords(first, sweeps),
      at.masks,
      at.counters,
      at.order,
    ];
  }
}

/** |K| and h(0) − h(1), where they are the same everywhere. */
function checkUniform(graph: PottsGraph, strengths: Float64Array): [number, number] {
  const strength = Math.abs(strengths[0] ?? 0);
  const field = graph.fields[0] - graph.fields[1];
  const { starts } = adjacency(graph);
  const uniform =
    graph.states === 2 &&
    strengths.every((other) => Math.abs(other) === strength) &&
    graph.fields.every((value, k) => k % 2 === 1 || value - graph.fields[k + 1] === field) &&
    starts.every((start, site) => site === 0 || start - starts[site - 1] <= MAX_DEGREE);
  if (!uniform)
    throw new DomainError(
      `sampleChains: 'multi-spin' takes two states, couplings of one magnitude, one field for all sites and at most ` +
        `${MAX_DEGREE} neighbours. Use 'heat-bath', which takes any graph.`,
    );
  return [strength, field];
}

/** The energy of a configuration of zeros with all edges satisfied, whether there is one or not. */
function groundEnergy(graph: PottsGraph): number {
  let energy = 0;
  const pair = new Float64Array(4);
  for (let e = 0; e < graph.edges.length / 2; e++) energy -= Math.max(...edgeCouplings(graph, e, pair));
  for (let k = 0; k < graph.fields.length; k += 2) energy -= graph.fields[k];
  return energy;
}

/** Keys of the groups: those of their first chains. */
function groupKeys(keys: Uint32Array, groups: number): Uint32Array {
  return Uint32Array.from({ length: 2 * groups }, (_, k) => keys[2 * GROUP * (k >> 1) + (k & 1)]);
}

/** The bits of a group that are chains of the caller. */
function chainMasks(chains: number, groups: number): Int32Array {
  const masks = new Int32Array(4 * groups);
  for (let c = 0; c < chains; c++) masks[4 * Math.floor(c / GROUP) + ((c % GROUP) >> 5)] |= 1 << (c % 32);
  return masks;
}

function readCounter(counters: Uint8Array, counter: number, bit: number): number {
  let count = 0;
  for (let plane = COUNTER - 1; plane >= 0; plane--)
    count = 2 * count + ((counters[16 * (counter * COUNTER + plane) + (bit >> 3)] >> (bit % 8)) & 1);
  return count;
}
