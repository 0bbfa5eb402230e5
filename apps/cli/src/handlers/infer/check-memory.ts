import { totalmem } from 'node:os';
import { EnvironmentError } from '../../errors/environment-error.ts';
import type { CommandContext } from '../../spec/command-context.ts';

/** What Node and the data take beside the computation, as a share of the machine. */
const KEPT_FREE = 0.1;

/** 1.25 GiB, 340 MiB. */
export function memoryText(bytes: number): string {
  return bytes < 2 ** 30
    ? `${Math.max(1, Math.ceil(bytes / 2 ** 20))} MiB`
    : `${(bytes / 2 ** 30).toFixed(2)} GiB`;
}

/**
 * Says what a computation will need.
 * @throws {EnvironmentError} when that is more than the machine has, with what helps
 */
export function checkMemory({ terminal }: CommandContext, bytes: number, remedy: string): void {
  const limit = (1 - KEPT_FREE) * totalmem();
  if (bytes > limit)
    throw new EnvironmentError(
      `this needs about ${memoryText(bytes)} of memory, and this machine has ${memoryText(totalmem())}. ${remedy}`,
    );
  terminal.note(`Needs up to ${memoryText(bytes)} of memory`);
}
