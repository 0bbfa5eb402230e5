import type { Tensor } from '../tensor.ts';
import { eachSample } from './each-sample.ts';
import type { Cotangents } from './rule.ts';
import type { TapeNode } from './tape.ts';
import { spreadRows } from './unbroadcast.ts';

/**
 * One backward step while per-sample gradients are computed. Cotangents of nodes that hold samples have the node's own
 * shape: row s belongs to sample s. Cotangents of nodes that all samples share are [samples, ...shape].
 */
export function pullPerSample(
  node: TapeNode,
  g: Tensor,
  wants: readonly boolean[],
  samples: number,
): Cotangents {
  if (!node.batched)
    return node.rule!.shared?.(node, g, wants, samples) ?? eachSample(node, g, wants, samples);
  const batched = wants.map((wanted, k) => wanted && node.parents[k]!.batched);
  const shared = wants.map((wanted, k) => wanted && !node.parents[k]!.batched);
  if (!shared.includes(true)) return node.rule!.backward(node, g, batched);
  if (node.rule!.perSample === undefined) return byRows(node, g, wants, shared, samples);
  const rows = batched.includes(true) ? node.rule!.backward(node, g, batched) : null;
  const apart = node.rule!.perSample(node, g, shared, samples);
  return wants.map((_, k) => (shared[k] ? apart[k] : (rows?.[k] ?? null)));
}

/** Row r of the result depends on row r of every input: a shared input's rows belong to the samples in turn. */
function byRows(
  node: TapeNode,
  g: Tensor,
  wants: readonly boolean[],
  shared: readonly boolean[],
  samples: number,
): Cotangents {
  const rows = node.rule!.backward(node, g, wants);
  return rows.map((cotangent, k) =>
    shared[k] && cotangent !== null ? spreadRows(cotangent, samples) : cotangent,
  );
}
