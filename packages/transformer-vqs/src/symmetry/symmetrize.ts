import {
  add,
  cast,
  concat,
  cos,
  exp,
  log,
  matmul,
  max,
  mul,
  type ParameterTree,
  reshape,
  scope,
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
import type { AmplitudeEvaluator, ComplexRows, WaveFunction } from '../wave-function.ts';
import { amplitudeEvaluator } from '../wave-functions/amplitude-evaluator.ts';
import { amplitudeJacobian } from '../wave-functions/amplitude-jacobian.ts';
import { checkSpinTensor, countSamples } from '../wave-functions/check-spins.ts';
import { complexAngle } from '../wave-functions/complex-angle.ts';
import {
  ANGLE_ROUNDING,
  cosets,
  type SymmetryElement,
  type SymmetryOptions,
  symmetryGroup,
} from './symmetry-group.ts';
import { uniqueConfigurations } from './unique-configurations.ts';

/** Bytes of branches' Jacobians that are held at a time. */
const BRANCH_BYTES = 2 ** 28;

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
    jacobian: (parameters, spins) => symmetricJacobian(wave, parameters, spins, branches),
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

/** All branches of configurations, [samples, branches, sites]. */
function branchSpins(spins: Int8Array, branches: readonly SymmetryElement[], sites: number): Int8Array {
  const samples = spins.length / sites;
  const all = new Int8Array(spins.length * branches.length);
  let at = 0;
  for (let s = 0; s < samples; s++)
    for (const { sites: from, flips } of branches)
      for (let r = 0; r < sites; r++) {
        const spin = spins[s * sites + from[r]];
        all[at++] = flips ? -spin : spin;
      }
  return all;
}

function symmetricEvaluator(
  inner: AmplitudeEvaluator,
  branches: readonly SymmetryElement[],
  sites: number,
): AmplitudeEvaluator {
  return {
    logAmplitudes(spins) {
      countSamples('logAmplitudes', spins, sites);
      return sumBranches(branchAmplitudes(inner, branchSpins(spins, branches, sites), sites), branches).total;
    },
    free: () => inner.free(),
  };
}

/** log ψ of every branch, each different configuration evaluated once. */
function branchAmplitudes(inner: AmplitudeEvaluator, all: Int8Array, sites: number): ComplexRows {
  const { spins, places } = uniqueConfigurations(all, sites);
  const values = inner.logAmplitudes(spins);
  return {
    real: Float64Array.from(places, (place) => values.real[place]),
    imaginary: Float64Array.from(places, (place) => values.imaginary[place]),
  };
}

/** log of the mean over branches, and the weights χ*ψ(gσ)/Σ by which branches enter, [samples, branches]. */
function sumBranches(
  values: ComplexRows,
  branches: readonly SymmetryElement[],
): { total: ComplexRows; weights: ComplexRows } {
  const count = branches.length;
  const samples = values.real.length / count;
  const weights = { real: new Float64Array(samples * count), imaginary: new Float64Array(samples * count) };
  const total = { real: new Float64Array(samples), imaginary: new Float64Array(samples) };
  for (let s = 0; s < samples; s++) {
    let top = -Infinity;
    for (let k = s * count; k < (s + 1) * count; k++) top = Math.max(top, values.real[k]);
    let [p, q] = [0, 0];
    for (let k = 0; k < count; k++) {
      const at = s * count + k;
      const size = Math.exp(values.real[at] - top);
      const angle = values.imaginary[at] - branches[k].angle;
      weights.real[at] = size * Math.cos(angle);
      weights.imaginary[at] = size * Math.sin(angle);
      p += weights.real[at];
      q += weights.imaginary[at];
    }
    const square = p * p + q * q;
    for (let at = s * count; at < (s + 1) * count; at++) {
      const [a, b] = [weights.real[at], weights.imaginary[at]];
      weights.real[at] = (a * p + b * q) / square;
      weights.imaginary[at] = (b * p - a * q) / square;
    }
    total.real[s] = top + 0.5 * Math.log(square) - Math.log(count);
    total.imaginary[s] = Math.atan2(q, p);
  }
  return { total, weights };
}

/** The Jacobian as the weighted sum of the branches' Jacobians, in chunks of samples. */
function symmetricJacobian<P extends ParameterTree>(
  wave: WaveFunction<P>,
  parameters: P,
  spins: Int8Array,
  branches: readonly SymmetryElement[],
): Tensor {
  const { sites, parameterCount } = wave;
  const samples = countSamples('jacobian', spins, sites);
  const { backend, dtype } = treeLeaves(parameters)[0];
  const each = 2 * branches.length * parameterCount * (dtype === 'float32' ? 4 : 8);
  const chunk = Math.max(1, Math.floor(BRANCH_BYTES / each));
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
