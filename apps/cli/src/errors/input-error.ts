/** A file that was named for reading is not there, cannot be read, or does not hold what it should. */
export class InputError extends Error {
  readonly code = 'data';
  override readonly name = 'InputError';
}
