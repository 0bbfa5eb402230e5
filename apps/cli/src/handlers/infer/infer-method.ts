import type { PlainData, Rng, Tick } from '@spinformer/numerics';
import type { Alignment, PottsModel } from '@spinformer/potts';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { pottsInferOptions } from '../../commands/potts-infer.ts';
import type { ReportNumber } from '../../report/report.ts';
import type { OptionValues } from '../../spec/option-spec.ts';
import type { ProgressReport } from '../../terminal/progress.ts';

export type InferOptions = OptionValues<typeof pottsInferOptions>;
export type MethodName = NonNullable<InferOptions['method']>;

/** What is inferred from, with what a method's defaults depend on. */
export interface InferProblem {
  readonly alignment: Alignment;
  readonly weights: Float64Array;
  /** Sum of the weights. */
  readonly effective: number;
  /** Penalties and pseudocount of the peer whose conventions are taken. */
  readonly peer?: {
    readonly fieldPenalty: number;
    readonly couplingPenalty: number;
    readonly pseudocount: number;
  };
}

/** One step of any method. */
export type InferTick = Tick<PlainData, Record<string, number>> & {
  readonly model?: PottsModel;
};

export interface InferStart {
  readonly runtime: WasmRuntime;
  readonly rng: Rng;
  readonly signal: AbortSignal;
  readonly resume?: PlainData;
}

/** One method of inference on one problem, before it starts. */
export interface MethodPlan {
  /** What the solver is told, every default filled in: config.json keeps it. */
  readonly solver: Readonly<Record<string, number | string>>;
  /** Bytes of memory that it takes at most. */
  readonly bytes: number;
  /** What helps where that is too much. */
  readonly remedy: string;
  /** Keys of CITATIONS.bib. */
  readonly citations: readonly string[];
  ticks(start: InferStart): AsyncGenerator<InferTick>;
  describe(tick: InferTick): ProgressReport;
  /** Lower is better. */
  score(tick: InferTick): number | undefined;
  /** What the run is summed up by: summary.json and --json have these keys. */
  results(last: InferTick): readonly (ReportNumber & { readonly key: string })[];
  /** Files beside the Potts model, by their names in the run. */
  artifacts?(): Readonly<Record<string, Uint8Array>>;
  /** What the model file says of itself beside the solver's settings. */
  readonly notes?: Readonly<Record<string, string>>;
  /** Which number the report draws against the steps. */
  readonly course: {
    readonly metric: string;
    readonly title: string;
    readonly caption: string;
    readonly label: string;
  };
}

/** Makes the plan of a method. */
export type InferMethod = (problem: InferProblem, options: InferOptions, threads: number) => MethodPlan;
