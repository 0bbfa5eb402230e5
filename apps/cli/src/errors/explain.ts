import { EXIT, exitCodeOf } from './exit-codes.ts';

/** What a person reads about an error on standard error. */
export function explain(error: unknown, options: { readonly debug: boolean }): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = options.debug && error instanceof Error ? `\n${stackOf(error)}` : '';
  if (exitCodeOf(error) !== EXIT.bug) return `spinformer: ${message}${stack}`;
  const hint = options.debug ? '' : '\nRun it again with --debug for the details to report.';
  return `spinformer: unexpected error: ${message}\nThis is our bug, not your mistake. Please report it.${hint}${stack}`;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
