/** What kind of mistake an error reports; the command line maps each to an exit code. */
export type ErrorCode = 'usage' | 'data' | 'numerics' | 'environment';

/**
 * The base of every error that spinformer raises on purpose. The message names the argument, its value and the
 * remedy, as in `energy: configurations must have 64 sites, got 60. Reshape to [samples, 64].`
 */
export class LabError extends Error {
  readonly code: ErrorCode;

  constructor(message: string, code: ErrorCode, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** An array or tensor has the wrong shape. */
export class ShapeError extends LabError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, 'usage', options);
  }
}

/** A number lies outside the range in which the function is defined. */
export class DomainError extends LabError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, 'usage', options);
  }
}

/** A configuration or option is unknown, contradictory or missing. */
export class ConfigError extends LabError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, 'usage', options);
  }
}

/** A file or a text that was read does not hold what it should; says where. */
export class DataError extends LabError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, 'data', options);
  }
}

/** A computation could not reach its goal and its result must not be used. */
export class ConvergenceError extends LabError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, 'numerics', options);
  }
}

/** A backend, its memory or one of its kernels is not to be had on this machine. */
export class BackendError extends LabError {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, 'environment', options);
  }
}
