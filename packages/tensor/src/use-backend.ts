import type { Backend } from './backend.ts';
import { cpu } from './backends/cpu.ts';

let chosen: Backend | undefined;

/**
 * Makes `backend` the home of tensors that are made from now on. Tensors that exist stay where they are; an operation
 * runs on the backend of its operands.
 * @example
 * useBackend(await wasm());
 */
export function useBackend(backend: Backend): void {
  chosen = backend;
}

/** The backend of new tensors: the one of the last {@link useBackend}, else a `cpu()`. */
export function currentBackend(): Backend {
  chosen ??= cpu();
  return chosen;
}

/** Runs `body` with `backend` as the current one, then puts the former one back. */
export function withBackend<T>(backend: Backend, body: () => T): T {
  const former = chosen;
  chosen = backend;
  try {
    return body();
  } finally {
    chosen = former;
  }
}
