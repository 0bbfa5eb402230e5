import { checkOrder, gaussRule, type Quadrature } from './gauss-rule.ts';

/**
 * Gauss–Hermite quadrature for averages over a standard normal variable: Σ wᵢ f(zᵢ) = ∫ f(z) exp(−z²/2) dz / √(2π),
 * exact for polynomials up to degree 2·order − 1. The weights add up to one. (For the weight exp(−x²) of tables, take
 * zᵢ/√2 and √π·wᵢ.) Far nodes of rules above order 350 have weights below 10⁻³⁰⁸, which are 0.
 *
 * @param order - number of nodes, 1…2000.
 * @returns new arrays that the caller owns; compute a rule once and keep it.
 * @throws {DomainError} when the order is out of range.
 * @source golub1969
 * @complexity order²: 10 ms at order 500.
 */
export function gaussHermite(order: number): Quadrature {
  checkOrder(order, 'gaussHermite');
  return gaussRule(Math.sqrt, order);
}
