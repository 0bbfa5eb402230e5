import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** What the program said and how it ended. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly input?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with the process once it has started. */
  readonly meanwhile?: (child: ChildProcess) => Promise<void>;
}

/** Runs the built program as a person would. */
export async function cli(words: readonly string[], options: RunOptions): Promise<Outcome> {
  if (!existsSync(entry)) throw new Error('apps/cli is not built: run `pnpm build` first.');
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [entry, ...words], {
    cwd: options.cwd,
    env: { ...inherited, npm_lifecycle_event: '', ...options.environment },
    stdio: 'pipe',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  await options.meanwhile?.(child);
  return { code: await ended, stdout, stderr };
}

/** A new empty folder, removed by the returned function. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'spinformer-cli-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Waits until something is there; gives up after half a minute. */
export async function until(isThere: () => boolean): Promise<void> {
  for (let tries = 0; tries < 600 && !isThere(); tries++) await sleep(50);
}
