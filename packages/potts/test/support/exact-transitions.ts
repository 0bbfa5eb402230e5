import type { MarkovKernel, Rng } from '@spinformer/numerics';

/** Draws that a kernel made on its way, and how many ways there are at each. */
interface Path {
  readonly choices: number[];
  readonly probabilities: number[][];
}

/**
 * A stream that takes given choices instead of random ones, and the first possible one where none is given. Only draws
 * from finitely many answers are allowed.
 */
function scripted(path: Path): Rng {
  let at = 0;
  const choose = (probabilities: number[]) => {
    path.probabilities[at] = probabilities;
    path.choices[at] ??= probabilities.findIndex((p) => p > 0);
    return path.choices[at++];
  };
  const refuse = () => {
    throw new Error('only integer and categorical draws can be listed');
  };
  return {
    integer: (below) => choose(new Array<number>(below).fill(1 / below)),
    categorical: (logits) => {
      const top = Math.max(...Array.from(logits));
      const weights = Array.from(logits, (logit) => Math.exp(logit - top));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return choose(weights.map((weight) => weight / total));
    },
    uint32: refuse,
    uniform: refuse,
    normal: refuse,
    fork: refuse,
    state: refuse,
  };
}

/** The next path in depth-first order, or undefined after the last one. */
function nextPath({ choices, probabilities }: Path): Path | undefined {
  for (let depth = choices.length - 1; depth >= 0; depth--)
    for (let choice = choices[depth] + 1; choice < probabilities[depth].length; choice++)
      if (probabilities[depth][choice] > 0)
        return { choices: [...choices.slice(0, depth), choice], probabilities: [] };
  return undefined;
}

/**
 * One row of a kernel's transition matrix, exactly: every sequence of draws that a step can make, with its probability.
 * @param start makes the state to step from.
 * @param index numbers a state.
 */
export function transitionRow<State extends object>(
  kernel: MarkovKernel<State, unknown>,
  start: () => State,
  index: (state: State) => number,
  size: number,
): Float64Array {
  const row = new Float64Array(size);
  for (let path: Path | undefined = { choices: [], probabilities: [] }; path; path = nextPath(path)) {
    const state = start();
    kernel.step(state, scripted(path));
    row[index(state)] += path.choices.reduce((p, choice, depth) => p * path!.probabilities[depth][choice], 1);
  }
  return row;
}

/** Largest |π(s) T(s, s') − π(s') T(s', s)|; T is [size, size]. */
export function largestImbalance(rows: readonly Float64Array[], weights: ArrayLike<number>): number {
  let largest = 0;
  rows.forEach((row, k) => {
    for (let m = 0; m < k; m++)
      largest = Math.max(largest, Math.abs(weights[k] * row[m] - weights[m] * rows[m][k]));
  });
  return largest;
}
