import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** Far more than the program needs; one that hangs never ends. */
const PATIENCE_MS = 60_000;

describe('a process whose pool has started', () => {
  it('ends by itself, without dispose', async () => {
    const program = fileURLToPath(new URL('./wasm-exit-program.mjs', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [program], { timeout: PATIENCE_MS });
    expect(stdout.trim()).toBe('4950000');
  });
});
