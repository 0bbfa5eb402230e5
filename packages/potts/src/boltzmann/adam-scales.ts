/** Memory of ADAM's first moment, β₁. */
export const MEMORY = 0.9;
/** Memory of ADAM's second moment, β₂. */
export const SPREAD = 0.999;

/** What makes the first moment unbiased at a step counted from 1. */
export function firstScale(step: number): number {
  return 1 / (1 - MEMORY ** step);
}

/** What makes the second moment unbiased at a step counted from 1. */
export function secondScale(step: number): number {
  return 1 / (1 - SPREAD ** step);
}
