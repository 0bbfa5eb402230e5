import {
  add,
  concat,
  matmul,
  type ParameterTree,
  reshape,
  scope,
  slice,
  sub,
  type Tensor,
  tensor,
  treeLeaves,
  withBackend,
} from '@spinformer/tensor';
import type { ComplexRows, WaveFunction } from '../wave-function.ts';
import { amplitudeEvaluator } from '../wave-functions/amplitude-evaluator.ts';
import { amplitudeJacobian } from '../wave-functions/amplitude-jacobian.ts';
import { countSamples } from '../wave-functions/check-spins.ts';
import { branchAmplitudes, branchSpins, sumBranches } from './branch-sums.ts';
import type { SymmetryElement } from './symmetry-group.ts';

/** The Jacobian as the weighted sum of the branches' Jacobians, in chunks of samples. */
export function symmetricJacobian<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  spins: Int8Array,
  branches: readonly SymmetryElement[],
  memoryBytes = 2 ** 28,
): Tensor {
  const { sites, parameterCount } = wave;
  const samples = countSamples('jacobian', spins, sites);
  const { backend, dtype } = treeLeaves(parameters)[0];
  const each = 2 * branches.length * parameterCount * (dtype === 'float32' ? 4 : 8);
  const chunk = Math.max(1, Math.floor(memoryBytes / each));
  const evaluator = amplitudeEvaluator(wave, parameters);
  return withBackend(backend, () =>
    scope(() => {
      const parts: { real: Tensor; imaginary: Tensor }[] = [];
      for (let first = 0; first < samples; first += chunk) {
        const some = spins.subarray(first * sites, Math.min(first + chunk, samples) * sites);
        const all = branchSpins(some, branches, sites);
        const { weights } = sumBranches(branchAmplitudes(evaluator, all, sites), branches);
        parts.push(
          scope(() => weighBranches(amplitudeJacobian(wave, parameters, all), weights, branches.length)),
        );
      }
      evaluator.free();
      const rows = [...parts.map(({ real }) => real), ...parts.map(({ imaginary }) => imaginary)];
      return reshape(concat(rows, 0), [2, samples, parameterCount]);
    }),
  );
}

/** Σ over branches of complex weights times a Jacobian [2, samples·branches, parameters]. */
function weighBranches(
  jacobian: Tensor,
  weights: ComplexRows,
  count: number,
): { real: Tensor; imaginary: Tensor } {
  const [, rows, columns] = jacobian.shape;
  const samples = rows / count;
  const half = (index: number) =>
    reshape(slice(jacobian, [index, 0, 0], [1, rows, columns]), [samples, count, columns]);
  const weight = (values: Float64Array) => tensor(values, [samples, 1, count], jacobian.dtype);
  const [a, b] = [weight(weights.real), weight(weights.imaginary)];
  const [re, im] = [half(0), half(1)];
  const flat = (x: Tensor) => reshape(x, [samples, columns]);
  return {
    real: flat(sub(matmul(a, re), matmul(b, im))),
    imaginary: flat(add(matmul(a, im), matmul(b, re))),
  };
}
