import { DomainError, ShapeError } from '@spinformer/numerics';
import { castRule } from '../autodiff/rules/elementwise.ts';
import { gatherRule, scatterAddRule } from '../autodiff/rules/movement.ts';
import { record } from '../autodiff/tape.ts';
import type { DType } from '../backend.ts';
import { kernelsFor, madeLike } from '../primitives/made.ts';
import { gatherRows, scatterRows } from '../primitives/movement.ts';
import { formatShape, sameShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDType, checkIndices, checkTensor, checkTogether } from './checks.ts';

/**
 * Rows of a table by index, as an embedding reads them.
 * @param table [rows, ...width]
 * @param indices int32 of any shape, each below `rows` (trusted); a negative one gives zeros
 * @returns [...indices, ...width]
 */
export function gather(table: Tensor, indices: Tensor): Tensor {
  checkTogether('gather', table, indices);
  checkIndices('gather', 'indices', indices);
  if (table.shape.length === 0)
    throw new ShapeError('gather: the table must be [rows, ...width], got []. Reshape it.');
  return record(gatherRule, gatherRows(table, indices), [table, indices], null);
}

/**
 * Zeros [rows, ...width] to which each row of `values` is added at its index; negative indices are dropped.
 * @param values [...indices, ...width]
 */
export function scatterAdd(values: Tensor, indices: Tensor, rows: number): Tensor {
  checkTogether('scatterAdd', values, indices);
  checkIndices('scatterAdd', 'indices', indices);
  if (!sameShape(values.shape.slice(0, indices.shape.length), indices.shape))
    throw new ShapeError(
      `scatterAdd: values ${formatShape(values.shape)} must begin with the shape of the indices, ` +
        `${formatShape(indices.shape)}. Reshape one of them.`,
    );
  return record(scatterAddRule, scatterRows(values, indices, rows), [values, indices], null);
}

/**
 * [...indices, depth] with 1 at each index and 0 elsewhere; a negative index gives zeros.
 * @param indices int32, each below `depth` (trusted)
 */
export function oneHot(indices: Tensor, depth: number, dtype: DType = 'float32'): Tensor {
  checkTensor('oneHot', indices);
  checkIndices('oneHot', 'indices', indices);
  checkDType('oneHot', dtype);
  if (!Number.isInteger(depth) || depth < 0)
    throw new DomainError(
      `oneHot: depth must be a whole number ≥ 0, got ${depth}. Pass the number of classes.`,
    );
  const buffer = kernelsFor(indices, 'oneHot', dtype).oneHot(indices, depth, dtype);
  return record(castRule, madeLike(indices, buffer, [...indices.shape, depth], dtype), [indices], 'int32');
}
