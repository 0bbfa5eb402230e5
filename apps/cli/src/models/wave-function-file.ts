import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeTransformer,
  type TransformerParameters,
  type TransformerState,
} from '@spinformer/transformer-vqs';
import { InputError } from '../errors/input-error.ts';
import type { ResolvedModel } from '../handlers/vqs/spin-problem.ts';
import { findRun } from '../run/find-run.ts';
import { openRun } from '../run/opened-run.ts';

/** Where a run keeps its wave function. */
export const WAVE_ARTIFACT = 'artifacts/wave-function.safetensors';

/** The wave function of an earlier run, with the model that it was optimised for. */
export interface FoundWave {
  /** Absolute path of its run directory. */
  readonly run: string;
  readonly bytes: Uint8Array;
  readonly options: ResolvedModel & { readonly symmetries: string; readonly momentum?: string };
}

/**
 * The wave function of a run of vqs optimize.
 * @throws {InputError} when the run has none
 */
export function findWave(reference: string): FoundWave {
  const run = findRun(reference);
  const { config } = openRun(run);
  const show = `See spinformer runs show ${run}.`;
  if (config.command !== 'vqs optimize')
    throw new InputError(`${run} is a run of ${config.command}, not of vqs optimize. ${show}`);
  const file = join(run, WAVE_ARTIFACT);
  if (!existsSync(file))
    throw new InputError(
      `${run} has no wave function yet: it did not come to its end. Let it go on with spinformer runs resume ${run}.`,
    );
  return { run, bytes: readFileSync(file), options: config.options as unknown as FoundWave['options'] };
}

/**
 * Wave function and parameters from the bytes of a file, on the current backend.
 * @throws {InputError} when the file is damaged or holds something else
 */
export function decodeWave(
  bytes: Uint8Array,
  place: string,
): { readonly wave: TransformerState; readonly parameters: TransformerParameters } {
  try {
    return decodeTransformer(bytes);
  } catch (cause) {
    throw new InputError(`wave function ${place} cannot be read: ${(cause as Error).message}`, { cause });
  }
}
