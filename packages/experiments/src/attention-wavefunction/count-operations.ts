import type { TransformerArchitecture } from '@spinformer/transformer-vqs';
import type { OptimizedWave } from '../shared/magnets/optimize-phase.ts';

/** Evaluations that both derivatives (of log |ψ| and of its phase) cost beside the one that they need. */
const DERIVATIVE_COST = 5;

/**
 * Additions and multiplications of the matrix products of one log ψ: per token the embedding, and per layer values,
 * outputs, feed-forward parts and mixing, with queries, keys and their products where there are any; then the head.
 */
export function amplitudeOperations(
  { shape, patch, width: d, layers, expansion }: TransformerArchitecture,
  queriesAndKeys: boolean,
): number {
  const places = patch ** shape.length;
  const tokens = shape.reduce((product, extent) => product * extent, 1) / places;
  const mixing = 2 * tokens * d;
  const layer = (4 + 4 * expansion) * d * d + mixing + (queriesAndKeys ? 4 * d * d + mixing : 0);
  return tokens * (2 * places * d + layers * layer) + 4 * d * d;
}

/**
 * The same of one step: all amplitudes, the derivatives, the Gram matrix in the smaller of both spaces and its
 * Cholesky factor.
 *
 * @param optimized evaluations and derivatives of a step, as they were counted
 */
export function stepOperations(
  { evaluations, derivatives }: Pick<OptimizedWave, 'evaluations' | 'derivatives'>,
  operations: number,
  parameters: number,
): number {
  const rows = 2 * derivatives;
  const [small, large] = rows < parameters ? [rows, parameters] : [parameters, rows];
  return (evaluations + DERIVATIVE_COST * derivatives) * operations + small * small * large + small ** 3 / 3;
}
