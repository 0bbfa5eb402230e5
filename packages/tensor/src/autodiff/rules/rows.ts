import { binary, repeatTo } from '../../primitives/elementwise.ts';
import { reduceOver } from '../../primitives/movement.ts';
import {
  crossEntropyRowsGrad,
  layerNormRowsGrad,
  logSoftmaxRowsGrad,
  softmaxRowsGrad,
} from '../../primitives/rows.ts';
import { share, type Tensor } from '../../tensor.ts';
import { isBatched, type Rule } from '../rule.ts';
import type { TapeNode } from '../tape.ts';

function mixesLastAxis(node: TapeNode<unknown>): string | null {
  return node.shapes[0].length < 2 ? 'its operand has one axis, which holds the samples' : null;
}

/** y·(g − Σ y·g). */
export const softmaxRule: Rule<null> = {
  primitive: 'softmax',
  reads: () => false,
  readsResult: () => true,
  backward: (node, g) => [softmaxRowsGrad(node.result!, g)],
  shared: (node, g) => [softmaxRowsGrad(repeatTo(node.result!, g.shape), g)],
  mixes: mixesLastAxis,
};

/** g − exp(y)·Σ g. */
export const logSoftmaxRule: Rule<null> = {
  primitive: 'logSoftmax',
  reads: () => false,
  readsResult: () => true,
  backward: (node, g) => [logSoftmaxRowsGrad(node.result!, g)],
  shared: (node, g) => [logSoftmaxRowsGrad(repeatTo(node.result!, g.shape), g)],
  mixes: mixesLastAxis,
};

/** g·(softmax − onehot); the targets get none. */
export const crossEntropyRule: Rule<null> = {
  primitive: 'crossEntropy',
  reads: () => true,
  backward: (node, g) => [crossEntropyRowsGrad(node.inputs[0]!, node.inputs[1]!, g), null],
};

/** extras: mean and 1/√(variance + ε) of each row. */
export const layerNormRule: Rule<null> = {
  primitive: 'layerNorm',
  reads: (k) => k < 2,
  backward(node, g, wants) {
    const [x, gain] = node.inputs;
    const [mean, inverse] = node.extras;
    const { dx, dgain, dbias } = layerNormRowsGrad(x!, gain!, mean, inverse, g);
    return [wants[0] ? dx : null, wants[1] ? dgain : null, wants[2] ? dbias : null];
  },
  perSample(node, g, wants, samples) {
    const width = node.shapes[1][0];
    const rows = node.extras[0].shape[0];
    const bySample = (values: Tensor) => share(values, [samples, rows / samples, width]);
    const sum = (values: Tensor) => reduceOver('sum', bySample(values), [1]);
    if (!wants[1]) return [null, null, wants[2] ? sum(g) : null];
    const [mean, inverse] = node.extras.map((extra) => share(extra, [rows, 1]));
    const centred = binary('sub', share(node.inputs[0]!, [rows, width]), mean);
    const unit = binary('mul', centred, inverse);
    return [null, sum(binary('mul', share(g, [rows, width]), unit)), wants[2] ? sum(g) : null];
  },
  mixes: (node) =>
    isBatched(node, 1) || isBatched(node, 2) ? 'its gain or bias hold samples' : mixesLastAxis(node),
};
