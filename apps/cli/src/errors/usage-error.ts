/**
 * What a person typed cannot be carried out. Carries the same `code` as the packages' errors, without loading them:
 * a wrong flag is answered at once.
 */
export class UsageError extends Error {
  readonly code = 'usage';
  override readonly name = 'UsageError';
}
