import { ConvergenceError, type Floats } from '@spinformer/numerics';
import {
  cholesky,
  choleskySolve,
  dispose,
  eigh,
  matmul,
  readSync,
  scope,
  type Tensor,
  tensor,
} from '@spinformer/tensor';

/** Eigenvalues below this part of the largest are rounding: products of the Gram matrix may be float32. */
const SOFT_CUTOFF = 1e-6;
/** Steepness of the soft cut-off. */
const POWER = 6;

/** (G + shift)·x = b for a positive semidefinite G, several times. */
export class ShiftedSystem {
  readonly size: number;
  private readonly gram: Tensor;
  /** Eigenvalues and eigenvectors, once they were needed. */
  private eigen: { readonly values: Float64Array; readonly vectors: Tensor } | undefined;

  /** @param gram - G [size, size], float64; taken over, {@link dispose} frees it. */
  constructor(gram: Tensor) {
    this.gram = gram;
    this.size = gram.shape[0];
  }

  /**
   * By Cholesky in float64. Where rounding made G + shift indefinite, by its eigenvalues instead, each weighed by
   * 1/(1 + (10⁻⁶ λ_max/λ)⁶), which leaves out the directions that hold nothing but rounding.
   *
   * @param rightSide - b [size].
   * @returns x [size].
   * @throws {ConvergenceError} when G holds what is not a number.
   * @source chen2024minsr
   */
  solve(shift: number, rightSide: Floats<'size'>): Floats<'size'> {
    const { size, gram } = this;
    const x = scope(() => {
      const shifted = readSync(gram) as Float64Array;
      for (let k = 0; k < size; k++) shifted[k * size + k] += shift;
      const factor = cholesky(tensor(shifted, [size, size], 'float64'));
      return readSync(choleskySolve(factor, tensor(rightSide, [size], 'float64'))) as Float64Array;
    });
    return x.every(Number.isFinite) ? x : this.softSolve(shift, rightSide);
  }

  dispose(): void {
    dispose(this.gram, this.eigen?.vectors);
  }

  private softSolve(shift: number, rightSide: Float64Array): Float64Array {
    this.eigen ??= decompose(this.gram);
    const { values, vectors } = this.eigen;
    const largest = values[values.length - 1];
    return scope(() => {
      const right = tensor(rightSide, [this.size, 1], 'float64');
      const components = readSync(matmul(vectors, right, { transposeA: true })) as Float64Array;
      for (let k = 0; k < this.size; k++) {
        const value = Math.max(values[k], 0);
        components[k] /= (value + shift) * (1 + ((SOFT_CUTOFF * largest) / value) ** POWER);
      }
      return readSync(matmul(vectors, tensor(components, [this.size, 1], 'float64'))) as Float64Array;
    });
  }
}

function decompose(gram: Tensor): { readonly values: Float64Array; readonly vectors: Tensor } {
  const { values, vectors } = eigh(gram);
  const numbers = readSync(values) as Float64Array;
  dispose(values);
  if (numbers.every(Number.isFinite)) return { values: numbers, vectors };
  dispose(vectors);
  throw new ConvergenceError(
    'optimizeState: the Gram matrix of the log-derivatives holds what is not a number. Start from smaller parameters.',
  );
}
