import { valueAndGrad } from '../autodiff/value-and-grad.ts';
import type { TypedArray } from '../backend.ts';
import { dispose, scope } from '../memory/scope.ts';
import { noise } from '../noise.ts';
import { mul } from '../ops/binary.ts';
import { tensor } from '../ops/create.ts';
import { read } from '../ops/read.ts';
import { sum } from '../ops/reduce.ts';
import { sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { GradientCase } from './gradient-cases.ts';

/** Step of the central difference: its error h²f‴/6 and its rounding 1e-16/h are both about 1e-10 here. */
const STEP = 1e-5;
/** Both errors, times up to a hundred summed terms and slopes up to ten. */
const TOLERANCE = 1e-7;

/** A loss that weighs every number of the operation's result differently, so that no error cancels. */
function weighted(test: GradientCase): (operands: readonly Tensor[]) => Tensor {
  return (operands) => {
    const result = test.apply(...operands);
    return sum(mul(result, tensor(noise(result.size, 99), result.shape, 'float64')));
  };
}

async function lossAt(
  loss: (operands: readonly Tensor[]) => Tensor,
  arrays: Float64Array[],
  test: GradientCase,
) {
  const value = scope(() => loss(arrays.map((array, k) => tensor(array, test.shapes[k]))));
  const number = (await read(value))[0];
  dispose(value);
  return number;
}

/**
 * Compares the gradient of a case with central differences in float64, on the current backend.
 * @throws {Error} naming the operand and entry that differs
 */
export async function checkGradient(test: GradientCase): Promise<void> {
  const arrays = test.shapes.map((shape, k) =>
    noise(sizeOf(shape), k + 1).map((x) => (test.positive ? Math.abs(x) + 0.1 : x)),
  );
  const loss = weighted(test);
  const operands = arrays.map((array, k) => tensor(array, test.shapes[k]));
  const { value, grads } = valueAndGrad(loss)(operands, null);
  const slopes: TypedArray[] = [];
  for (const grad of grads as readonly Tensor[]) slopes.push(await read(grad));
  dispose(operands, value, grads);
  for (const [k, array] of arrays.entries()) {
    for (let entry = 0; entry < array.length; entry++) {
      const centre = array[entry];
      array[entry] = centre + STEP;
      const above = await lossAt(loss, arrays, test);
      array[entry] = centre - STEP;
      const below = await lossAt(loss, arrays, test);
      array[entry] = centre;
      const expected = (above - below) / (2 * STEP);
      const got = slopes[k][entry];
      if (!(Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected))))
        throw new Error(`operand ${k}, entry ${entry}: gradient ${got}, central difference ${expected}`);
    }
  }
}
