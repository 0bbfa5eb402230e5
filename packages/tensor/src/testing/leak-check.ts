import type { Backend } from '../backend.ts';

/**
 * Runs `body` and throws when the backend has more (or fewer) bytes in use afterwards: somebody forgot a tensor.
 * @throws {Error} naming the difference
 */
export async function leakCheck<T>(backend: Backend, body: () => T | Promise<T>): Promise<T> {
  const before = backend.bytesInUse();
  const result = await body();
  const difference = backend.bytesInUse() - before;
  if (difference !== 0)
    throw new Error(
      `leak: ${difference} bytes more are in use on ${backend.name} than before. ` +
        'Dispose of what is not returned, or wrap the work in scope().',
    );
  return result;
}
