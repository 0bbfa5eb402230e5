/** What the exit code of the program says. */
export const EXIT = {
  done: 0,
  /** A bug of ours. */
  bug: 1,
  /** Options or configuration. */
  usage: 2,
  /** The input's content. */
  data: 3,
  /** A computation that did not reach its goal, under --strict. */
  numerics: 4,
  /** The machine: disk, permissions, backend. */
  environment: 5,
  /** Stopped by a person; the state is saved. */
  interrupted: 130,
} as const;

/** Exit code of an error: by its `code` where it is one of ours, 1 otherwise. */
export function exitCodeOf(error: unknown): number {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'usage' || code === 'data' || code === 'numerics' || code === 'environment') return EXIT[code];
  return EXIT.bug;
}
