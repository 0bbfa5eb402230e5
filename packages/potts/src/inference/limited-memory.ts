import type { KernelModule, WasmRuntime } from '@spinformer/tensor/wasm';
import { limitedMemoryKernels } from '../generated/limited-memory.ts';
import { type Direction, type GramState, gramDirection, withProducts } from './gram-directions.ts';
import { WolfeSearch } from './wolfe-search.ts';

/** Slots of steps and gradient changes; one of them is always being written, so history − 1 pairs are in use. */
export const HISTORY = 3;
/** Numbers per chunk of a pass over a vector. */
const CHUNK = 16384;
/** Relative uncertainty of an objective whose rows are float32. */
export const NOISE = 2e-7;
/** A pair enters the history when its curvature is positive beyond rounding. */
const LEAST_CURVATURE = 1e-10;

/** Whether the pair of a slot has positive curvature beyond rounding. */
export function isCurved(products: Float64Array, slot: number): boolean {
  const count = 2 * HISTORY + 1;
  const change = HISTORY + slot;
  return products[slot * count + change] > LEAST_CURVATURE * products[change * count + change];
}

/** Everything an iteration leaves behind, as plain data: enough to go on bit for bit. */
export type LimitedMemoryState = {
  readonly objective: number;
  readonly evaluations: number;
  readonly slot: number;
  readonly pairs: readonly number[];
  readonly products: Float64Array;
  readonly point: Float32Array;
  readonly gradient: Float32Array;
  /** Steps of `pairs`, one after another. */
  readonly steps: Float32Array;
  /** Changes of the gradient along them. */
  readonly changes: Float32Array;
};

/** An objective over float32 vectors in WebAssembly memory; writes the gradient at the given address. */
export type VectorObjective = (point: number, gradient: number) => number;

/** What one iteration did. */
export type IterationResult = 'moved' | 'stuck' | 'not-finite';

/**
 * Limited-memory BFGS on long float32 vectors in WebAssembly memory, multi-threaded, with float64 sums of every inner
 * product. An iteration costs two passes over the vectors beside the evaluations of the objective.
 */
export class LimitedMemory {
  objective = Number.NaN;
  evaluations = 0;
  /** Address of the current point. */
  point: number;
  private gradient: number;
  private trial: number;
  private trialGradient: number;
  private readonly steps: number;
  private readonly changes: number;
  private readonly out: number;
  private readonly runtime: WasmRuntime;
  private readonly kernels: KernelModule;
  readonly length: number;
  private readonly evaluate: VectorObjective;
  private slot = HISTORY - 1;
  private gram: GramState = { pairs: [], products: new Float64Array((2 * HISTORY + 1) ** 2) };

  constructor(
    runtime: WasmRuntime,
    length: number,
    evaluate: VectorObjective,
    allocateZeros: (length: number) => number,
  ) {
    this.runtime = runtime;
    this.length = length;
    this.evaluate = evaluate;
    this.kernels = runtime.load(limitedMemoryKernels);
    [this.point, this.gradient, this.trial, this.trialGradient] = [0, 0, 0, 0].map(() =>
      allocateZeros(length),
    );
    this.steps = allocateZeros(length * HISTORY);
    this.changes = allocateZeros(length * HISTORY);
    this.out = allocateZeros(2 * this.chunks * this.rowsLength);
  }

  /** Evaluates the point that has been written to {@link point}. */
  start(): void {
    this.objective = this.evaluate(this.point, this.gradient);
    this.evaluations = 1;
    const rows = this.gramPass(this.gradient, 0, []);
    this.gram = { pairs: [], products: withProducts(this.gram, HISTORY, 0, rows) };
  }

  /** Euclidean norm of the gradient. */
  get gradientNorm(): number {
    return Math.sqrt(this.gram.products[(2 * HISTORY + 1) ** 2 - 1]);
  }

  /** One iteration: a direction, and a line search along it. A failed search tries once more along the gradient. */
  iterate(maximumEvaluations: number): IterationResult {
    if (!Number.isFinite(this.objective)) return 'not-finite';
    this.slot = (this.slot + 1) % HISTORY;
    this.gram = { ...this.gram, pairs: this.gram.pairs.filter((slot) => slot !== this.slot) };
    let direction = gramDirection(this.gram, HISTORY);
    if (!(direction.slope < 0)) direction = this.alongGradient();
    if (direction.slope === 0) return 'stuck';
    if (this.search(direction, maximumEvaluations)) return 'moved';
    if (this.gram.pairs.length === 0) return 'stuck';
    return this.search(this.alongGradient(), maximumEvaluations) ? 'moved' : 'stuck';
  }

  private alongGradient(): Direction {
    this.gram = { ...this.gram, pairs: [] };
    return gramDirection(this.gram, HISTORY);
  }

  private search(direction: Direction, maximumEvaluations: number): boolean {
    const search = new WolfeSearch(this.objective, direction.slope, NOISE);
    this.pass('direction', 0, this.gradient, 1, [...direction.coefficients]);
    for (let step = 1; ; ) {
      const value = this.evaluate(this.trial, this.trialGradient);
      this.evaluations++;
      const rows = this.gramPass(this.trialGradient, 1, this.gram.pairs);
      const slope = rows[2 * HISTORY] / step;
      const move = search.next({ step, value, slope });
      if (move.kind === 'accept') {
        this.accept(value, rows);
        return true;
      }
      if (move.kind === 'fail' || this.evaluations >= maximumEvaluations)
        return this.acceptLower(value, rows);
      this.pass('rescale', 0, this.gradient, move.step / step);
      step = move.step;
    }
  }

  /** Out of trials: a lower point is progress all the same. */
  private acceptLower(value: number, rows: Float64Array): boolean {
    if (!(value < this.objective)) return false;
    this.accept(value, rows);
    return true;
  }

  private accept(value: number, rows: Float64Array): void {
    this.objective = value;
    [this.point, this.trial] = [this.trial, this.point];
    [this.gradient, this.trialGradient] = [this.trialGradient, this.gradient];
    const products = withProducts(this.gram, HISTORY, this.slot, rows);
    const curved = isCurved(products, this.slot);
    const pairs = curved ? [...this.gram.pairs, this.slot].slice(1 - HISTORY) : this.gram.pairs;
    this.gram = { pairs, products };
  }

  /** Products of the slot's step, of its change of the gradient and of the gradient with every vector in use. */
  private gramPass(gradient: number, have: 0 | 1, pairs: readonly number[]): Float64Array {
    const wanted = [2 * HISTORY, ...(have ? [this.slot, HISTORY + this.slot] : [])];
    for (const slot of pairs) wanted.push(slot, HISTORY + slot);
    this.pass(
      'gram',
      have,
      gradient,
      1,
      [],
      wanted.reduce((mask, b) => mask | (1 << b), 0),
    );
    const rows = new Float64Array(this.rowsLength);
    const partial = this.runtime.float64(this.out, this.chunks * this.rowsLength);
    partial.forEach((value, k) => {
      rows[k % this.rowsLength] += value;
    });
    return rows;
  }

  private pass(
    job: 'gram' | 'direction' | 'rescale',
    have: 0 | 1,
    gradient: number,
    factor: number,
    coefficients: readonly number[] = [],
    used = 0,
  ): void {
    const vectors = [this.steps, this.changes, gradient, this.gradient, this.slot, have, this.out];
    const args = [this.length, CHUNK, HISTORY, ...vectors, this.point, this.trial, factor, used];
    const padding = new Array<number>(COEFFICIENTS - args.length).fill(0);
    this.runtime.run(this.kernels, job, this.chunks, [...args, ...padding, ...coefficients]);
  }

  private get chunks(): number {
    return Math.ceil(this.length / CHUNK);
  }

  private get rowsLength(): number {
    return 3 * (2 * HISTORY + 1);
  }

  /** A copy of everything that the next iteration needs. */
  snapshot(): LimitedMemoryState {
    const vector = (pointer: number) => this.runtime.float32(pointer, this.length).slice();
    const gather = (base: number) => {
      const out = new Float32Array(this.gram.pairs.length * this.length);
      this.gram.pairs.forEach((slot, k) => {
        out.set(this.runtime.float32(base + 4 * slot * this.length, this.length), k * this.length);
      });
      return out;
    };
    const { objective, evaluations, slot, gram } = this;
    return {
      objective,
      evaluations,
      slot,
      pairs: [...gram.pairs],
      products: gram.products.slice(),
      point: vector(this.point),
      gradient: vector(this.gradient),
      steps: gather(this.steps),
      changes: gather(this.changes),
    };
  }

  /** Puts a snapshot back. */
  restore(state: LimitedMemoryState): void {
    this.objective = state.objective;
    this.evaluations = state.evaluations;
    this.slot = state.slot;
    this.gram = { pairs: [...state.pairs], products: Float64Array.from(state.products) };
    this.runtime.float32(this.point, this.length).set(state.point);
    this.runtime.float32(this.gradient, this.length).set(state.gradient);
    state.pairs.forEach((slot, k) => {
      const part = [k * this.length, (k + 1) * this.length] as const;
      const bytes = 4 * slot * this.length;
      this.runtime.float32(this.steps + bytes, this.length).set(state.steps.subarray(...part));
      this.runtime.float32(this.changes + bytes, this.length).set(state.changes.subarray(...part));
    });
  }
}

/** Argument word of the first coefficient, as kernels/limited-memory.ts has it. */
const COEFFICIENTS = 30;
