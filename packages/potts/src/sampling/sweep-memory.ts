import type { PottsLike } from '@spinformer/numerics';
import { BackendError } from '@spinformer/numerics';
import type { KernelModule, WasmRuntime } from '@spinformer/tensor/wasm';
import { chainSweepsKernels } from '../generated/chain-sweeps.ts';
import { vectorsOf } from '../inference/problem-memory.ts';
import { sweepWords } from './chain-memory.ts';

/** How a chain changes one site. */
export type UpdateRule = 'heat-bath' | 'metropolis';

/** Columns whose coupling rows are added in one pass over the chains of a block: they stay in the first-level cache. */
const STRIP = 16;
/** Chains of a block: many share a site's rows, few enough that their logits stay in the cache. */
const LARGEST_BLOCK = 1024;
const SMALLEST_BLOCK = 512;
/** Blocks that there should be at least, for the threads to share. */
const BLOCKS = 8;

/** Chains of a block; depends on the number of chains alone, so that results do not depend on the threads. */
function blockOf(chains: number): number {
  const share = Math.ceil(chains / BLOCKS / 4) * 4;
  return Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, share));
}

/** A model and the states of many chains in WebAssembly memory, and the sweeps over them. */
export class SweepMemory {
  readonly sites: number;
  private readonly runtime: WasmRuntime;
  private readonly kernels: KernelModule;
  private readonly blocks: number[] = [];
  private readonly states: number;
  private readonly chains: number;
  private readonly vectors: number;
  /** Chains, padded to fours: the rest are drawn along and never read. */
  private readonly padded: number;
  private readonly block: number;
  /** Address of J_ij(a, b) as float32 rows over a, [sites i, sites j, states b, 4·vectors a]: learning writes here. */
  readonly table: number;
  /** Address of h_i(a), float32, [sites, 4·vectors]. */
  readonly fields: number;
  private readonly ids: number;
  private readonly keys: number;
  private readonly counts: number;
  private readonly betas: number;
  private readonly sums: number;
  private readonly reduced: boolean;
  /** What the energies of the parameters in memory lack: that of the last state everywhere. */
  private ground = 0;

  /**
   * @param options.reduce in the lattice-gas gauge the last state's parameters are zero; where that saves a vector of
   *   four (21 states) rows are kept in it. Then `table` and `fields` are not for writing. Default false.
   */
  constructor(
    runtime: WasmRuntime,
    model: PottsLike,
    beta: number,
    keys: Uint32Array,
    { reduce = false }: { readonly reduce?: boolean } = {},
  ) {
    this.runtime = runtime;
    this.kernels = runtime.load(chainSweepsKernels);
    this.sites = model.sites;
    this.states = model.states;
    this.chains = keys.length / 2;
    this.reduced = reduce && model.states % 4 === 1;
    this.vectors = vectorsOf(this.reduced ? model.states - 1 : model.states);
    this.padded = Math.ceil(this.chains / 4) * 4;
    this.block = blockOf(this.chains);
    this.checkRoom();
    const width = 4 * this.vectors;
    this.table = this.allocate(4 * this.sites * this.sites * this.states * width);
    this.fields = this.allocate(4 * this.sites * width);
    this.ids = this.allocate(2 * this.padded * this.sites);
    this.keys = this.allocate(8 * this.padded);
    this.counts = this.allocate(8 * this.blocksOfChains);
    this.betas = this.allocate(4 * this.padded);
    this.sums = this.allocate(8 * this.padded);
    this.setBetas(new Float64Array(this.chains).fill(beta));
    this.writeModel(model);
    const slots = runtime.int32(this.keys, 2 * this.padded).fill(0);
    for (let c = 0; c < this.chains; c++) {
      slots[c] = keys[2 * c];
      slots[this.padded + c] = keys[2 * c + 1];
    }
  }

  free(): void {
    for (const pointer of this.blocks.splice(0)) this.runtime.free(pointer);
  }

  /** Sets the states, [chains, sites]. */
  write(values: Int32Array): void {
    const ids = this.idView();
    for (let c = 0; c < this.padded; c++)
      for (let i = 0; i < this.sites; i++) {
        const state = c < this.chains ? values[c * this.sites + i] : 0;
        ids[this.slot(c, i)] = ((i % STRIP) * this.states + state) * this.vectors;
      }
  }

  /** The states, [chains, sites], a new array. */
  read(): Int32Array {
    const ids = this.idView();
    const out = new Int32Array(this.chains * this.sites);
    for (let c = 0; c < this.chains; c++)
      for (let i = 0; i < this.sites; i++)
        out[c * this.sites + i] = ids[this.slot(c, i)] / this.vectors - (i % STRIP) * this.states;
    return out;
  }

  /** Sets the inverse temperature of every chain, [chains]. */
  setBetas(betas: Float64Array): void {
    this.runtime.float32(this.betas, this.padded).fill(0).set(betas);
  }

  /** E of every chain, [chains], new: float64 sums of the float32 parameters that the sweeps use. */
  energies(): Float64Array {
    const args = this.args('heat-bath', 0, 0);
    this.runtime.run(this.kernels, 'energies', this.blocksOfChains, args, { scratchBytes: 4 * this.block });
    return this.runtime.float64(this.sums, this.chains).map((energy) => energy + this.ground);
  }

  /** Sweeps number `first`… of every chain; returns how many sites changed their state. */
  sweep(rule: UpdateRule, first: number, sweeps: number): number {
    const args = this.args(rule, first, sweeps);
    const scratchBytes = this.block * (16 * this.vectors + 32) + 64 * this.vectors + 64;
    this.runtime.run(this.kernels, 'sweeps', this.blocksOfChains, args, { scratchBytes });
    return this.runtime.float64(this.counts, this.blocksOfChains).reduce((sum, count) => sum + count, 0);
  }

  private args(rule: UpdateRule, first: number, sweeps: number): number[] {
    const shape = [this.padded, this.sites, this.states, this.vectors, this.block, STRIP];
    const places = [this.table, this.fields, this.ids, this.keys];
    const sweep = [...sweepWords(first, sweeps), rule === 'metropolis' ? 1 : 0];
    return [...shape, ...places, ...sweep, this.counts, this.chains, this.betas, this.sums];
  }

  private get blocksOfChains(): number {
    return Math.ceil(this.padded / this.block);
  }

  private idView(): Uint16Array {
    return new Uint16Array(this.runtime.memory.buffer, this.ids, this.padded * this.sites);
  }

  /** Place of a chain's site: strips of columns one after another, a chain's columns side by side within each. */
  private slot(chain: number, site: number): number {
    const start = site - (site % STRIP);
    return start * this.padded + chain * Math.min(STRIP, this.sites - start) + (site % STRIP);
  }

  private allocate(bytes: number): number {
    const pointer = this.runtime.allocate(Math.max(64, bytes));
    this.blocks.push(pointer);
    return pointer;
  }

  private checkRoom(): void {
    const bytes = 16 * this.vectors * this.sites * this.sites * this.states + 2 * this.padded * this.sites;
    const free = this.runtime.maximumBytes - this.runtime.bytesInUse;
    if (bytes > free)
      throw new BackendError(
        `sampleChains: ${this.sites} sites of ${this.states} states and ${this.chains} chains need ` +
          `${(bytes / 2 ** 20).toFixed(0)} MiB, the runtime has ${(free / 2 ** 20).toFixed(0)} MiB left. ` +
          'Sample fewer chains at a time.',
      );
  }

  /** Rows J_ij(·, b) by site i, and fields h_i, padded with zeros. */
  private writeModel(model: PottsLike): void {
    const { sites, states, fields } = model;
    const width = 4 * this.vectors;
    const table = this.runtime.float32(this.table, sites * sites * states * width).fill(0);
    const field = this.runtime.float32(this.fields, sites * width).fill(0);
    const last = states - 1;
    for (let i = 0; i < sites; i++) {
      const own = fields.slice(i * states, (i + 1) * states);
      for (let j = 0; j < sites; j++) if (j !== i) this.writePair(model, table, own, i, j);
      if (this.reduced) this.ground -= fields[i * states + last];
      field.set(this.reduced ? own.subarray(0, last).map((h) => h - own[last]) : own, i * width);
    }
  }

  /** The rows of one pair; in the lattice-gas gauge, with what that adds to the fields `own`. */
  private writePair(
    { sites, states, couplings }: PottsLike,
    table: Float32Array,
    own: Float64Array,
    i: number,
    j: number,
  ) {
    const width = 4 * this.vectors;
    const from = (j * sites + i) * states * states;
    const to = (i * sites + j) * states * width;
    if (!this.reduced) {
      for (let b = 0; b < states; b++)
        for (let a = 0; a < states; a++) table[to + b * width + a] = couplings[from + b * states + a];
      return;
    }
    const last = states - 1;
    const corner = from + last * states;
    if (i < j) this.ground -= couplings[corner + last];
    for (let a = 0; a < last; a++) own[a] += couplings[corner + a] - couplings[corner + last];
    for (let b = 0; b < last; b++) {
      const row = from + b * states;
      const shift = couplings[row + last] - couplings[corner + last];
      for (let a = 0; a < last; a++)
        table[to + b * width + a] = couplings[row + a] - couplings[corner + a] - shift;
    }
  }
}
