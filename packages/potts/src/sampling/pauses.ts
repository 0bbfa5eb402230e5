import { letEventsThrough } from '@spinformer/numerics';
import { type AnyPotts, isGraph } from './any-model.ts';

/** Coupling rows that are added between two looks at the abort signal: a tenth of a second or so. */
const ROWS_PER_PAUSE = 2e7;

/** Coupling rows that one sweep of all chains adds. */
export function rowsOfSweep(model: AnyPotts, chains: number): number {
  return chains * (isGraph(model) ? model.sites + model.edges.length : model.sites ** 2);
}

/** Sweeps of all chains that fit between two pauses, at least 1. */
export function sweepsPerPause(model: AnyPotts, chains: number): number {
  return Math.max(1, Math.floor(ROWS_PER_PAUSE / rowsOfSweep(model, chains)));
}

/** A function to call after every sweep of all chains: once in a while it lets timers, messages and cancellation in. */
export function pauses(model: AnyPotts, chains: number): () => Promise<void> | undefined {
  const most = sweepsPerPause(model, chains);
  let sweeps = 0;
  return () => {
    sweeps++;
    if (sweeps % most === 0) return letEventsThrough();
    return undefined;
  };
}
