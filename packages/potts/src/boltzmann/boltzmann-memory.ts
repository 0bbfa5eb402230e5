import type { PottsLike } from '@spinformer/numerics';
import type { KernelModule, WasmRuntime } from '@spinformer/tensor/wasm';
import { boltzmannKernels } from '../generated/boltzmann.ts';
import { vectorsOf } from '../inference/problem-memory.ts';
import type { PottsModel } from '../model.ts';
import { SweepMemory } from '../sampling/sweep-memory.ts';
import { firstScale, MEMORY, SPREAD, secondScale } from './adam-scales.ts';
import type { LearningRule, ResolvedBoltzmannOptions } from './boltzmann-options.ts';
import type { DataFrequencies } from './data-frequencies.ts';
import { FieldStep } from './field-step.ts';

/** The kernel's number of each rule. */
const RULES: Readonly<Record<LearningRule, number>> = { gradient: 0, adam: 1, natural: 2 };
/** float64 words that the kernel `compare` writes for each pair. */
const SUMS = 8;
/** Histograms of a thread; the kernel says why. */
const TURNS = 4;

/** How the chains' correlations compare with those of the data. */
export interface Comparison {
  readonly pearson: number;
  readonly slope: number;
  /** Squared gradient of all couplings i < j that are free. */
  readonly gap: number;
  /** Σ J² over pairs i < j. */
  readonly norm: number;
}

/**
 * Parameters, frequencies and chains of a Boltzmann learning in WebAssembly memory. Couplings are stepped there and
 * copied into the rows that the chains read; nothing of the size of the couplings passes through JavaScript.
 */
export class BoltzmannMemory {
  readonly chains: SweepMemory;
  readonly data: DataFrequencies;
  /** h, [sites, states]. */
  readonly fields: FieldStep;
  private readonly runtime: WasmRuntime;
  private readonly kernels: KernelModule;
  private readonly options: ResolvedBoltzmannOptions;
  private readonly blocks: number[] = [];
  private readonly width: number;
  private readonly samples: number;
  private readonly stride: number;
  private readonly pairs: number;
  private readonly active: number;
  private readonly letters: number;
  private readonly singles: number;
  private readonly sums: number;
  private readonly couplings: number;
  private readonly moments: readonly number[];
  private readonly fieldSteps: number;
  private readonly places: readonly number[];

  constructor(
    runtime: WasmRuntime,
    data: DataFrequencies,
    options: ResolvedBoltzmannOptions,
    keys: Uint32Array,
  ) {
    const { sites, states } = data;
    this.runtime = runtime;
    this.kernels = runtime.load(boltzmannKernels);
    this.data = data;
    this.options = options;
    this.width = 4 * vectorsOf(states);
    this.samples = keys.length / 2;
    this.stride = Math.ceil(this.samples / 16) * 16;
    this.pairs = (sites * (sites - 1)) / 2;
    this.fields = new FieldStep(data, options);
    this.chains = new SweepMemory(runtime, emptyModel(sites, states), 1, keys);
    this.letters = this.allocate(this.stride * sites);
    const names = this.pairNames();
    this.active = this.activePairs();
    const target = this.zeros(this.pairLength);
    this.writePairs(target, (i, j) => (i * sites + j) * states * states, data.pairs);
    const model = this.zeros(this.pairLength);
    const dataSingles = this.zeros(sites * this.width);
    this.writeSites(dataSingles, data.singles);
    this.singles = this.zeros(sites * this.width);
    this.sums = this.allocate(8 * SUMS * this.pairs);
    this.couplings = this.zeros(this.pairLength);
    this.fieldSteps = this.zeros(2 * this.pairs * this.width);
    this.moments = options.rule === 'adam' ? [this.zeros(this.pairLength), this.zeros(this.pairLength)] : [];
    this.places = [this.letters, names, target, model, dataSingles, this.singles, this.sums, this.couplings];
  }

  /** Numbers of an array of pairs, padding included. */
  get pairLength(): number {
    return this.pairs * this.data.states * this.width;
  }

  free(): void {
    this.chains.free();
    for (const pointer of this.blocks.splice(0)) this.runtime.free(pointer);
  }

  /** Takes over a model, but for couplings of pairs that are not to have any. */
  start(model: PottsLike): void {
    const { sites, states } = this.data;
    this.writePairs(this.couplings, (i, j) => (i * sites + j) * states * states, model.couplings);
    const active = this.runtime.bytes(this.active, this.pairs);
    const size = states * this.width;
    active.forEach((flag, pair) => {
      if (!flag) this.view(this.couplings).fill(0, pair * size, (pair + 1) * size);
    });
    this.fields.values.set(model.fields);
    this.publish();
  }

  /** Takes over couplings and moments of a {@link snapshot}; the fields are set before. */
  restore(couplings: Float32Array, moments: readonly Float32Array[]): void {
    this.view(this.couplings).set(couplings);
    this.moments.forEach((place, k) => {
      this.view(place).set(moments[k]);
    });
    this.publish();
  }

  /** Couplings in working order, and the moments of ADAM: copies. */
  snapshot(): { couplings: Float32Array; moments: Float32Array[] } {
    return {
      couplings: this.view(this.couplings).slice(),
      moments: this.moments.map((place) => this.view(place).slice()),
    };
  }

  /** Counts single sites and pairs over the chains, whose states are `values`, and compares them with the data. */
  measure(values: Int32Array): Comparison {
    const { sites, states } = this.data;
    const letters = this.runtime.bytes(this.letters, this.stride * sites);
    for (let c = 0; c < this.samples; c++)
      for (let i = 0; i < sites; i++) letters[i * this.stride + c] = values[c * sites + i];
    this.run('singles', sites, { scratchBytes: 4 * states });
    this.run('pairs', this.pairs, { scratchBytes: 4 * TURNS * states * states });
    this.run('compare', this.pairs);
    return this.comparison();
  }

  /** p_i(a) of the chains as they were measured last, [sites, states]. */
  get chainSingles(): Float64Array {
    const { sites, states } = this.data;
    const rows = this.runtime.float32(this.singles, sites * this.width);
    const out = new Float64Array(sites * states);
    for (let i = 0; i < sites; i++)
      for (let a = 0; a < states; a++) out[i * states + a] = rows[i * this.width + a];
    return out;
  }

  /** p_ij(a, b) of the chains as measured last, [sites, sites, states, states]. */
  get chainPairs(): Float64Array {
    const { sites, states } = this.data;
    const out = new Float64Array((sites * states) ** 2);
    this.readPairs(this.places[3], out);
    return out;
  }

  /** One step of every parameter, number `step` from 1, along the frequencies measured last; `scale` shortens it. */
  update(step: number, scale: number): void {
    const rate = scale * this.options.learningRate;
    this.run('update', this.pairs, { step, rate });
    const rows = this.runtime.float32(this.fieldSteps, 2 * this.pairs * this.width);
    this.fields.step(
      step,
      rate,
      this.chainSingles,
      this.options.rule === 'natural' ? this.gatherSteps(rows) : undefined,
    );
    this.writeSites(this.chains.fields, this.fields.values);
  }

  /** The parameters as a model. */
  model(): PottsModel {
    const { sites, states } = this.data;
    const couplings = new Float32Array((sites * states) ** 2);
    this.readPairs(this.couplings, couplings);
    return { sites, states, fields: this.fields.values.slice(), couplings };
  }

  private run(job: string, chunks: number, { scratchBytes = 0, step = 1, rate = 0 } = {}): void {
    const { rule, couplingPenalty, damping } = this.options;
    const { sites, states } = this.data;
    const shape = [this.samples, this.stride, sites, states, this.width / 4];
    const [first = 0, second = 0] = this.moments;
    const targets = [this.chains.table, this.fieldSteps, this.active, RULES[rule], rate];
    const tuning = [
      2 * couplingPenalty,
      damping,
      first,
      second,
      MEMORY,
      SPREAD,
      firstScale(step),
      secondScale(step),
    ];
    this.runtime.run(this.kernels, job, chunks, [...shape, ...this.places, ...targets, ...tuning], {
      scratchBytes,
    });
  }

  private comparison(): Comparison {
    const sums = this.runtime.float64(this.sums, SUMS * this.pairs);
    const total = new Float64Array(SUMS);
    for (let k = 0; k < sums.length; k++) total[k % SUMS] += sums[k];
    const [x, y, xx, yy, xy, gap, norm] = total;
    const count = Math.max(1, this.pairs * this.data.states ** 2);
    const varianceX = xx / count - (x / count) ** 2;
    const varianceY = yy / count - (y / count) ** 2;
    const covariance = xy / count - (x / count) * (y / count);
    return {
      pearson: covariance / Math.sqrt(varianceX * varianceY),
      slope: covariance / varianceX,
      gap,
      norm,
    };
  }

  /** Sums the steps that pairs ask of fields, in the order of pairs. */
  private gatherSteps(rows: Float32Array): Float64Array {
    const { sites, states } = this.data;
    const out = new Float64Array(sites * states);
    const active = this.runtime.bytes(this.active, this.pairs);
    let pair = 0;
    for (let i = 0; i < sites; i++)
      for (let j = i + 1; j < sites; j++, pair++) {
        if (!active[pair]) continue;
        const from = 2 * pair * this.width;
        for (let a = 0; a < states; a++) {
          out[i * states + a] += rows[from + a];
          out[j * states + a] += rows[from + this.width + a];
        }
      }
    return out;
  }

  /** Copies all parameters to where the chains read them. */
  private publish(): void {
    this.run('write', this.pairs);
    this.writeSites(this.chains.fields, this.fields.values);
  }

  private pairNames(): number {
    const { sites } = this.data;
    const place = this.allocate(4 * this.pairs);
    const names = new Uint16Array(this.runtime.memory.buffer, place, 2 * this.pairs);
    let at = 0;
    for (let i = 0; i < sites; i++)
      for (let j = i + 1; j < sites; j++) {
        names[at++] = i;
        names[at++] = j;
      }
    return place;
  }

  private activePairs(): number {
    const { sites } = this.data;
    const place = this.allocate(this.pairs);
    const flags = this.runtime.bytes(place, this.pairs).fill(this.options.pairs ? 0 : 1);
    for (const [first, second] of this.options.pairs ?? []) {
      const [i, j] = first < second ? [first, second] : [second, first];
      flags[i * sites - (i * (i + 1)) / 2 + j - i - 1] = 1;
    }
    return place;
  }

  private writePairs(place: number, from: (i: number, j: number) => number, source: ArrayLike<number>): void {
    const { sites, states } = this.data;
    const target = this.view(place);
    let row = 0;
    for (let i = 0; i < sites; i++)
      for (let j = i + 1; j < sites; j++)
        for (let a = 0, at = from(i, j); a < states; a++, at += states, row += this.width)
          for (let b = 0; b < states; b++) target[row + b] = source[at + b];
  }

  private readPairs(place: number, out: Float32Array | Float64Array): void {
    const { sites, states } = this.data;
    const source = this.view(place);
    let row = 0;
    for (let i = 0; i < sites; i++)
      for (let j = i + 1; j < sites; j++)
        for (let a = 0; a < states; a++, row += this.width)
          for (let b = 0; b < states; b++) {
            out[((i * sites + j) * states + a) * states + b] = source[row + b];
            out[((j * sites + i) * states + b) * states + a] = source[row + b];
          }
  }

  private writeSites(place: number, values: Float64Array): void {
    const { sites, states } = this.data;
    const rows = this.runtime.float32(place, sites * this.width);
    for (let i = 0; i < sites; i++)
      for (let a = 0; a < states; a++) rows[i * this.width + a] = values[i * states + a];
  }

  private view(place: number): Float32Array {
    return this.runtime.float32(place, this.pairLength);
  }

  private zeros(length: number): number {
    const place = this.allocate(4 * length);
    this.runtime.float32(place, length).fill(0);
    return place;
  }

  private allocate(bytes: number): number {
    const pointer = this.runtime.allocate(Math.max(64, bytes));
    this.blocks.push(pointer);
    return pointer;
  }
}

function emptyModel(sites: number, states: number): PottsLike {
  return {
    sites,
    states,
    fields: new Float64Array(sites * states),
    couplings: new Float32Array((sites * states) ** 2),
  };
}
