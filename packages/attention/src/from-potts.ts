import { DomainError, type Floats, type PottsLike, ShapeError } from '@spinformer/numerics';
import { tensor } from '@spinformer/tensor';
import { checkCouplings } from './coupling-gauge.ts';
import { type CouplingHeads, splitIntoHeads } from './coupling-heads.ts';
import { type FactoredModel, type FactoredParameters, factoredAttention } from './factored-attention.ts';
import { checkCount } from './factored-options.ts';
import type { Precision } from './model.ts';

/** A Potts model with J_ij(a, b) = J_ij U_ab: one number per pair, one matrix for all. */
export interface GeneralisedPottsLike {
  readonly sites: number;
  readonly states: number;
  /** J, [sites, sites], symmetric, zero diagonal. */
  readonly siteCouplings: Floats<'sites sites'>;
  /** U, [states, states]. */
  readonly colourCouplings: Floats<'states states'>;
  /** h, [sites, states]; absent means zero. */
  readonly fields?: Floats<'sites states'>;
}

/** Options of {@link fromPotts}. */
export interface FromPottsOptions {
  /** At most this many heads; absent means as many as an exact layer needs. */
  readonly heads?: number;
  /** Precision of the parameters; `'float64'`. */
  readonly precision?: Precision;
}

/** A layer made from a Potts model. */
export interface LayerFromPotts {
  readonly model: FactoredModel;
  /** On the current backend, owned by the caller. */
  readonly parameters: FactoredParameters;
  readonly heads: number;
  /** |J − Σ_h A^h ⊗ V^h|/|J| (Frobenius), 0 to rounding unless `heads` is too small. */
  readonly residual: number;
}

/**
 * The factored layer whose conditionals are those of a Potts model. A generalised model takes one head, A = J and
 * V = U. A full model takes at most min(sites·(sites − 1), states²) heads; with fewer the layer is the best of its rank,
 * and `residual` says what is lost.
 *
 * @param source - with `siteCouplings` and `colourCouplings`, or with `couplings` and `fields`.
 * @throws {ShapeError} if an array does not fit the sizes.
 * @throws {DomainError} if `heads` is not a positive integer or a coupling is not finite.
 * @complexity O(n³) with n the largest number of heads.
 * @source rende2024mapping
 */
export function fromPotts(
  source: PottsLike | GeneralisedPottsLike,
  options: FromPottsOptions = {},
): LayerFromPotts {
  const { heads: most, precision = 'float64' } = options;
  if (most !== undefined) checkCount('fromPotts', 'heads', most, 1);
  const { sites, states } = source;
  const split = 'siteCouplings' in source ? oneHead(source) : manyHeads(source, most);
  const { heads, mixing, values, residual } = split;
  const fields = source.fields ?? new Float64Array(sites * states);
  for (const [name, entries] of Object.entries({ mixing, values, fields })) checkFinite(name, entries);
  const model = factoredAttention({ sites, states, heads });
  const parameters: FactoredParameters = {
    mixing: tensor(mixing, [heads, sites, sites], precision),
    values: tensor(values, [heads, states, states], precision),
    fields: tensor(fields, [sites, states], precision),
  };
  return { model, parameters, heads, residual };
}

function oneHead({ sites, states, siteCouplings, colourCouplings }: GeneralisedPottsLike): CouplingHeads {
  const check = (name: string, length: number, wanted: number) => {
    if (length !== wanted)
      throw new ShapeError(`fromPotts: ${name} must have ${wanted} entries, got ${length}.`);
  };
  check('siteCouplings', siteCouplings.length, sites * sites);
  check('colourCouplings', colourCouplings.length, states * states);
  return {
    heads: 1,
    mixing: Float64Array.from(siteCouplings),
    values: Float64Array.from(colourCouplings),
    residual: 0,
  };
}

function manyHeads(source: PottsLike, most: number | undefined): CouplingHeads {
  checkCouplings('fromPotts', source);
  return splitIntoHeads(source.couplings, source.sites, source.states, most);
}

function checkFinite(name: string, entries: ArrayLike<number>): void {
  for (let k = 0; k < entries.length; k++) {
    if (!Number.isFinite(entries[k])) {
      throw new DomainError(
        `fromPotts: couplings and fields must be finite, but ${name} has ${entries[k]} at entry ${k}.`,
      );
    }
  }
}
