import type { CentredJacobian } from './centred-jacobian.ts';
import { type TangentOptions, TangentSystem } from './tangent-system.ts';

/** What a direction needs of the past, as plain data. */
export type DirectionMemory = {
  /** Directions accepted so far. */
  readonly count: number;
  /** The last direction φ, [parameters]; empty before the first. */
  readonly last: Float64Array;
  /** MARCH: running mean of |φ_k − φ_{k−1}|², [parameters]; empty otherwise. */
  readonly spread: Float64Array;
};

/** Directions at one point, for several diagonal shifts. */
export interface Directions<Memory> {
  /** φ [parameters]: go along −φ. */
  at(shift: number): Float64Array;
  /** What to remember when φ was accepted. */
  after(direction: Float64Array): Memory;
  dispose(): void;
}

/** Options of {@link naturalDirections}. */
export interface NaturalOptions extends TangentOptions {
  readonly method: 'sr' | 'spring' | 'march';
  /** Part μ of the last direction that is kept, 0 ≤ μ < 1 (SPRING, MARCH). */
  readonly momentum: number;
}

/** No direction yet. */
export const NO_MEMORY: DirectionMemory = {
  count: 0,
  last: new Float64Array(0),
  spread: new Float64Array(0),
};

/** Decay β of MARCH's running mean. */
const SPREAD_DECAY = 0.995;
/** Added to v^(1/4), so that a parameter that does not move is not divided by zero. */
const LEAST_SPREAD = 1e-8;

/**
 * Directions of stochastic reconfiguration (SR), SPRING and MARCH for real parameters of a complex log ψ:
 *
 * - SR: φ = (XᵀX + λ)⁻¹ Xᵀ f with f = 2√p (E_L − E), so that Xᵀf is the gradient of the energy.
 * - SPRING: φ = (XᵀX + λ)⁻¹ Xᵀ (f − μ X φ₋) + μ φ₋.
 * - MARCH: SPRING in parameters divided by v^(1/4), v the running mean of |φ − φ₋|².
 *
 * @param jacobian - X, stays its owner's.
 * @param force - f [2·samples], in the order of X's rows.
 * @source sorella2001; chen2024minsr; goldshlager2024spring; gu2025march
 */
export function naturalDirections(
  jacobian: CentredJacobian,
  force: Float64Array,
  memory: DirectionMemory,
  options: NaturalOptions,
): Directions<DirectionMemory> {
  const { method, momentum } = options;
  const kept = method === 'sr' || memory.count === 0 ? 0 : momentum;
  const scales = method === 'march' ? columnScales(memory) : undefined;
  const scaled = scales ? jacobian.scaledColumns(scales) : jacobian;
  const system = new TangentSystem(scaled, options);
  const moved = kept > 0 ? jacobian.times(memory.last) : undefined;
  const residual = moved ? force.map((f, k) => f - kept * moved[k]) : force;
  return {
    at(shift) {
      const direction = system.solve(shift, residual);
      for (let k = 0; k < direction.length; k++)
        direction[k] = direction[k] * (scales?.[k] ?? 1) + (kept > 0 ? kept * memory.last[k] : 0);
      return direction;
    },
    after: (direction) => remember(memory, direction, method),
    dispose() {
      system.dispose();
      if (scaled !== jacobian) scaled.dispose();
    },
  };
}

function columnScales({ count, spread }: DirectionMemory): Float64Array | undefined {
  if (spread.length === 0) return undefined;
  const correction = 1 - SPREAD_DECAY ** (count - 1);
  return spread.map((v) => 1 / ((v / correction) ** 0.25 + LEAST_SPREAD));
}

function remember(
  { count, last, spread }: DirectionMemory,
  direction: Float64Array,
  method: NaturalOptions['method'],
): DirectionMemory {
  if (method === 'sr') return { ...NO_MEMORY, count: count + 1 };
  const spreadAfter =
    method === 'march' && count > 0
      ? direction.map((x, k) => SPREAD_DECAY * (spread[k] ?? 0) + (1 - SPREAD_DECAY) * (x - last[k]) ** 2)
      : spread;
  return { count: count + 1, last: direction.slice(), spread: spreadAfter };
}
