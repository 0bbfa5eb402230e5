import type { AmplitudeEvaluator, ComplexRows } from '../wave-function.ts';
import { ConfigurationTable } from './configuration-table.ts';
import { PackedGroup } from './packed-group.ts';

/** Options of {@link AmplitudeCache}. */
export interface AmplitudeCacheOptions {
  /** Site permutations under which the wave function does not change, see `WaveFunction.invariance`. */
  readonly invariance?: readonly Int32Array[];
  /** Most bytes that remembered amplitudes may take; default 256 MiB. Beyond it everything is forgotten. */
  readonly maximumBytes?: number;
}

/** Two float64 values, and the slots of the table beside the words. */
const BYTES_BESIDE_WORDS = 32;
const DEFAULT_BYTES = 2 ** 28;
/** Rows handed to the evaluator at once: bounds what it needs besides. */
const ROWS_PER_CALL = 8192;

/**
 * log ψ at fixed parameters, each orbit of configurations evaluated once: sampling, local energies and observables of
 * the same parameters share it. It does not own the evaluator.
 */
export class AmplitudeCache implements AmplitudeEvaluator {
  readonly group: PackedGroup;
  /** The permutations under which amplitudes are taken to be equal. */
  readonly invariance: readonly Int32Array[];
  /** Configurations that the evaluator has really seen. */
  evaluations = 0;
  /** Most entries before everything is forgotten. */
  readonly maximumEntries: number;
  private readonly evaluator: AmplitudeEvaluator;
  private readonly table: ConfigurationTable;
  private real = new Float64Array(1024);
  private imaginary = new Float64Array(1024);
  /** Entries below this have their values. */
  private known = 0;
  private readonly packed: Int32Array;
  private readonly images: Int32Array;
  private readonly smallest: Int32Array;

  constructor(evaluator: AmplitudeEvaluator, sites: number, options: AmplitudeCacheOptions = {}) {
    this.evaluator = evaluator;
    this.invariance = options.invariance ?? [];
    this.group = new PackedGroup(sites, options.invariance);
    const { words, order } = this.group;
    this.table = new ConfigurationTable(words);
    this.maximumEntries = Math.max(
      2 * ROWS_PER_CALL,
      Math.floor((options.maximumBytes ?? DEFAULT_BYTES) / (4 * words + BYTES_BESIDE_WORDS)),
    );
    this.packed = new Int32Array(words);
    this.images = new Int32Array(words * order);
    this.smallest = new Int32Array(words);
  }

  /** How many orbits are remembered. */
  get size(): number {
    return this.table.count;
  }

  logAmplitudes(spins: Int8Array): ComplexRows {
    const rows = spins.length / this.group.sites;
    const real = new Float64Array(rows);
    const imaginary = new Float64Array(rows);
    const entries = new Int32Array(Math.min(rows, this.maximumEntries));
    for (let from = 0; from < rows; from += entries.length) {
      const count = Math.min(entries.length, rows - from);
      this.reserve(count);
      for (let k = 0; k < count; k++) entries[k] = this.entryOf(spins, from + k);
      this.evaluate();
      for (let k = 0; k < count; k++) {
        real[from + k] = this.real[entries[k]];
        imaginary[from + k] = this.imaginary[entries[k]];
      }
    }
    return { real, imaginary };
  }

  /** Forgets everything when `count` more entries might not fit: entry numbers do not live longer than this. */
  reserve(count: number): void {
    if (this.table.count + count <= this.maximumEntries) return;
    this.table.clear();
    this.known = 0;
  }

  /** The entry of row `row`; its value is there after {@link evaluate}. Next flips refer to this row. */
  entryOf(spins: Int8Array, row: number): number {
    this.group.pack(spins, row, this.packed);
    this.group.images(this.packed, this.images);
    this.group.smallest(this.images, this.smallest);
    return this.table.indexOf(this.smallest);
  }

  /** The entry of the last row of {@link entryOf} with spins i and j turned over. */
  entryAfterFlips(i: number, j: number): number {
    this.group.smallestAfterFlips(this.images, i, j, this.smallest);
    return this.table.indexOf(this.smallest);
  }

  /** Evaluates the entries that have no value yet. */
  evaluate(): void {
    const { sites, words } = this.group;
    this.makeRoom();
    while (this.known < this.table.count) {
      const rows = Math.min(ROWS_PER_CALL, this.table.count - this.known);
      const spins = new Int8Array(rows * sites);
      for (let k = 0; k < rows; k++) this.group.unpack(this.table.keys, (this.known + k) * words, spins, k);
      const values = this.evaluator.logAmplitudes(spins);
      this.real.set(values.real, this.known);
      this.imaginary.set(values.imaginary, this.known);
      this.known += rows;
      this.evaluations += rows;
    }
  }

  /** Re log ψ of an evaluated entry. */
  realOf(entry: number): number {
    return this.real[entry];
  }

  /** Im log ψ of an evaluated entry. */
  imaginaryOf(entry: number): number {
    return this.imaginary[entry];
  }

  /** Writes the representative of an entry into row `row` of `spins`. */
  writeRepresentative(entry: number, spins: Int8Array, row: number): void {
    this.group.unpack(this.table.keys, entry * this.group.words, spins, row);
  }

  /** Gives up what is remembered; the evaluator stays its owner's. */
  free(): void {
    this.table.clear();
    this.known = 0;
  }

  private makeRoom(): void {
    if (this.table.count <= this.real.length) return;
    const length = Math.max(this.table.count, 2 * this.real.length);
    for (const name of ['real', 'imaginary'] as const) {
      const longer = new Float64Array(length);
      longer.set(this[name]);
      this[name] = longer;
    }
  }
}
