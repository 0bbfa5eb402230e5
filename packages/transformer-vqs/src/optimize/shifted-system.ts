import { ConvergenceError, type Floats } from '@spinformer/numerics';
import { cholesky, dispose, readSync, scope, type Tensor, tensor, triangularSolve } from '@spinformer/tensor';

/** Shifts tried after the first, each a thousand times the last: a matrix with numbers in it is definite by then. */
const ATTEMPTS = 5;
const RAISE = 1000;

/** (G + shift)·x = b for a positive semidefinite G, several times. */
export class ShiftedSystem {
  readonly size: number;
  private readonly gram: Tensor;

  /** @param gram - G [size, size], float64; taken over, {@link dispose} frees it. */
  constructor(gram: Tensor) {
    this.gram = gram;
    this.size = gram.shape[0];
  }

  /**
   * By Cholesky in float64; where rounding made G + shift indefinite, with a larger shift.
   *
   * @param rightSide - b [size].
   * @returns x [size].
   * @throws {ConvergenceError} when G holds what is not a number.
   */
  solve(shift: number, rightSide: Floats<'size'>): Floats<'size'> {
    for (let attempt = 0, raised = shift; attempt <= ATTEMPTS; attempt++, raised *= RAISE) {
      const x = this.attempt(raised, rightSide);
      if (x.every(Number.isFinite)) return x;
    }
    throw new ConvergenceError(
      'optimizeState: the Gram matrix of the log-derivatives holds what is not a number. Start from smaller parameters.',
    );
  }

  dispose(): void {
    dispose(this.gram);
  }

  private attempt(shift: number, rightSide: Floats<'size'>): Float64Array {
    const { size, gram } = this;
    return scope(() => {
      const shifted = readSync(gram) as Float64Array;
      for (let k = 0; k < size; k++) shifted[k * size + k] += shift;
      const factor = cholesky(tensor(shifted, [size, size], 'float64'));
      const half = triangularSolve(factor, tensor(rightSide, [size, 1], 'float64'));
      return readSync(triangularSolve(factor, half, { transpose: true })) as Float64Array;
    });
  }
}
