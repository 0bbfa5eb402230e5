import type { Covariance } from '../replica-curve-config.ts';
import type { ReplicaCurveResult } from '../replica-curve-result.ts';

/** Colours of the ridges, ascending, from Okabe and Ito's set. */
const RIDGE_COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

/** The ridges of a result, ascending, with their colours. */
export function ridgeColours({ curves }: ReplicaCurveResult): Map<number, string> {
  const ridges = [...new Set(curves.map(({ ridge }) => ridge))].sort((a, b) => a - b);
  return new Map(ridges.map((ridge, k) => [ridge, RIDGE_COLOURS[k % RIDGE_COLOURS.length]]));
}

/** What the experiments of a kind are, as the title of a panel. */
export function panelTitle({ neighbours, sites }: ReplicaCurveResult, covariance: Covariance): string {
  return covariance === 'sk'
    ? `one layer of attention, Gibbs samples, N = ${sites}`
    : `single sites, independent neighbours, L = ${neighbours}`;
}

/** Whole sequences shift loads by this factor at most. */
const SLACK = 1.05;

/** Powers of two in the range of the loads, for the axis. */
export function loadTicks(loads: readonly number[]): number[] {
  const low = Math.ceil(Math.log2(Math.min(...loads) / SLACK));
  const high = Math.floor(Math.log2(Math.max(...loads) * SLACK));
  return Array.from({ length: Math.max(1, high - low + 1) }, (_, k) => 2 ** (low + k));
}
