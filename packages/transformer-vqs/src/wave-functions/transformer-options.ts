import { ConfigError, DomainError } from '@spinformer/numerics';
import { ATTENTION_KINDS, type AttentionKind } from './attention-kind.ts';

/** What {@link transformerState} is built from. */
export interface TransformerOptions {
  /** A lattice, or just its extent: [length] or [height, width]. Site r = y·width + x. */
  readonly lattice: { readonly shape: readonly number[] };
  /** Sites along the side of a patch, b; divides every extent. Default 2. */
  readonly patch?: number;
  /** Layers; default 2. */
  readonly layers?: number;
  /** Heads of a layer; divide the width. Default 4. */
  readonly heads?: number;
  /** Numbers in which a token is represented, d. Default 24. */
  readonly width?: number;
  /** Width of the feed-forward part over the width; default 4. */
  readonly expansion?: number;
  /** How tokens are mixed; default `factored`. */
  readonly attention?: AttentionKind;
  /** Layer norms inside the head; default true. */
  readonly headNorm?: boolean;
  /** Whether a learned vector says where a token stands; default only with `standard`, which is blind without. */
  readonly positions?: boolean;
}

/** The options of a transformer state with every default filled in: plain data that names an architecture. */
export type TransformerArchitecture = {
  readonly shape: readonly number[];
  readonly patch: number;
  readonly layers: number;
  readonly heads: number;
  readonly width: number;
  readonly expansion: number;
  readonly attention: AttentionKind;
  readonly headNorm: boolean;
  readonly positions: boolean;
};

/**
 * Fills in the defaults and checks the options.
 *
 * @throws {DomainError} when a size is not a positive whole number, the patch does not divide the lattice, or the heads
 *   do not divide the width.
 * @throws {ConfigError} when the attention kind is unknown.
 */
export function transformerArchitecture(options: TransformerOptions): TransformerArchitecture {
  const { patch = 2, layers = 2, heads = 4, width = 24, expansion = 4 } = options;
  const { attention = 'factored', headNorm = true, positions = attention === 'standard' } = options;
  const { shape } = options.lattice;
  if (!ATTENTION_KINDS.includes(attention))
    throw new ConfigError(
      `attention: ${JSON.stringify(attention)} is unknown. Choose ${ATTENTION_KINDS.join(', ')}.`,
    );
  if (shape.length !== 1 && shape.length !== 2)
    throw new DomainError(
      `lattice: must have one or two directions, got ${shape.length}. Give [length] or [height, width].`,
    );
  for (const [name, size] of Object.entries({ patch, layers, heads, width, expansion }))
    if (!Number.isInteger(size) || size < 1)
      throw new DomainError(`${name}: must be a whole number of at least 1, got ${size}.`);
  for (const extent of shape)
    if (!Number.isInteger(extent) || extent % patch !== 0)
      throw new DomainError(
        `patch: ${patch} does not divide the lattice's extent ${extent}. ` +
          `Take one of ${divisors(shape).join(', ')}.`,
      );
  if (width % heads !== 0)
    throw new DomainError(
      `heads: ${heads} do not divide the width ${width}. Take one of ${divisors([width]).join(', ')}, ` +
        'or another width.',
    );
  return { shape: [...shape], patch, layers, heads, width, expansion, attention, headNorm, positions };
}

/** Whole numbers that divide all of `values`. */
function divisors(values: readonly number[]): number[] {
  const smallest = Math.floor(Math.min(...values));
  return Array.from({ length: Math.max(smallest, 1) }, (_, k) => k + 1).filter((divisor) =>
    values.every((value) => value % divisor === 0),
  );
}
