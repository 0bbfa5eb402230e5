import type { ReduceOp } from '../../backend.ts';
import { binary, fillLike, select } from '../../primitives/elementwise.ts';
import { madeLike } from '../../primitives/made.ts';
import {
  embedIn,
  gatherRows,
  permuteAxes,
  reduceOver,
  scatterRows,
  sliceOf,
} from '../../primitives/movement.ts';
import { reducedShape } from '../../shape.ts';
import { share, type Tensor } from '../../tensor.ts';
import { eachSample } from '../each-sample.ts';
import { isBatched, type Rule } from '../rule.ts';
import type { TapeNode } from '../tape.ts';
import { repeatOver } from './elementwise.ts';

/** What was reduced, and how. */
export interface ReduceAttributes {
  readonly op: ReduceOp;
  readonly axes: readonly number[];
}

/** The maximum's cotangent goes in equal parts to all entries that reach it. */
function throughMax(node: TapeNode<ReduceAttributes>, g: Tensor, kept: readonly number[]): Tensor {
  const x = node.inputs[0]!;
  const winners = binary('equal', x, share(node.result!, kept));
  const count = reduceOver('sum', winners, node.attributes.axes, true);
  const each = binary('div', share(g, kept), count);
  return binary('mul', winners, each);
}

/** Sums repeat g, maxima send it to the winners. */
export const reduceRule: Rule<ReduceAttributes> = {
  primitive: 'reduce',
  label: ({ op }) => op,
  reads: (_, __, { op }) => op === 'max',
  readsResult: ({ op }) => op === 'max',
  backward(node, g) {
    const kept = reducedShape(node.shapes[0], node.attributes.axes, true);
    return [node.attributes.op === 'max' ? throughMax(node, g, kept) : repeatOver(g, kept, node.shapes[0])];
  },
  shared(node, g, wants, samples) {
    if (node.attributes.op === 'max') return eachSample(node, g, wants, samples);
    const kept = reducedShape(node.shapes[0], node.attributes.axes, true);
    return [repeatOver(g, [samples, ...kept], [samples, ...node.shapes[0]])];
  },
  mixes: ({ attributes }) => (attributes.axes.includes(0) ? 'it reduces over axis 0' : null),
};

function inverseOf(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  for (let k = 0; k < inverse.length; k++) inverse[permutation[k]] = k;
  return inverse;
}

/** The inverse permutation. The attribute is the permutation. */
export const permuteRule: Rule<readonly number[]> = {
  primitive: 'permute',
  label: () => 'transpose',
  reads: () => false,
  backward: (node, g) => [permuteAxes(g, inverseOf(node.attributes))],
  shared: (node, g) => [permuteAxes(g, [0, ...inverseOf(node.attributes).map((axis) => axis + 1)])],
  mixes: ({ attributes }) => (attributes[0] !== 0 ? 'it moves axis 0' : null),
};

/** The attribute is where the slice begins. */
export const sliceRule: Rule<readonly number[]> = {
  primitive: 'slice',
  reads: () => false,
  backward: (node, g) => [embedIn(g, node.shapes[0], node.attributes)],
  shared: (node, g, _, samples) => [embedIn(g, [samples, ...node.shapes[0]], [0, ...node.attributes])],
  mixes: (node) => (node.shape[0] !== node.shapes[0][0] ? 'it takes a part of axis 0' : null),
};

/** The attribute is where the operand was written. */
export const placeRule: Rule<readonly number[]> = {
  primitive: 'embed',
  label: () => 'place',
  reads: () => false,
  backward: (node, g) => [sliceOf(g, node.attributes, node.shapes[0])],
  shared: (node, g, _, samples) => [sliceOf(g, [0, ...node.attributes], [samples, ...node.shapes[0]])],
  mixes: (node) => (node.shape[0] !== node.shapes[0][0] ? 'it extends axis 0' : null),
};

/** The attribute is the axis. */
export const concatRule: Rule<number> = {
  primitive: 'concat',
  reads: () => false,
  backward(node, g, wants) {
    const begin = node.shape.map(() => 0);
    return node.shapes.map((shape, k) => {
      const part = wants[k] ? sliceOf(g, begin.slice(), shape) : null;
      begin[node.attributes] += shape[node.attributes];
      return part;
    });
  },
  mixes: ({ attributes }) => (attributes === 0 ? 'it joins along axis 0' : null),
};

/** Indices that send the rows of sample s to the s-th of `samples` tables; negative ones stay negative. */
function indicesBySample(indices: Tensor, rows: number, samples: number): Tensor {
  const bySample = share(indices, [samples, indices.size / samples]);
  const starts = Int32Array.from({ length: samples }, (_, s) => s * rows);
  const offsets = madeLike(indices, indices.backend.upload(starts, 'int32'), [samples, 1]);
  const moved = binary('add', bySample, offsets);
  const absent = binary('greater', fillLike(indices, [], 0), bySample);
  return share(select(absent, bySample, moved, bySample.shape), indices.shape);
}

/** Adds g to the rows that were read; the indices get none. */
export const gatherRule: Rule<null> = {
  primitive: 'gather',
  reads: (k) => k === 1,
  backward: (node, g) => [scatterRows(g, node.inputs[1]!, node.shapes[0][0]), null],
  perSample(node, g, _, samples) {
    const [rows, ...width] = node.shapes[0];
    const indices = indicesBySample(node.inputs[1]!, rows, samples);
    return [share(scatterRows(g, indices, samples * rows), [samples, rows, ...width]), null];
  },
  mixes: (node) => (isBatched(node, 0) ? 'its table holds the samples along the axis that is indexed' : null),
};

/** Reads back the rows that were added to. */
export const scatterAddRule: Rule<null> = {
  primitive: 'scatterAdd',
  reads: (k) => k === 1,
  backward: (node, g) => [gatherRows(g, node.inputs[1]!), null],
  mixes: () => 'it adds rows of different samples',
};
