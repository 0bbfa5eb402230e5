import { ConfigError } from '@spinformer/numerics';
import { type ParameterTree, treeLeaves, treeSize } from '@spinformer/tensor';
import type { ParameterRange } from './centred-jacobian.ts';

/** Parts of a tree that are no head. */
const BODY = ['embed', 'layers'];

/**
 * Where the chosen parts of a parameter tree stand in flattenTree's order.
 *
 * @param trainOnly - names of the tree's top level, or 'head' for all but embedding and layers; default everything.
 * @returns ranges in ascending order, adjacent ones joined; undefined for everything.
 * @throws {ConfigError} when a name is not in the tree.
 */
export function parameterRanges(
  parameters: ParameterTree,
  trainOnly?: 'head' | readonly string[],
): readonly ParameterRange[] | undefined {
  if (trainOnly === undefined) return undefined;
  const tree = parameters as Readonly<Record<string, ParameterTree>>;
  const names = treeLeaves(parameters)[0] === parameters ? [] : Object.keys(tree);
  const chosen = trainOnly === 'head' ? names.filter((name) => !BODY.includes(name)) : trainOnly;
  const unknown = chosen.filter((name) => !names.includes(name));
  const headless = trainOnly === 'head' && chosen.length === names.length;
  if (unknown.length > 0 || headless || chosen.length === 0)
    throw new ConfigError(
      `trainOnly: ${JSON.stringify(trainOnly)} ${headless ? 'needs an embedding or layers to hold fixed' : 'is not in the parameter tree'}. ` +
        `Give a list out of ${names.join(', ')}.`,
    );
  const ranges: { from: number; size: number }[] = [];
  let at = 0;
  for (const name of names) {
    const size = treeSize(tree[name]);
    const last = ranges.at(-1);
    if (chosen.includes(name)) {
      if (last && last.from + last.size === at) last.size += size;
      else ranges.push({ from: at, size });
    }
    at += size;
  }
  return ranges;
}

/** The chosen entries of a vector over all parameters; the vector itself where everything is chosen. */
export function pick(vector: Float64Array, ranges: readonly ParameterRange[] | undefined): Float64Array {
  if (!ranges) return vector;
  const chosen = new Float64Array(ranges.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const { from, size } of ranges) {
    chosen.set(vector.subarray(from, from + size), at);
    at += size;
  }
  return chosen;
}

/** vector + factor · step, the step on the chosen entries only; a new vector. */
export function moved(
  vector: Float64Array,
  step: Float64Array,
  factor: number,
  ranges: readonly ParameterRange[] = [{ from: 0, size: vector.length }],
): Float64Array {
  const result = vector.slice();
  let at = 0;
  for (const { from, size } of ranges) for (let k = 0; k < size; k++) result[from + k] += factor * step[at++];
  return result;
}
