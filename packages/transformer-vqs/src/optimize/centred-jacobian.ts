import { DomainError } from '@spinformer/numerics';
import {
  add,
  concat,
  dispose,
  matmul,
  mul,
  type ParameterTree,
  readScalar,
  readSync,
  reshape,
  scope,
  slice,
  square,
  sub,
  sum,
  symmetricRankK,
  type Tensor,
  tensor,
  treeLeaves,
} from '@spinformer/tensor';
import type { WaveFunction } from '../wave-function.ts';
import { amplitudeJacobian } from '../wave-functions/amplitude-jacobian.ts';

/** Precision of a product. */
export type Precision = 'float32' | 'float64';

/** A range of parameters in the order of flattenTree. */
export interface ParameterRange {
  readonly from: number;
  readonly size: number;
}

/** Options of {@link CentredJacobian.of}. */
export interface JacobianOptions {
  /** Bytes that it may take, work space included; default 2 GiB. */
  readonly memoryBudget?: number;
  /** Which parameters; default all. */
  readonly ranges?: readonly ParameterRange[];
}

const DEFAULT_BUDGET = 2 ** 31;
/** Part of the budget that one chunk's Jacobian may take: the backward pass needs several times as much. */
const CHUNK_PART = 1 / 8;
const LEAST_ROWS = 16;
/** Numbers of a stretch of columns of all blocks, joined for their part of the Gram matrix. */
const COLUMN_NUMBERS = 2 ** 24;

/**
 * X = √p_s (O_sk − ⟨O_k⟩), the centred log-derivatives of all samples, real parts and imaginary parts as rows of their
 * own: then S = XᵀX is the real part of the quantum geometric tensor, and XXᵀ the neural tangent kernel. Kept in blocks
 * [2·rows, parameters], each with the real rows first.
 */
export class CentredJacobian {
  readonly blocks: readonly Tensor[];
  /** Number of samples of each block. */
  readonly blockSamples: readonly number[];
  readonly samples: number;
  readonly parameters: number;
  private readonly dtype: Precision;

  constructor(blocks: readonly Tensor[]) {
    this.blocks = blocks;
    this.blockSamples = blocks.map((block) => block.shape[0] / 2);
    this.samples = this.blockSamples.reduce((total, rows) => total + rows, 0);
    this.parameters = blocks[0].shape[1];
    this.dtype = blocks[0].dtype as Precision;
  }

  /**
   * @param spins - [samples, sites] of ±1.
   * @param weights - probabilities p_s, summing to 1.
   * @throws {DomainError} when it would not fit the budget.
   */
  static of<P extends ParameterTree>(
    wave: WaveFunction<P>,
    parameters: P,
    spins: Int8Array,
    weights: Float64Array,
    options: JacobianOptions = {},
  ): CentredJacobian {
    const { memoryBudget = DEFAULT_BUDGET, ranges } = options;
    const samples = weights.length;
    const { dtype } = treeLeaves(parameters)[0];
    const columns = ranges?.reduce((sum, { size }) => sum + size, 0) ?? wave.parameterCount;
    const bytes = dtype === 'float64' ? 8 : 4;
    checkBudget(2 * samples * columns * bytes, samples, columns, memoryBudget);
    const rows = Math.floor((memoryBudget * CHUNK_PART) / (2 * wave.parameterCount * bytes));
    const perChunk = Math.min(samples, Math.max(LEAST_ROWS, rows));
    const memoryBytes = memoryBudget * CHUNK_PART;
    const chunks: Tensor[] = [];
    for (let from = 0; from < samples; from += perChunk) {
      const part = spins.subarray(from * wave.sites, Math.min(samples, from + perChunk) * wave.sites);
      chunks.push(
        scope(() => chosenColumns(amplitudeJacobian(wave, parameters, part, { memoryBytes }), ranges)),
      );
    }
    return new CentredJacobian(centre(chunks, weights, perChunk));
  }

  /** The entries of a vector over samples in the order of the rows: [Re; Im] of each block, times √p. */
  rowsOf(real: Float64Array, imaginary: Float64Array, weights: Float64Array): Float64Array {
    const rows = new Float64Array(2 * this.samples);
    let from = 0;
    for (const count of this.blockSamples) {
      for (let k = 0; k < count; k++) {
        const root = Math.sqrt(weights[from + k]);
        if (root === 0) continue;
        rows[2 * from + k] = root * real[from + k];
        rows[2 * from + count + k] = root * imaginary[from + k];
      }
      from += count;
    }
    return rows;
  }

  /** X·v, [2·samples]. */
  times(v: Float64Array): Float64Array {
    const result = new Float64Array(2 * this.samples);
    let at = 0;
    for (const block of this.blocks) {
      const part = scope(() => readSync(matmul(block, tensor(v, [v.length, 1], this.dtype))));
      result.set(part, at);
      at += part.length;
    }
    return result;
  }

  /** Xᵀ·u, [parameters]. */
  transposeTimes(u: Float64Array): Float64Array {
    const result = new Float64Array(this.parameters);
    let at = 0;
    for (const block of this.blocks) {
      const [rows] = block.shape;
      const part = scope(() =>
        readSync(matmul(tensor(u.slice(at, at + rows), [1, rows], this.dtype), block)),
      );
      for (let k = 0; k < result.length; k++) result[k] += part[k];
      at += rows;
    }
    return result;
  }

  /** XXᵀ, [2·samples, 2·samples] in float64, the caller's. Products in `precision`, default that of the Jacobian. */
  sampleGram(precision: Precision = this.dtype): Tensor {
    const gram = (x: Tensor) => symmetricRankK(x, { dtype: 'float64', products: precision });
    if (this.blocks.length === 1) return gram(this.blocks[0]);
    const width = Math.max(1, Math.floor(COLUMN_NUMBERS / (2 * this.samples)));
    let total: Tensor | undefined;
    for (let from = 0; from < this.parameters; from += width) {
      const before = total;
      total = scope(() => {
        const columns = Math.min(width, this.parameters - from);
        const parts = this.blocks.map((block) => slice(block, [0, from], [block.shape[0], columns]));
        const part = gram(concat(parts, 0));
        return before ? add(before, part) : part;
      });
      if (before) dispose(before);
    }
    return total!;
  }

  /** XᵀX, [parameters, parameters] in float64, the caller's. */
  parameterGram(precision: Precision = this.dtype): Tensor {
    return scope(() =>
      this.blocks
        .map((block) => symmetricRankK(block, { transpose: true, dtype: 'float64', products: precision }))
        .reduce((total, part) => add(total, part)),
    );
  }

  /** X with its columns multiplied by factors, a new one that the caller owns. */
  scaledColumns(factors: Float64Array): CentredJacobian {
    return new CentredJacobian(
      this.blocks.map((block) => scope(() => mul(block, tensor(factors, [1, factors.length], this.dtype)))),
    );
  }

  /** tr XᵀX. */
  trace(): number {
    return this.blocks.reduce((total, block) => total + scope(() => readScalar(sum(square(block)))), 0);
  }

  dispose(): void {
    dispose(this.blocks);
  }
}

function checkBudget(needed: number, samples: number, columns: number, budget: number): void {
  if (needed * (1 + 2 * CHUNK_PART) <= budget) return;
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
  throw new DomainError(
    `memoryBudget: the log-derivatives of ${samples} samples and ${columns} parameters take ${gigabytes(needed)}, the ` +
      `budget is ${gigabytes(budget)}. Raise memoryBudget, take fewer samples or dtype 'float32'.`,
  );
}

function chosenColumns(jacobian: Tensor, ranges?: readonly ParameterRange[]): Tensor {
  if (!ranges) return jacobian;
  const [two, rows] = jacobian.shape;
  const parts = ranges.map(({ from, size }) => slice(jacobian, [0, 0, from], [two, rows, size]));
  return parts.length === 1 ? parts[0] : concat(parts, 2);
}

/** Takes the weighted mean out of every chunk [2, rows, parameters] and scales by √p; disposes of the chunks. */
function centre(chunks: Tensor[], weights: Float64Array, perChunk: number): Tensor[] {
  const { dtype } = chunks[0];
  const weightsOf = (k: number) => weights.slice(k * perChunk, (k + 1) * perChunk);
  const mean = scope(() =>
    chunks
      .map((chunk, k) => matmul(tensor(weightsOf(k), [1, chunk.shape[1]], dtype), chunk))
      .reduce((total, part) => add(total, part)),
  );
  const blocks = chunks.map((chunk, k) => {
    const [, rows, columns] = chunk.shape;
    const roots = weightsOf(k).map(Math.sqrt);
    const block = scope(() =>
      reshape(mul(sub(chunk, mean), tensor(roots, [rows, 1], dtype)), [2 * rows, columns]),
    );
    dispose(chunk);
    return block;
  });
  dispose(mean);
  return blocks;
}
