import { castRule } from '../autodiff/rules/elementwise.ts';
import { record } from '../autodiff/tape.ts';
import type { DType } from '../backend.ts';
import { castTo } from '../primitives/elementwise.ts';
import { share, type Tensor } from '../tensor.ts';
import { checkDType, checkTensor } from './checks.ts';

/** x in another dtype; towards zero when it goes to int32, through which no gradient flows. */
export function cast(x: Tensor, dtype: DType): Tensor {
  checkTensor('cast', x);
  checkDType('cast', dtype);
  const out = dtype === x.dtype ? share(x) : castTo(x, dtype);
  return record(castRule, out, [x], x.dtype);
}

/** The same values as a constant: no gradient flows through it. */
export function stopGradient(x: Tensor): Tensor {
  checkTensor('stopGradient', x);
  return share(x);
}
