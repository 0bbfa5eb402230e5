import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AutoregressiveModel, decodeAutoregressive } from '@spinformer/potts';
import type { FoundModel } from './potts-file.ts';

/** Where a run keeps an autoregressive model itself; its Potts model holds epistasis only. */
export const AUTOREGRESSIVE_ARTIFACT = 'artifacts/autoregressive.safetensors';

/** The autoregressive model of a run; undefined for a run, or a file, of another method. */
export function autoregressiveOfRun({ run }: Pick<FoundModel, 'run'>): AutoregressiveModel | undefined {
  const file = run === undefined ? '' : join(run, AUTOREGRESSIVE_ARTIFACT);
  return existsSync(file) ? decodeAutoregressive(readFileSync(file)).model : undefined;
}
