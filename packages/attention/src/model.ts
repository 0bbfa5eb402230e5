import type { Rng } from '@spinformer/numerics';
import type { ParameterTree, Tensor } from '@spinformer/tensor';

/** The floating types in which a model can compute; `float64` for exact comparisons and full-batch solvers. */
export type Precision = 'float32' | 'float64';

/**
 * A model of masked sequences: an object without parameters of its own. `init` makes parameters, `apply` uses them;
 * what a training, a sampler or an analysis must know about the model besides stands in the other fields.
 */
export interface Model<P extends ParameterTree = ParameterTree> {
  /** Says the architecture and its sizes, for run records and messages. */
  readonly name: string;
  readonly sites: number;
  readonly states: number;
  /** Whether the logits of site i depend on token i. Where not, all conditionals come from one pass. */
  readonly seesOwnSite: boolean;
  /** Keys of CITATIONS.bib. */
  readonly citations: readonly string[];
  /** Fresh parameters on the current backend, owned by the caller; float32 unless said. */
  init(rng: Rng, precision?: Precision): P;
  /**
   * Logits [batch, sites, states] of tokens int32 [batch, sites], −1 for masked or missing, in the precision of the
   * parameters.
   */
  apply(parameters: P, tokens: Tensor): Tensor;
  /** Attention maps [maps, sites, sites], row i says where site i looks; averaged over `tokens` where they depend on them. */
  maps(parameters: P, tokens: Tensor | null): AttentionMapTensor;
  /** What coupling and field penalties act on; absent where the model has no such thing. */
  squaredNorms?(parameters: P): SquaredNorms;
}

/** Maps of all layers and heads as one tensor. */
export interface AttentionMapTensor {
  readonly layers: number;
  readonly heads: number;
  /** [layers·heads, sites, sites]. */
  readonly maps: Tensor;
}

/** Scalars that penalties multiply. */
export interface SquaredNorms {
  /** Σ_{i≠j} Σ_{ab} W_ij(a, b)² over ordered pairs, in the gauge as trained. */
  readonly couplings: Tensor;
  /** Σ_i Σ_a b_i(a)², or null without fields. */
  readonly fields: Tensor | null;
}
