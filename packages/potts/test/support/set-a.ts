import { type ConditionalModel, seededRng } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import { conditionalModel } from '../../src/conditionals.ts';
import { type GeneralizedPottsModel, toFullModel, toZeroSumColours } from '../../src/generalized.ts';
import { generalizedConditionals } from '../../src/inference/generalized-conditionals.ts';
import { inferGeneralizedPotts } from '../../src/inference/infer-generalized-potts.ts';
import { replicaSetA } from '../../src/model-examples.ts';
import { drawConfigurations } from '../../src/sampling/sample-chains.ts';
import { lastTick } from './random-data.ts';

/** Sweeps from a random start: hundreds of relaxation times in the paramagnetic phase. */
const SWEEPS = 200;

/** One fit of Set A (20 sites, 10 colours, β = 1, no fields). */
export interface SetAFit {
  /** Mean KL divergence of the fitted from the true conditionals, nats per site: test loss above the least possible. */
  readonly excess: number;
  /** |W − W*|² / |W*|² of zero-sum couplings, site by site as fitted. */
  readonly relativeError: number;
  /** k / 2P with k free parameters per conditional: what the excess should be for many samples. */
  readonly expectedExcess: number;
}

/** Draws an instance of Set A, `samples` configurations of it, fits them and measures the error. */
export async function fitSetA(
  instance: number,
  samples: number,
  colours: 'known' | 'learned',
  options: { tests: number; runtime: WasmRuntime },
): Promise<SetAFit> {
  const { runtime, tests } = options;
  const rng = seededRng(instance);
  const truth = replicaSetA({ rng });
  const full = toFullModel(truth);
  const draw = (name: string, chains: number) =>
    drawConfigurations(full, { chains, sweeps: SWEEPS, rng: rng.fork(name), runtime });
  const data = await draw(`train-${samples}`, samples);
  const { model } = await lastTick(
    inferGeneralizedPotts(data, {
      colours,
      fields: 'none',
      rng: rng.fork('start'),
      ...(colours === 'known' && { colourCouplings: truth.colourCouplings }),
    }),
  );
  const { values } = await draw('test', tests);
  const { sites, states } = truth;
  const parameters = sites - 1 + (colours === 'learned' ? states ** 2 / sites : 0);
  return {
    excess: meanDivergence(conditionalModel(full), generalizedConditionals(model), values),
    relativeError: relativeError(model, truth),
    expectedExcess: parameters / (2 * samples),
  };
}

function meanDivergence(truth: ConditionalModel, fitted: ConditionalModel, values: Int32Array): number {
  const exact = truth.logConditionals(values);
  const found = fitted.logConditionals(values);
  const sum = exact.reduce((total, log, k) => total + Math.exp(log) * (log - found[k]), 0);
  return sum / values.length;
}

/** Squared distance of J ⊗ U from the true one, both zero-sum, by the inner products of the factors. */
function relativeError(fitted: GeneralizedPottsModel, truth: GeneralizedPottsModel): number {
  const [a, b] = [toZeroSumColours(fitted), toZeroSumColours(truth)];
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, k) => sum + value * y[k], 0);
  const product = (x: GeneralizedPottsModel, y: GeneralizedPottsModel) =>
    dot(x.siteCouplings, y.siteCouplings) * dot(x.colourCouplings, y.colourCouplings);
  return (product(a, a) - 2 * product(a, b) + product(b, b)) / product(b, b);
}
