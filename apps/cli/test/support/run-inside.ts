import { setTimeout as sleep } from 'node:timers/promises';
import { vi } from 'vitest';
import { main } from '../../src/program.ts';
import type { Outcome } from './run-cli.ts';

/** Runs a command in this process, from sources: much sooner than a process of its own. */
export async function inside(
  words: readonly string[],
  { cwd, interruptWhen }: { readonly cwd: string; readonly interruptWhen?: () => boolean },
): Promise<Outcome> {
  const before = process.cwd();
  const said = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      said[name] += String(chunk);
      return true;
    }),
  );
  process.chdir(cwd);
  const state = { isDone: false };
  const interrupter = interruptWhen && interruptOnce(interruptWhen, state);
  try {
    const code = await main(words);
    state.isDone = true;
    await interrupter;
    return { code, ...said };
  } finally {
    state.isDone = true;
    process.chdir(before);
    for (const spy of spies) spy.mockRestore();
  }
}

/** What Ctrl-C does, as soon as there is something to interrupt. */
async function interruptOnce(isTime: () => boolean, state: { isDone: boolean }): Promise<void> {
  while (!state.isDone && !isTime()) await sleep(2);
  if (!state.isDone) process.emit('SIGINT');
}
