import {
  add,
  cast,
  cos,
  exp,
  log,
  matmul,
  max,
  mul,
  type ParameterTree,
  reshape,
  sin,
  slice,
  square,
  stack,
  stopGradient,
  sub,
  sum,
  type Tensor,
  tensor,
  treeLeaves,
  withBackend,
} from '@spinformer/tensor';
import type { WaveFunction } from '../wave-function.ts';
import { amplitudeEvaluator } from '../wave-functions/amplitude-evaluator.ts';
import { checkSpinTensor } from '../wave-functions/check-spins.ts';
import { complexAngle } from '../wave-functions/complex-angle.ts';
import { symmetricEvaluator } from './branch-sums.ts';
import { symmetricJacobian } from './symmetric-jacobian.ts';
import {
  ANGLE_ROUNDING,
  cosets,
  type SymmetryElement,
  type SymmetryOptions,
  symmetryGroup,
} from './symmetry-group.ts';

/**
 * The projection of a wave function on a representation of a symmetry group,
 * ψ_sym(σ) = (1/|G|) Σ_g χ_g* ψ(gσ), with the parameters of the original.
 *
 * Symmetries that the wave function has already, such as translations by whole patches, are left out of the sum
 * ({@link WaveFunction.invariance}). Evaluators look at each configuration once.
 *
 * @throws {DomainError} when momentum or characters are no representation of the group, or contradict a symmetry that the
 *   wave function has.
 * @complexity the original's, times the number of cosets: b² for translations over patches of b×b, times 8 for the point
 *   group of the square, times 2 for the spin flip.
 * @example
 * ```ts
 * const projected = symmetrize(wave, { lattice: square(4), pointGroup: true, spinFlip: 1 });
 * ```
 */
export function symmetrize<P extends ParameterTree>(
  wave: WaveFunction<P>,
  options: SymmetryOptions,
): WaveFunction<P> {
  const group = symmetryGroup(options);
  const branches = cosets(group, wave.invariance ?? []);
  const { sites } = wave;
  return {
    name: `${wave.name}, ${branches.length} symmetry branches`,
    sites,
    parameterCount: wave.parameterCount,
    invariance: invariantElements(group),
    citations: wave.citations,
    init: (rng, dtype) => wave.init(rng, dtype),
    logAmplitude(parameters, spins) {
      checkSpinTensor('logAmplitude', spins, sites);
      return withBackend(spins.backend, () => {
        const dtype = treeLeaves(parameters)[0].dtype as 'float32' | 'float64';
        const all = wave.logAmplitude(parameters, branchTensor(spins, branches, sites));
        return logSumBranches(reshape(all, [spins.shape[0], branches.length, 2]), branches, dtype);
      });
    },
    evaluator: (parameters) => symmetricEvaluator(amplitudeEvaluator(wave, parameters), branches, sites),
    jacobian: (parameters, spins, options) =>
      symmetricJacobian(wave, parameters, spins, branches, options?.memoryBytes),
  };
}

/** Elements under which the projection does not change at all: those with character one, without the spin flip. */
function invariantElements(group: readonly SymmetryElement[]): Int32Array[] {
  return group
    .filter(({ flips, angle }) => !flips && Math.abs(Math.sin(angle / 2)) < ANGLE_ROUNDING)
    .map(({ sites }) => sites);
}

/** All branches of each configuration, int32 [samples·branches, sites], by a product with permutation matrices. */
function branchTensor(spins: Tensor, branches: readonly SymmetryElement[], sites: number): Tensor {
  const columns = branches.length * sites;
  const choice = new Float64Array(sites * columns);
  branches.forEach(({ sites: from, flips }, k) => {
    from.forEach((site, r) => {
      choice[site * columns + k * sites + r] = flips ? -1 : 1;
    });
  });
  const moved = matmul(cast(spins, 'float32'), tensor(choice, [sites, columns], 'float32'));
  return cast(reshape(moved, [spins.shape[0] * branches.length, sites]), 'int32');
}

/** log of the mean of χ*·e^z over branches: z [samples, branches, 2] → [samples, 2]. */
function logSumBranches(
  z: Tensor,
  branches: readonly SymmetryElement[],
  dtype: 'float32' | 'float64',
): Tensor {
  const [samples, count] = z.shape;
  const part = (index: number) => reshape(slice(z, [0, 0, index], [samples, count, 1]), [samples, count]);
  const angles = tensor(
    branches.map(({ angle }) => -angle),
    [1, count],
    dtype,
  );
  const top = stopGradient(max(part(0), 1, { keepAxes: true }));
  const size = exp(sub(part(0), top));
  const angle = add(part(1), angles);
  const [p, q] = [sum(mul(size, cos(angle)), 1), sum(mul(size, sin(angle)), 1)];
  const length = mul(0.5, log(add(square(p), square(q))));
  const real = add(sub(length, Math.log(count)), reshape(top, [samples]));
  return stack([real, complexAngle(p, q)], 1);
}
