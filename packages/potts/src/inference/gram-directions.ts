/**
 * The bookkeeping of limited-memory BFGS in terms of inner products: the basis is the last `history` steps, the
 * changes of the gradient along them, and the gradient; a direction is a list of coefficients. Long vectors are then
 * touched twice an iteration only: once for the products, once for the step.
 */
export interface GramState {
  /** Slots of the usable pairs, oldest first. */
  readonly pairs: readonly number[];
  /** Inner products of the basis, [2·history + 1, 2·history + 1]. */
  readonly products: Float64Array;
}

/** Step length of the first iteration, in variables whose Hessian is about one. */
const FIRST_STEP = 0.15;

export interface Direction {
  /** Coefficients in the basis, [2·history + 1]. */
  readonly coefficients: Float64Array;
  /** Directional derivative, negative for a descent direction. */
  readonly slope: number;
}

/**
 * The L-BFGS direction −H·gradient by the two-loop recursion, in coefficients.
 * @source nocedal2006, algorithm 7.4
 */
export function gramDirection(state: GramState, history: number): Direction {
  const count = 2 * history + 1;
  const { products, pairs } = state;
  const coefficients = new Float64Array(count);
  coefficients[2 * history] = -1;
  const dot = (b: number) => {
    let sum = 0;
    for (let k = 0; k < count; k++)
      if (coefficients[k] !== 0) sum += coefficients[k] * products[k * count + b];
    return sum;
  };
  const product = (slot: number, other: number) => products[slot * count + other];
  const alphas = new Map<number, number>();
  for (const slot of [...pairs].reverse()) {
    const alpha = dot(slot) / product(slot, history + slot);
    alphas.set(slot, alpha);
    coefficients[history + slot] -= alpha;
  }
  const last = pairs.at(-1);
  const gamma =
    last === undefined ? FIRST_STEP : product(last, history + last) / product(history + last, history + last);
  for (let k = 0; k < count; k++) coefficients[k] *= gamma;
  for (const slot of pairs) {
    const beta = dot(history + slot) / product(slot, history + slot);
    coefficients[slot] += alphas.get(slot)! - beta;
  }
  return { coefficients, slope: dot(2 * history) };
}

/** Products of a new step, of its change of the gradient and of the new gradient, put into the table. */
export function withProducts(
  state: GramState,
  history: number,
  slot: number,
  rows: Float64Array,
): Float64Array {
  const count = 2 * history + 1;
  const products = state.products.slice();
  [slot, history + slot, 2 * history].forEach((row, r) => {
    for (let b = 0; b < count; b++) {
      products[row * count + b] = rows[r * count + b];
      products[b * count + row] = rows[r * count + b];
    }
  });
  return products;
}
