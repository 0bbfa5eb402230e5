import { attendGrad, mixSitesGrad } from '../../primitives/attention.ts';
import { product } from '../../primitives/matmul.ts';
import { permuteAxes } from '../../primitives/movement.ts';
import type { Tensor } from '../../tensor.ts';
import { isBatched, type Rule } from '../rule.ts';
import { unbroadcastPerSample } from '../unbroadcast.ts';

/** Inputs: weights and values. */
export const positionalMixRule: Rule<null> = {
  primitive: 'positionalMix',
  reads: () => true,
  backward(node, g, wants) {
    const { dweights, dvalues } = mixSitesGrad(node.inputs[0]!, node.inputs[1]!, g);
    return [wants[0] ? dweights : null, wants[1] ? dvalues : null];
  },
  perSample(node, g, _, samples) {
    const byHead = (x: Tensor) => permuteAxes(x, [0, 2, 1, 3]);
    const each = product(byHead(g), byHead(node.inputs[1]!), false, true);
    return [unbroadcastPerSample(each, node.shapes[0], samples), null];
  },
  mixes: (node) => (isBatched(node, 0) ? 'its weights hold samples' : null),
};

/** Inputs q, k, v and the mask or null; extras: the probabilities. The attribute is the scale. */
export const attentionRule: Rule<number> = {
  primitive: 'attention',
  reads: (k) => k < 3,
  backward(node, g, wants) {
    const [q, k, v] = node.inputs;
    const { dq, dk, dv } = attendGrad(q!, k!, v!, node.extras[0], g, node.attributes);
    return [wants[0] ? dq : null, wants[1] ? dk : null, wants[2] ? dv : null, null];
  },
  mixes: (node) => (isBatched(node, 3) ? 'its mask holds samples' : null),
};
