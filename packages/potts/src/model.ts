import { DomainError, type Floats, type PottsLike, ShapeError } from '@spinformer/numerics';

/**
 * The full Potts model: E(s) = −Σ_i h_i(s_i) − Σ_{i<j} J_ij(s_i, s_j), p ∝ exp(−E), with the temperature absorbed.
 * The same structure as {@link PottsLike}, under the name that users of this package look for.
 */
export type PottsModel = PottsLike;

/**
 * A full Potts model from its parts, checked. The arrays are used as they are, not copied.
 *
 * @param parts.fields h, [sites, states]; zero when absent.
 * @param parts.couplings J, [sites, sites, states, states], with J_ij(a, b) = J_ji(b, a) and J_ii = 0.
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for fewer than one site or two states, and for a parameter that is not finite, with its index.
 */
export function pottsModel(parts: {
  sites: number;
  states: number;
  fields?: Floats<'sites states'>;
  couplings: PottsModel['couplings'];
}): PottsModel {
  const { sites, states, couplings } = parts;
  const model = { sites, states, couplings, fields: parts.fields ?? new Float64Array(sites * states) };
  checkModel('pottsModel', model);
  return model;
}

/**
 * Checks sizes and finiteness of a model.
 *
 * @throws {ShapeError} for arrays of the wrong length.
 * @throws {DomainError} for impossible sizes, and for a parameter that is not finite, with its index.
 */
export function checkModel(caller: string, model: PottsModel): void {
  const { sites, states, fields, couplings } = model;
  checkSizes(caller, sites, states);
  checkLength(caller, 'fields', fields, sites * states, '[sites, states]');
  checkLength(caller, 'couplings', couplings, (sites * states) ** 2, '[sites, sites, states, states]');
  checkFinite(caller, 'fields', fields, [sites, states]);
  checkFinite(caller, 'couplings', couplings, [sites, sites, states, states]);
}

/** @throws {DomainError} unless there are at least one site and two states. */
export function checkSizes(caller: string, sites: number, states: number): void {
  if (!Number.isInteger(sites) || sites < 1)
    throw new DomainError(`${caller}: sites must be a whole number of at least 1, got ${sites}.`);
  if (!Number.isInteger(states) || states < 2)
    throw new DomainError(
      `${caller}: states must be a whole number of at least 2, got ${states}. With one state nothing can vary.`,
    );
}

/** @throws {ShapeError} unless `array` has `length` entries. */
export function checkLength(
  caller: string,
  name: string,
  array: ArrayLike<number>,
  length: number,
  shape: string,
): void {
  if (array.length !== length)
    throw new ShapeError(`${caller}: ${name} must hold ${length} numbers, ${shape}, got ${array.length}.`);
}

/** @throws {DomainError} that names the first entry that is NaN or infinite by its indices. */
export function checkFinite(
  caller: string,
  name: string,
  array: Float64Array | Float32Array,
  shape: readonly number[],
): void {
  for (let k = 0; k < array.length; k++) {
    if (Number.isFinite(array[k])) continue;
    throw new DomainError(
      `${caller}: ${name}[${indices(k, shape).join(', ')}] is ${array[k]}. All parameters must be finite numbers.`,
    );
  }
}

function indices(flat: number, shape: readonly number[]): number[] {
  const result: number[] = [];
  let rest = flat;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    result.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return result;
}
