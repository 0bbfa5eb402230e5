import type { ParameterTree, StateTree } from '../trees/tree.ts';

/** What an optimiser remembers: tensors and numbers; treeToPlain and treeFromPlain carry it through a checkpoint. */
export interface OptimizerState {
  /** Updates done. */
  readonly step: number;
  readonly [name: string]: StateTree;
}

/** What an update makes. */
export interface Updated<P> {
  readonly parameters: P;
  readonly state: OptimizerState;
}

/**
 * `init` makes the state of step 0; `update` makes new parameters and a new state out of the old ones and a gradient.
 * Nothing is changed in place: dispose of the old parameters, gradients and state when they are no longer needed.
 * @example
 * let state = optimizer.init(parameters);
 * const { grads } = lossAndGrad(parameters, batch);
 * const next = optimizer.update(parameters, grads, state);
 * dispose(parameters, grads, state);
 * ({ parameters, state } = next);
 */
export interface Optimizer {
  readonly name: string;
  init<P extends ParameterTree>(parameters: P): OptimizerState;
  update<P extends ParameterTree>(parameters: P, gradients: P, state: OptimizerState): Updated<P>;
}

/** Options of every optimiser. */
export interface CommonOptions {
  /** Step size, or a schedule of it. */
  readonly learningRate?: number | Schedule;
  /** Scale gradients down so that their norm over all parameters is at most this; default: leave them. */
  readonly clipNorm?: number;
}

/** The learning rate of an update; `step` counts from 0. */
export type Schedule = (step: number) => number;
