import { DomainError } from '@spinformer/numerics';
import type { AdamSettings } from '../backend.ts';
import { checkPair } from '../ops/checks.ts';
import { adamStep } from '../primitives/adam.ts';
import { fillLike } from '../primitives/elementwise.ts';
import type { Tensor } from '../tensor.ts';
import { mapLeaves, type ParameterTree, pathOf } from '../trees/tree.ts';
import type { CommonOptions, Optimizer } from './optimizer.ts';
import { rateAt } from './schedules.ts';
import { updateLeaves, withClipping } from './update-trees.ts';

/** Options of {@link adam}. */
export interface AdamOptions extends CommonOptions {
  /** Decay of the mean of gradients, 0 ≤ β₁ < 1; default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients, 0 ≤ β₂ < 1; default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the second moment; default 1e-8. */
  readonly epsilon?: number;
}

/** Options of {@link adamW}. */
export interface AdamWOptions extends AdamOptions {
  /** Decoupled decay, per update and unit of learning rate; default 0.01. */
  readonly weightDecay?: number;
  /** Which parameters decay, by path (`layers.0.weight`) and tensor; default: all. */
  readonly decays?: (path: string, parameter: Tensor) => boolean;
}

const DEFAULT_RATE = 1e-3;

/**
 * Adam: steps of the mean gradient over the root of the mean squared one. Default learning rate 0.001.
 * @source kingma2015adam, algorithm 1
 */
export function adam(options: AdamOptions = {}): Optimizer {
  return build('adam', { ...options, weightDecay: 0 });
}

/**
 * Adam with decoupled weight decay. Default learning rate 0.001.
 * @source loshchilov2019adamw, algorithm 2
 */
export function adamW(options: AdamWOptions = {}): Optimizer {
  return build('adamW', { weightDecay: 0.01, ...options });
}

function build(name: string, options: AdamWOptions): Optimizer {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, learningRate = DEFAULT_RATE, decays } = options;
  for (const [key, beta] of Object.entries({ beta1, beta2 }))
    if (!(beta >= 0 && beta < 1)) throw new DomainError(`${name}: ${key} must lie in [0, 1), got ${beta}.`);
  const settingsAt = (step: number): AdamSettings => ({
    learningRate: rateAt(learningRate, step),
    beta1,
    beta2,
    epsilon,
    weightDecay: options.weightDecay ?? 0,
    correction1: 1 - beta1 ** (step + 1),
    correction2: 1 - beta2 ** (step + 1),
  });
  return {
    name,
    init: (parameters) => ({ step: 0, m: zerosLike(parameters), v: zerosLike(parameters) }),
    update: (parameters, gradients, state) =>
      withClipping(gradients, options, (clipped) => {
        const settings = settingsAt(state.step);
        const frozen = { ...settings, weightDecay: 0 };
        const [next, m, v] = updateLeaves(
          name,
          parameters,
          [clipped, state['m'], state['v']],
          (leaves, index) => {
            checkPair(name, leaves[0], leaves[1]);
            return adamStep(
              leaves,
              decays && !decays(pathOf(parameters, index), leaves[0]) ? frozen : settings,
            );
          },
        );
        return { parameters: next ?? parameters, state: { step: state.step + 1, m: m ?? [], v: v ?? [] } };
      }),
  };
}

function zerosLike<P extends ParameterTree>(parameters: P): P {
  return mapLeaves(parameters, (leaf) => fillLike(leaf, leaf.shape, 0));
}
