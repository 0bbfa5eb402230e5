import { ConfigError, DomainError, ShapeError } from '@spinformer/numerics';

/** Where the colour matrices V^h of a factored layer come from. */
export type ColourValues =
  | 'learned'
  | 'identity'
  /** Fixed matrices, [states, states] shared by all heads or [heads, states, states]. */
  | { readonly known: ArrayLike<number> };

/** Options of {@link factoredAttention}. */
export interface FactoredOptions {
  /** Length of the sequences, at least 2. */
  readonly sites: number;
  /** Number of colours (letters), at least 2. */
  readonly states: number;
  /** Terms A^h ⊗ V^h in the sum; 1. */
  readonly heads?: number;
  /** `'learned'` (default), `'identity'` (ordinary Potts), or `{ known: U }`. */
  readonly values?: ColourValues;
  /**
   * `'free'` (default): A is a plain matrix, any sign. `'softmax'`: A = softmax_j(Q_i·K_j/√width), so that rows are
   * positive and sum to 1; one such head cannot hold couplings of both signs.
   */
  readonly attention?: 'free' | 'softmax';
  /** Width of queries and keys for `'softmax'`; 16. */
  readonly width?: number;
  /** Whether a field b_i(a) is learned at each site; true. */
  readonly fields?: boolean;
  /** Whether A_ii is held at zero, so that no site sees itself; true. Only then is the layer a Potts model. */
  readonly maskSelf?: boolean;
  /** Whether A and V are replaced by their symmetric parts, so that the couplings are exactly those of a Potts model; false. */
  readonly symmetric?: boolean;
}

/** Options with every default filled in. */
export type FactoredShape = Required<FactoredOptions>;

/**
 * Checks the options of a factored layer and fills in the defaults.
 *
 * @throws {DomainError} if a size is not an integer in its range.
 * @throws {ShapeError} if known values have the wrong number of entries.
 * @throws {ConfigError} if `values` or `attention` is not one of the kinds.
 */
export function factoredShape(options: FactoredOptions): FactoredShape {
  const shape: FactoredShape = {
    heads: 1,
    values: 'learned',
    attention: 'free',
    width: 16,
    fields: true,
    maskSelf: true,
    symmetric: false,
    ...dropUndefined(options),
  };
  checkCount('factoredAttention', 'sites', shape.sites, 2);
  checkCount('factoredAttention', 'states', shape.states, 2);
  checkCount('factoredAttention', 'heads', shape.heads, 1);
  checkCount('factoredAttention', 'width', shape.width, 1);
  if (shape.attention !== 'free' && shape.attention !== 'softmax') {
    throw new ConfigError(
      `factoredAttention: attention must be 'free' or 'softmax', got ${JSON.stringify(shape.attention)}.`,
    );
  }
  checkValues(shape);
  return shape;
}

function checkValues({ values, heads, states }: FactoredShape): void {
  if (values === 'learned' || values === 'identity') return;
  const known = typeof values === 'object' && values !== null ? values.known : undefined;
  if (known === undefined) {
    throw new ConfigError(
      `factoredAttention: values must be 'learned', 'identity' or { known: U }, got ${JSON.stringify(values)}.`,
    );
  }
  const one = states * states;
  if (known.length !== one && known.length !== heads * one) {
    throw new ShapeError(
      `factoredAttention: known values must have ${one} entries [states, states] or ${heads * one} [heads, states, ` +
        `states], got ${known.length}.`,
    );
  }
  for (let k = 0; k < known.length; k++) {
    if (!Number.isFinite(known[k])) {
      throw new DomainError(`factoredAttention: known values must be finite, entry ${k} is ${known[k]}.`);
    }
  }
}

/** The options without keys that are undefined, so that they do not hide defaults. */
export function dropUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

/** @throws {DomainError} unless `value` is an integer of at least `least`. */
export function checkCount(caller: string, name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    const hint = name === 'states' && value === 1 ? ' One state carries no information.' : '';
    throw new DomainError(`${caller}: ${name} must be an integer of at least ${least}, got ${value}.${hint}`);
  }
}
