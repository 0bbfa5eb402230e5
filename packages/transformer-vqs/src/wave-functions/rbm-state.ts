import { DomainError, type Rng } from '@spinformer/numerics';
import { add, cast, dense, matmul, reshape, stack, sum, type Tensor, withBackend } from '@spinformer/tensor';
import type { WaveFunction } from '../wave-function.ts';
import { checkSpinTensor } from './check-spins.ts';
import { complexLogCosh } from './complex-log-cosh.ts';
import { normalTensor } from './normal-tensor.ts';

/** One real half of the complex weights: visible biases [sites], weights [sites, hidden], hidden biases [hidden]. */
export type RbmHalf = { readonly visible: Tensor; readonly weight: Tensor; readonly bias: Tensor };

/** Complex weights of a restricted Boltzmann machine as two sets of real parameters. */
export type RbmParameters = { readonly real: RbmHalf; readonly imaginary: RbmHalf };

/** Options of {@link rbmState}. */
export interface RbmOptions {
  readonly sites: number;
  /** Hidden units for each site, α; default 1. */
  readonly density?: number;
  /** Standard deviation of the initial weights; default 0.01. */
  readonly deviation?: number;
}

/**
 * The restricted Boltzmann machine log ψ(σ) = Σ_i a_i σ_i + Σ_k log cosh(b_k + Σ_i W_ik σ_i) with complex weights: the
 * first neural wave function, a baseline.
 *
 * @throws {DomainError} when sites·density is not a positive whole number.
 * @source carleo2017, eq. (3)
 */
export function rbmState({ sites, density = 1, deviation = 0.01 }: RbmOptions): WaveFunction<RbmParameters> {
  const hidden = sites * density;
  if (!Number.isInteger(hidden) || hidden < 1)
    throw new DomainError(
      `density: sites·density must be a positive whole number, got ${sites}·${density} = ${hidden}. Take density 1.`,
    );
  const half = (rng: Rng, dtype: 'float32' | 'float64'): RbmHalf => ({
    visible: normalTensor([sites], deviation, rng.fork('visible'), dtype),
    weight: normalTensor([sites, hidden], deviation, rng.fork('weight'), dtype),
    bias: normalTensor([hidden], deviation, rng.fork('bias'), dtype),
  });
  return {
    name: 'rbm',
    sites,
    parameterCount: 2 * (sites + sites * hidden + hidden),
    citations: ['carleo2017'],
    init: (rng, dtype = 'float32') => ({
      real: half(rng.fork('real'), dtype),
      imaginary: half(rng.fork('imaginary'), dtype),
    }),
    logAmplitude({ real, imaginary }, spins) {
      checkSpinTensor('logAmplitude', spins, sites);
      return withBackend(spins.backend, () => {
        const x = cast(spins, real.weight.dtype);
        const hiddenPart = ({ weight, bias }: RbmHalf) => dense(x, weight, bias);
        const visiblePart = ({ visible }: RbmHalf) => reshape(matmul(x, reshape(visible, [sites, 1])), [-1]);
        const cosh = complexLogCosh(hiddenPart(real), hiddenPart(imaginary));
        const total = (part: Tensor, visible: Tensor) => add(sum(part, 1), visible);
        return stack([total(cosh.real, visiblePart(real)), total(cosh.imaginary, visiblePart(imaginary))], 1);
      });
    },
  };
}
