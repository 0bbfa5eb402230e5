import type { Tick } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { InferenceMetrics } from '../inference/inference-options.ts';
import type { AutoregressiveModel } from './autoregressive-model.ts';
import type { SiteOrder } from './site-order.ts';

/** Options of {@link inferAutoregressive}. */
export interface AutoregressiveOptions {
  /** Order of the sites; default `entropic`. */
  readonly order?: SiteOrder;
  /**
   * λ_h ≥ 0 of λ_h Σ_t |h_t|², per unit of summed log-likelihood; default 0.0001 · M_eff. ArDCA.jl's lambdaH times M_eff.
   */
  readonly fieldPenalty?: number;
  /** λ_J ≥ 0 of λ_J Σ_{u<t} |J_tu|², likewise; default 0.01 · M_eff. ArDCA.jl's lambdaJ times M_eff. */
  readonly couplingPenalty?: number;
  /** A site is done when its scaled gradient has fallen to this fraction of its first value; default 1e-3. */
  readonly tolerance?: number;
  /** Most iterations of each site; default 500. */
  readonly maximumSteps?: number;
  /** Most evaluations of each site; default unlimited. */
  readonly maximumEvaluations?: number;
  /** Memory and threads; default the runtime that the process shares. Results do not depend on the threads. */
  readonly runtime?: WasmRuntime;
  /** The `state` of an earlier tick with the same data and options: goes on bit for bit. */
  readonly resume?: AutoregressiveState;
  /** Stops between iterations with status `aborted`. */
  readonly signal?: AbortSignal;
}

/** Plain data that continues {@link inferAutoregressive} bit for bit: the sites that are done. */
export type AutoregressiveState = {
  readonly method: 'autoregressive';
  readonly step: number;
  /** The site at each place, [sites]. */
  readonly order: Int32Array;
  /** 1 for every place that is done, [sites]. */
  readonly done: Int32Array;
  /** Objective, gradient norm, evaluations and iterations of each place, [sites, 4]. */
  readonly figures: Float64Array;
  /** As in {@link AutoregressiveModel}. */
  readonly fields: Float64Array;
  readonly couplings: Float32Array;
};

/**
 * One step of {@link inferAutoregressive}: some sites done. `metrics` are those of `inferCouplings`, with the objective
 * Σ_s −w_s log p(s) plus penalties over the sites done. Read `state` before asking for the next tick.
 */
export interface AutoregressiveTick extends Tick<AutoregressiveState, InferenceMetrics> {
  /** The inferred model, on the last tick; float64 fields, float32 couplings, each block in zero-sum gauge. */
  readonly model?: AutoregressiveModel;
}
