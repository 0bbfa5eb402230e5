import type { Chart } from '../replica-problem.ts';

/** Logarithms stay within ±this: e^200 and its square are still numbers. */
const LARGEST_LOGARITHM = 200;

function logarithm(value: number): number {
  return value > 0 ? Math.max(Math.log(value), -LARGEST_LOGARITHM) : -LARGEST_LOGARITHM;
}

function exponential(value: number): number {
  return Math.exp(Math.min(Math.max(value, -LARGEST_LOGARITHM), LARGEST_LOGARITHM));
}

/** Coordinates (m/√q, log q, log V) of the order parameters m, q, V; |m/√q| ≤ √ρ by Cauchy–Schwarz. */
export function scalarChart(teacherVariance: number): Chart {
  const most = Math.sqrt(teacherVariance);
  return {
    encode: ([m, q, v]) => Float64Array.of(q > 0 ? m / Math.sqrt(q) : 0, logarithm(q), logarithm(v)),
    decode: ([slope, logQ, logV]) => {
      const q = exponential(logQ);
      return Float64Array.of(Math.min(most, Math.max(-most, slope)) * Math.sqrt(q), q, exponential(logV));
    },
    scale: ([slope]) => Float64Array.of(Math.abs(slope), 1, 1),
  };
}
