import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { type ColumnPatterns, columnPatterns } from './column-patterns.ts';
import type { DistinctSequences } from './distinct-sequences.ts';
import { type Penalties, sitePriors } from './site-priors.ts';

/** Sequences are worked off in fours. */
const SEQUENCE_MULTIPLE = 4;

/** Word that holds the number of blocks of column patterns. */
const BLOCKS = 5;

/** Vectors of four float32 that hold the states of one site. */
export function vectorsOf(states: number): number {
  return Math.ceil(states / 4);
}

/**
 * The data of an inference problem in WebAssembly memory, the same for the symmetric and the asymmetric fit, and the
 * argument words that tell kernels where it lies (in the order of kernels/_conditional.ts).
 */
export class ProblemMemory {
  readonly runtime: WasmRuntime;
  readonly data: DistinctSequences;
  readonly penalties: Penalties;
  /** Vectors of a row, and the states that it has room for. */
  readonly vectors: number;
  readonly padded: number;
  /** Argument words of the problem. */
  readonly words: readonly number[];
  /** Bytes of scratch that a thread needs for one site. */
  readonly scratchBytes: number;
  readonly variances: number;
  private readonly firstSites: readonly number[];
  private readonly blocks: number[] = [];

  constructor(runtime: WasmRuntime, data: DistinctSequences, penalties: Penalties) {
    this.runtime = runtime;
    this.data = data;
    this.penalties = penalties;
    this.vectors = vectorsOf(data.states);
    this.padded = 4 * this.vectors;
    const sequences = Math.ceil(data.sequences / SEQUENCE_MULTIPLE) * SEQUENCE_MULTIPLE;
    const patterns = columnPatterns(data, this.vectors, sequences);
    const priors = sitePriors(data, this.padded);
    this.firstSites = Array.from(patterns.blockGroups, (group) => group * patterns.width);
    this.variances = this.store(Float32Array.from(priors.variances));
    this.words = [
      sequences,
      data.sites,
      data.states,
      this.vectors,
      patterns.width,
      patterns.blockGroups.length - 1,
      this.store(this.paddedLetters(sequences)),
      this.store(this.paddedWeights(sequences)),
      this.store(patterns.ids),
      this.store(patterns.blockPatterns),
      this.store(patterns.blockGroups),
      this.store(this.memberOffsets(patterns)),
      this.store(Float32Array.from(priors.frequencies)),
      penalties.fieldPenalty,
      penalties.couplingPenalty,
    ];
    this.scratchBytes = this.rowBytes * (this.rows + sequences + patterns.largestBlock);
  }

  /** Bytes of a row of states. */
  get rowBytes(): number {
    return 16 * this.vectors;
  }

  /** Coupling rows of a site: one per site and letter, and one of zeros for missing letters. */
  get rows(): number {
    return this.data.sites * this.data.states + 1;
  }

  /** {@link words} for a site whose couplings to itself and to later sites are zero: fewer blocks of patterns. */
  wordsBefore(site: number): readonly number[] {
    const words = [...this.words];
    words[BLOCKS] = this.firstSites.slice(0, -1).filter((first) => first < site).length;
    return words;
  }

  /** A block of the runtime's memory that {@link free} gives back. */
  allocate(bytes: number): number {
    const pointer = this.runtime.allocate(bytes);
    this.blocks.push(pointer);
    return pointer;
  }

  /** A zeroed float32 vector. */
  zeros(length: number): number {
    const pointer = this.allocate(4 * length);
    this.runtime.float32(pointer, length).fill(0);
    return pointer;
  }

  free(): void {
    for (const pointer of this.blocks.splice(0)) this.runtime.free(pointer);
  }

  private store(values: Int8Array | Uint16Array | Int32Array | Uint32Array | Float32Array): number {
    const pointer = this.allocate(Math.max(16, values.byteLength));
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.runtime.bytes(pointer, values.byteLength).set(bytes);
    return pointer;
  }

  /** Letters by site, so that a site's pass reads them in order. */
  private paddedLetters(sequences: number): Int8Array {
    const { data } = this;
    const out = new Int8Array(data.sites * sequences).fill(-1);
    for (let s = 0; s < data.sequences; s++)
      for (let i = 0; i < data.sites; i++) out[i * sequences + s] = data.letters[s * data.sites + i];
    return out;
  }

  private paddedWeights(sequences: number): Float32Array {
    const out = new Float32Array(sequences);
    out.set(this.data.weights);
    return out;
  }

  private memberOffsets(patterns: ColumnPatterns): Uint32Array {
    return patterns.members.map((row) => row * this.rowBytes);
  }
}
