import { sliceOf } from '../primitives/movement.ts';
import { share, type Tensor } from '../tensor.ts';
import type { Cotangents } from './rule.ts';
import type { TapeNode } from './tape.ts';
import { stacked } from './unbroadcast.ts';

/** Operations on shared tensors alone: the ordinary rule, once for each sample's cotangent. */
export function eachSample<Attributes>(
  node: TapeNode<Attributes>,
  g: Tensor,
  wants: readonly boolean[],
  samples: number,
): Cotangents {
  const parts: Tensor[][] = wants.map(() => []);
  const size = [1, ...node.shape];
  const begin = size.map(() => 0);
  for (let s = 0; s < samples; s++) {
    begin[0] = s;
    const row = sliceOf(g, begin.slice(), size);
    const cotangents = node.rule!.backward(node, share(row, node.shape), wants);
    for (let k = 0; k < wants.length; k++) if (wants[k]) parts[k].push(cotangents[k]!);
  }
  return parts.map((list, k) => (wants[k] ? stacked(list, node.shapes[k]) : null));
}
