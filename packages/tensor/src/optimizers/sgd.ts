import { DomainError } from '@spinformer/numerics';
import { scope } from '../memory/scope.ts';
import { add, mul, sub } from '../ops/binary.ts';
import { checkPair } from '../ops/checks.ts';
import { fillLike } from '../primitives/elementwise.ts';
import type { Tensor } from '../tensor.ts';
import { mapLeaves, type ParameterTree } from '../trees/tree.ts';
import type { CommonOptions, Optimizer, OptimizerState, Updated } from './optimizer.ts';
import { rateAt } from './schedules.ts';
import { updateLeaves, withClipping } from './update-trees.ts';

/** Options of {@link sgd}. */
export interface SgdOptions extends CommonOptions {
  /** How much of the last step is kept, 0 ≤ μ < 1; default 0. */
  readonly momentum?: number;
}

/** Gradient descent, with momentum: u ← μu + g, p ← p − rate·u. Default learning rate 0.01. */
export function sgd(options: SgdOptions = {}): Optimizer {
  const { momentum = 0 } = options;
  if (!(momentum >= 0 && momentum < 1))
    throw new DomainError(`sgd: momentum must lie in [0, 1), got ${momentum}. 0 is plain gradient descent.`);
  return {
    name: 'sgd',
    init: (parameters): OptimizerState =>
      momentum === 0
        ? { step: 0 }
        : {
            step: 0,
            momentum: mapLeaves<ParameterTree>(parameters, (leaf) => fillLike(leaf, leaf.shape, 0)),
          },
    update: (parameters, gradients, state) =>
      withClipping(gradients, options, (clipped) => step(parameters, clipped, state, options)),
  };
}

function step<P extends ParameterTree>(
  parameters: P,
  gradients: P,
  state: OptimizerState,
  options: SgdOptions,
): Updated<P> {
  const { momentum = 0, learningRate = 0.01 } = options;
  const rate = rateAt(learningRate, state.step);
  const others = momentum === 0 ? [gradients] : [gradients, state['momentum']];
  const [next, velocity] = updateLeaves('sgd', parameters, others, ([p, g, u]: readonly Tensor[]) => {
    checkPair('sgd', p, g);
    return scope(() => {
      if (!u) return [sub(p, mul(g, rate))];
      const moved = add(mul(u, momentum), g);
      return [sub(p, mul(moved, rate)), moved];
    });
  });
  const after: OptimizerState = { step: state.step + 1 };
  return {
    parameters: next ?? parameters,
    state: momentum === 0 ? after : { ...after, momentum: velocity ?? [] },
  };
}
