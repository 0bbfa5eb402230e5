import type { Activation } from '../../backend.ts';
import { unaryGrad } from '../../primitives/elementwise.ts';
import { product } from '../../primitives/matmul.ts';
import { reduceOver } from '../../primitives/movement.ts';
import { share, type Tensor } from '../../tensor.ts';
import { type Cotangents, isBatched, type Rule } from '../rule.ts';
import type { TapeNode } from '../tape.ts';
import { unbroadcast, unbroadcastPerSample } from '../unbroadcast.ts';

/** Which operands were transposed. */
export interface MatmulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The cotangents of a and b before leading axes are summed. */
function throughA(b: Tensor, g: Tensor, { transposeA, transposeB }: MatmulAttributes): Tensor {
  return transposeA ? product(b, g, transposeB, true) : product(g, b, false, !transposeB);
}

function throughB(a: Tensor, g: Tensor, { transposeA, transposeB }: MatmulAttributes): Tensor {
  return transposeB ? product(g, a, true, transposeA) : product(a, g, !transposeA, false);
}

/** x with its leading axes regrouped as [groups, rows], or as [rows] when groups is 0. */
function grouped(x: Tensor, groups: number): Tensor {
  const width = x.shape[x.shape.length - 1];
  const rows = width === 0 ? 0 : x.size / width;
  return share(x, groups === 0 ? [rows, width] : [groups, rows / groups, width]);
}

/** Both cotangents with the samples along axis 0 of g. */
function apart(
  node: TapeNode<MatmulAttributes>,
  g: Tensor,
  wants: readonly boolean[],
  samples: number,
): Cotangents {
  const [a, b] = node.inputs;
  const each = (local: Tensor, k: number) => unbroadcastPerSample(local, node.shapes[k], samples);
  return [
    wants[0] ? each(throughA(b!, g, node.attributes), 0) : null,
    wants[1] ? each(throughB(a!, g, node.attributes), 1) : null,
  ];
}

/** Whether b is one matrix that every row of a meets: then all rows form one product. */
function isFlat(node: TapeNode<MatmulAttributes>): boolean {
  return node.shapes[1].length === 2 && !node.attributes.transposeA;
}

/** dA = g·Bᵀ and dB = Aᵀ·g, each for the orientation that was stored, summed over repeated leading axes. */
export const matmulRule: Rule<MatmulAttributes> = {
  primitive: 'matmul',
  reads: (k, wants) => wants[1 - k],
  backward(node, g, wants) {
    const [a, b] = node.inputs;
    const da = wants[0] ? unbroadcast(throughA(b!, g, node.attributes), node.shapes[0]) : null;
    if (!wants[1]) return [da, null];
    if (isFlat(node)) return [da, throughB(grouped(a!, 0), grouped(g, 0), node.attributes)];
    return [da, unbroadcast(throughB(a!, g, node.attributes), node.shapes[1])];
  },
  perSample(node, g, wants, samples) {
    if (!wants[1] || !isFlat(node)) return apart(node, g, wants, samples);
    const [a] = node.inputs;
    return [null, throughB(grouped(a!, samples), grouped(g, samples), node.attributes)];
  },
  shared: apart,
  mixes(node) {
    for (const k of [0, 1]) {
      if (!isBatched(node, k)) continue;
      const shape = node.shapes[k];
      if (shape.length < node.shape.length || (shape.length > 2 && shape[0] !== node.shape[0]))
        return `operand ${'ab'[k]} [${shape.join(', ')}] is repeated to [${node.shape.join(', ')}]`;
      if (shape.length === 2 && (k === 1 || node.attributes.transposeA))
        return `operand ${'ab'[k]} [${shape.join(', ')}] has the samples along an axis that is summed or moved`;
    }
    return null;
  },
};

/** How the layer was called. */
export interface DenseAttributes {
  readonly activation: Activation;
  readonly transposeW: boolean;
}

/** The cotangent of x·w + bias; extras[0] holds its value where there is an activation. */
function beforeActivation(node: TapeNode<DenseAttributes>, g: Tensor): Tensor {
  const { activation } = node.attributes;
  if (activation === 'none') return g;
  const before = node.extras[0];
  return unaryGrad(activation, before, node.result ?? before, g);
}

/** Inputs x, w and the bias or null; extras: the values before the activation, where there is one. */
export const denseRule: Rule<DenseAttributes> = {
  primitive: 'dense',
  reads: (k, wants) => (k === 0 ? wants[1] : k === 1 && wants[0]),
  readsResult: ({ activation }) => activation === 'tanh',
  backward(node, g, wants) {
    const { transposeW } = node.attributes;
    const [x, w] = node.inputs;
    const inner = beforeActivation(node, g);
    return [
      wants[0] ? product(inner, w!, false, !transposeW) : null,
      wants[1] ? (transposeW ? product(inner, x!, true, false) : product(x!, inner, true, false)) : null,
      wants[2] ? share(reduceOver('sum', inner, [0])) : null,
    ];
  },
  perSample(node, g, wants, samples): Cotangents {
    const x = wants[1] ? grouped(node.inputs[0]!, samples) : null;
    const inner = grouped(beforeActivation(node, g), samples);
    return [
      null,
      x && (node.attributes.transposeW ? product(inner, x, true, false) : product(x, inner, true, false)),
      wants[2] ? reduceOver('sum', inner, [1]) : null,
    ];
  },
  mixes: (node) => (isBatched(node, 1) || isBatched(node, 2) ? 'its weights or bias hold samples' : null),
};
