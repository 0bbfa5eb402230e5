import type { Rng } from '@spinformer/numerics';
import { cast, gather, matmul, mul, reshape, type Tensor, tensor, withBackend } from '@spinformer/tensor';
import type { WaveFunction } from '../wave-function.ts';
import { checkSpinTensor, countSamples } from './check-spins.ts';
import { normalTensor } from './normal-tensor.ts';

/** v of each class of pairs, [classes, 2] = (Re, Im). */
export type JastrowParameters = { readonly pairs: Tensor };

/** Options of {@link jastrowState}. */
export interface JastrowOptions {
  readonly sites: number;
  /** Site permutations under which v does not change, as a lattice lists its translations; default none. */
  readonly translations?: readonly Int32Array[];
}

/**
 * The Jastrow wave function log ψ(σ) = Σ_{i<j} v_ij σ_i σ_j with complex v, one for each class of pairs that the
 * translations map onto one another: the simplest correlated state, a baseline.
 *
 * @source jastrow1955
 */
export function jastrowState({ sites, translations = [] }: JastrowOptions): WaveFunction<JastrowParameters> {
  const { classOf, classes } = pairClasses(sites, translations);
  return {
    name: 'jastrow',
    sites,
    parameterCount: 2 * classes,
    citations: ['jastrow1955'],
    init: (rng: Rng, dtype = 'float32') => ({ pairs: normalTensor([classes, 2], 0.01, rng, dtype) }),
    logAmplitude({ pairs }, spins) {
      checkSpinTensor('logAmplitude', spins, sites);
      const samples = spins.shape[0];
      return withBackend(spins.backend, () => {
        const x = cast(spins, pairs.dtype);
        const products = mul(reshape(x, [samples, sites, 1]), reshape(x, [samples, 1, sites]));
        const weights = gather(pairs, tensor(classOf, [sites * sites]));
        return matmul(reshape(products, [samples, sites * sites]), weights);
      });
    },
    jacobian({ pairs }, spins) {
      const rows = pairFeatures(spins, sites, classOf, classes);
      return withBackend(pairs.backend, () =>
        tensor(rows, [2, spins.length / sites, 2 * classes], pairs.dtype),
      );
    },
  };
}

/** [2, samples, classes, 2]: the sums of σ_i σ_j over each class, on the diagonal of (Re, Im). */
function pairFeatures(spins: Int8Array, sites: number, classOf: Int32Array, classes: number): Float64Array {
  const samples = countSamples('jacobian', spins, sites);
  const rows = new Float64Array(4 * samples * classes);
  const half = 2 * samples * classes;
  for (let s = 0; s < samples; s++)
    for (let i = 0; i < sites; i++)
      for (let j = i + 1; j < sites; j++) {
        const at = 2 * (s * classes + classOf[i * sites + j]);
        const product = spins[s * sites + i] * spins[s * sites + j];
        rows[at] += product;
        rows[half + at + 1] += product;
      }
  return rows;
}

/** Numbers the classes of pairs i < j; −1 for i ≥ j. */
function pairClasses(
  sites: number,
  translations: readonly Int32Array[],
): { classOf: Int32Array; classes: number } {
  const classOf = new Int32Array(sites * sites).fill(-1);
  let classes = 0;
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++) {
      if (classOf[i * sites + j] >= 0) continue;
      for (const g of [null, ...translations]) {
        const [a, b] = g ? [g[i], g[j]] : [i, j];
        classOf[Math.min(a, b) * sites + Math.max(a, b)] = classes;
      }
      classes++;
    }
  return { classOf, classes };
}
