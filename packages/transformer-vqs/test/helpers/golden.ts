import type { Tensor } from '@spinformer/tensor';
import { type ParameterTree, tensor } from '@spinformer/tensor';

/** The deterministic numbers u_k of the reference program: integers below 2^53, so the same everywhere. */
function goldenNumber(k: number): number {
  return (2 * (((k + 1) ** 2 * 40503 + (k + 1) * 2654435) % 65521)) / 65521 - 1;
}

/** The reference program's parameters in the shape of `like`: gains 1 + 0.1u, biases 0.1u, positions 0.5u, matrices 0.4u. */
export function goldenParameters<P extends ParameterTree>(like: P): P {
  let at = 0;
  const walk = (node: ParameterTree, name: string): ParameterTree => {
    if ('backend' in (node as object)) {
      const leaf = node as Tensor;
      const value = (u: number) =>
        name === 'gain' ? 1 + 0.1 * u : name === 'bias' ? 0.1 * u : (name === 'position' ? 0.5 : 0.4) * u;
      const values = Float64Array.from({ length: leaf.size }, (_, k) => value(goldenNumber(at + k)));
      at += leaf.size;
      return tensor(values, leaf.shape, 'float64');
    }
    if (Array.isArray(node)) return node.map((child) => walk(child as ParameterTree, name));
    return Object.fromEntries(
      Object.entries(node as Record<string, ParameterTree>).map(([key, child]) => [key, walk(child, key)]),
    );
  };
  return walk(like, '') as P;
}

/** The three configurations of the reference, 4×4. */
export const CONFIGURATIONS = {
  neel: Int8Array.from({ length: 16 }, (_, r) => ((r + (r >> 2)) % 2 === 0 ? 1 : -1)),
  stripe: Int8Array.from({ length: 16 }, (_, r) => ((r >> 2) % 2 === 0 ? 1 : -1)),
  mix: Int8Array.of(1, 1, -1, 1, -1, -1, 1, -1, 1, -1, 1, 1, -1, -1, 1, -1),
} as const;
