import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** False where the real data are not at hand; tests that need them skip then, and say why in their titles. */
export const hasSharedData = existsSync(FOLDER);

/** Put at the end of a title, so that a skipped test says why. */
export const needsData = hasSharedData ? '' : ' [skipped: ../shared/data is not there]';

/** Bytes of a file of the real data. */
export function sharedBytes(path: string): Uint8Array {
  return readFileSync(FOLDER + path);
}

/** Text of a file of the real data. */
export function sharedText(path: string): string {
  return readFileSync(FOLDER + path, 'utf8');
}
