/** A point that was accepted, and the gradient there. */
export interface Iterate {
  readonly point: Float64Array;
  readonly gradient: Float64Array;
}

/** Vectors are walked in pieces that stay in the processor's cache while several products are formed from them. */
const CHUNK = 4096;
/** A pair whose curvature s·y is below this fraction of y·y would spoil the model. */
const LEAST_CURVATURE = 2.3e-16;

type History = Float64Array | Float32Array;

/** Scalar product in float64, summed chunk by chunk, so that it depends on the vectors alone. */
export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let from = 0; from < a.length; from += CHUNK) {
    const to = Math.min(a.length, from + CHUNK);
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    let i = from;
    for (; i + 3 < to; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) sum0 += a[i] * b[i];
    total += sum0 + sum1 + (sum2 + sum3);
  }
  return total;
}

/** The inner products of a stored pair (s, y) with a new one (s′, y′) and a gradient g; s·s′ is never needed. */
interface Products {
  stepByDifference: number;
  stepByGradient: number;
  differenceByStep: number;
  differenceByDifference: number;
  differenceByGradient: number;
}

/** Adds one chunk's share to the products; all five at a time, because reading the vectors is what takes the time. */
function addProducts(
  sums: Products,
  pair: { readonly step: History; readonly difference: History },
  step: History,
  difference: History,
  gradient: Float64Array,
  from: number,
  to: number,
): void {
  const { step: ownStep, difference: ownDifference } = pair;
  let [sy, sg, ys, yy, yg] = [0, 0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const s = ownStep[i];
    const y = ownDifference[i];
    const newDifference = difference[i];
    const g = gradient[i];
    sy += s * newDifference;
    sg += s * g;
    ys += y * step[i];
    yy += y * newDifference;
    yg += y * g;
  }
  sums.stepByDifference += sy;
  sums.stepByGradient += sg;
  sums.differenceByStep += ys;
  sums.differenceByDifference += yy;
  sums.differenceByGradient += yg;
}

function noProducts(): Products {
  return {
    stepByDifference: 0,
    stepByGradient: 0,
    differenceByStep: 0,
    differenceByDifference: 0,
    differenceByGradient: 0,
  };
}

/** out += ofS·s + ofY·y over one chunk. */
function addPair(
  out: Float64Array,
  s: History,
  y: History,
  ofS: number,
  ofY: number,
  from: number,
  to: number,
) {
  for (let i = from; i < to; i++) out[i] += ofS * s[i] + ofY * y[i];
}

/** One stored pair and its products: with the pairs up to itself, and with the current gradient. */
interface Pair {
  readonly step: History;
  readonly difference: History;
  /** s of this pair · y of pair j, y of this pair · s of pair j, y · y, for every pair j up to this one, oldest first. */
  readonly stepByDifference: number[];
  readonly differenceByStep: number[];
  readonly differenceByDifference: number[];
  stepByGradient: number;
  differenceByGradient: number;
}

/**
 * The memory of L-BFGS: the last pairs s = x′ − x, y = g′ − g, and their inner products. The two-loop recursion then
 * runs on a handful of numbers, and each iteration reads the history twice instead of four times.
 *
 * @source liu1989lbfgs, algorithm 2.1; chen2014lbfgs (in terms of inner products)
 */
export class PairMemory {
  readonly capacity: number;
  readonly precision: 'float64' | 'float32';
  #pairs: Pair[] = [];

  constructor(capacity: number, precision: 'float64' | 'float32') {
    this.capacity = capacity;
    this.precision = precision;
  }

  get size(): number {
    return this.#pairs.length;
  }

  /** Oldest first. The arrays are never written to again. */
  get steps(): readonly History[] {
    return this.#pairs.map((pair) => pair.step);
  }

  /** Oldest first. The arrays are never written to again. */
  get differences(): readonly History[] {
    return this.#pairs.map((pair) => pair.difference);
  }

  clear(): void {
    this.#pairs = [];
  }

  /** Takes in the way from one iterate to the next; a pair without positive curvature is left out. */
  advance(before: Iterate, after: Iterate): void {
    const length = after.point.length;
    const Vector = this.precision === 'float64' ? Float64Array : Float32Array;
    const step = new Vector(length);
    const difference = new Vector(length);
    this.#add(step, difference, after.gradient, (from, to) => {
      for (let i = from; i < to; i++) {
        step[i] = after.point[i] - before.point[i];
        difference[i] = after.gradient[i] - before.gradient[i];
      }
    });
    if (this.#pairs.length > this.capacity) this.#forgetOldest();
  }

  /** Rebuilds the memory of a saved state: the same products, bit for bit. */
  restore(steps: readonly History[], differences: readonly History[], gradient: Float64Array): void {
    this.clear();
    for (let i = 0; i < steps.length; i++) this.#add(steps[i], differences[i], gradient, () => {});
  }

  #add(
    step: History,
    difference: History,
    gradient: Float64Array,
    fill: (from: number, to: number) => void,
  ): void {
    const known = this.#pairs;
    const products = known.map(noProducts);
    const own = noProducts();
    for (let from = 0; from < gradient.length; from += CHUNK) {
      const to = Math.min(gradient.length, from + CHUNK);
      fill(from, to);
      for (let j = 0; j < known.length; j++) {
        addProducts(products[j], known[j], step, difference, gradient, from, to);
      }
      addProducts(own, { step, difference }, step, difference, gradient, from, to);
    }
    known.forEach((pair, j) => {
      pair.stepByGradient = products[j].stepByGradient;
      pair.differenceByGradient = products[j].differenceByGradient;
    });
    const curvature = own.stepByDifference;
    if (!(curvature > LEAST_CURVATURE * own.differenceByDifference)) return;
    products.push(own);
    known.push({
      step,
      difference,
      stepByDifference: products.map((sums) => sums.differenceByStep),
      differenceByStep: products.map((sums) => sums.stepByDifference),
      differenceByDifference: products.map((sums) => sums.differenceByDifference),
      stepByGradient: own.stepByGradient,
      differenceByGradient: own.differenceByGradient,
    });
  }

  #forgetOldest(): void {
    this.#pairs.shift();
    for (const pair of this.#pairs) {
      pair.stepByDifference.shift();
      pair.differenceByStep.shift();
      pair.differenceByDifference.shift();
    }
  }

  /** Coefficients of the direction −H g in the basis g, s₀…, y₀…: the two-loop recursion on inner products. */
  #coefficients(): { ofGradient: number; ofSteps: number[]; ofDifferences: number[] } {
    const pairs = this.#pairs;
    const curvature = pairs.map((pair, i) => pair.stepByDifference[i]);
    const sy = (i: number, j: number) =>
      i >= j ? pairs[i].stepByDifference[j] : pairs[j].differenceByStep[i];
    const yy = (i: number, j: number) => pairs[Math.max(i, j)].differenceByDifference[Math.min(i, j)];
    const alpha: number[] = new Array(pairs.length).fill(0);
    for (let i = pairs.length - 1; i >= 0; i--) {
      let product = pairs[i].stepByGradient;
      for (let j = i + 1; j < pairs.length; j++) product -= alpha[j] * sy(i, j);
      alpha[i] = product / curvature[i];
    }
    const newest = pairs.length - 1;
    const gamma = curvature[newest] / yy(newest, newest);
    const ofSteps: number[] = [];
    for (let i = 0; i < pairs.length; i++) {
      let product = pairs[i].differenceByGradient;
      for (let j = 0; j < pairs.length; j++) product -= alpha[j] * yy(i, j);
      product *= gamma;
      for (let j = 0; j < i; j++) product += ofSteps[j] * sy(j, i);
      ofSteps.push(alpha[i] - product / curvature[i]);
    }
    return {
      ofGradient: -gamma,
      ofSteps: ofSteps.map((value) => -value),
      ofDifferences: alpha.map((value) => gamma * value),
    };
  }

  /** Writes the quasi-Newton direction −H g into `out`; without pairs, −g. The gradient must be the last that was taken in. */
  direction(gradient: Float64Array, out: Float64Array): void {
    if (this.#pairs.length === 0) {
      for (let i = 0; i < out.length; i++) out[i] = -gradient[i];
      return;
    }
    const { ofGradient, ofSteps, ofDifferences } = this.#coefficients();
    for (let from = 0; from < out.length; from += CHUNK) {
      const to = Math.min(out.length, from + CHUNK);
      for (let i = from; i < to; i++) out[i] = ofGradient * gradient[i];
      this.#pairs.forEach(({ step, difference }, j) => {
        addPair(out, step, difference, ofSteps[j], ofDifferences[j], from, to);
      });
    }
  }
}
