import type { ChannelAverages } from './channel.ts';
import type { ColourMatrices } from './colour-matrices.ts';
import { SoftmaxProx } from './softmax-prox.ts';

/** Smaller responses are as good as this one and would divide by zero. */
const SMALLEST_RESPONSE = 1e-30;

/** lse ω − ω_y and whether y is not the largest of ω (ties count in part). */
export function fieldLoss(field: Float64Array, answer: number): { loss: number; error: number } {
  let top = Number.NEGATIVE_INFINITY;
  let ties = 0;
  for (const value of field) {
    if (value > top) {
      top = value;
      ties = 1;
    } else if (value === top) ties++;
  }
  let total = 0;
  for (const value of field) total += Math.exp(value - top);
  return {
    loss: top - field[answer] + Math.log(total),
    error: field[answer] === top ? 1 - 1 / ties : 1,
  };
}

/** ω = B u into `field`. */
export function expandField(matrices: ColourMatrices, u: ArrayLike<number>, field: Float64Array): void {
  const { colours, rank, root } = matrices;
  for (let a = 0; a < colours; a++) {
    field[a] = 0;
    for (let k = 0; k < rank; k++) field[a] += root[a * rank + k] * u[k];
  }
}

/** Sums proximal points of one student colour matrix and one V. */
export class SoftmaxSums {
  readonly #matrices: ColourMatrices;
  readonly #prox: SoftmaxProx;
  readonly #v: number;
  readonly #field: Float64Array;
  /** B'f of the last example, [rank]. */
  readonly force: Float64Array;
  #sums = { mHat: 0, qHat: 0, vHat: 0, trainingLoss: 0, envelope: 0 };

  constructor(matrices: ColourMatrices, v: number) {
    const { root, colours, rank } = matrices;
    this.#matrices = matrices;
    this.#v = Math.max(v, SMALLEST_RESPONSE);
    const scale = Math.sqrt(this.#v);
    this.#prox = new SoftmaxProx(
      root.map((value) => value * scale),
      colours,
      rank,
    );
    this.#field = new Float64Array(colours);
    this.force = new Float64Array(rank);
  }

  /** Solves for the field B u and answer y; the force is then in `force`. */
  solve(u: ArrayLike<number>, answer: number): void {
    const { root, colours, rank } = this.#matrices;
    expandField(this.#matrices, u, this.#field);
    this.#prox.solve(this.#field, answer);
    const { probabilities } = this.#prox;
    for (let k = 0; k < rank; k++) {
      this.force[k] = root[answer * rank + k];
      for (let a = 0; a < colours; a++) this.force[k] -= probabilities[a] * root[a * rank + k];
    }
  }

  /** Adds the last example with a weight and the share of its force along the teacher. */
  add(weight: number, alongTeacher: number): void {
    const sums = this.#sums;
    let squares = 0;
    for (const value of this.force) squares += value * value;
    sums.mHat += alongTeacher;
    sums.qHat += weight * squares;
    sums.vHat += (weight * this.#prox.trace()) / this.#v;
    sums.trainingLoss += weight * this.#prox.loss;
    sums.envelope += weight * (this.#prox.loss + 0.5 * this.#v * squares);
  }

  averages(): ChannelAverages {
    return { ...this.#sums };
  }
}
