/**
 * What the neighbours of a row showed, sample by sample, as far as a row with one number per site can tell: channels, of
 * which a matrix makes logits. Channel c of a sample is Σ_j w_j x_jc, with x the inputs divided by √sites.
 */
export interface RowInputs {
  readonly count: number;
  readonly sites: number;
  readonly channels: number;
  /** Writes Σ_j w_j x_jc of every sample into `out`, [count, channels]. */
  project(weights: Float64Array, out: Float64Array): void;
  /** Adds Σ over samples and channels of forces · x_jc to `gradient`, [sites]. */
  accumulate(forces: Float64Array, gradient: Float64Array): void;
}

/** A row as a linear map from its parameters to the logits of the answers of all samples. */
export interface LinearRow {
  readonly count: number;
  readonly answers: number;
  /** Length of the parameters. */
  readonly size: number;
  /** Writes the logits into `out`, [count, answers]. */
  logits(parameters: Float64Array, out: Float64Array): void;
  /** Adds the transposed map of `forces`, [count, answers], to `gradient`. */
  pullBack(forces: Float64Array, gradient: Float64Array): void;
}

/** Samples of a row: answers, the row as its student sees it, and what the teacher thinks of them. */
export interface RowSamples {
  readonly row: LinearRow;
  /** [count]. */
  readonly targets: Int32Array;
  /** Logits of the teacher, whose softmax is the exact law of the answer given the inputs, [count, answers]. */
  readonly truth: Float64Array;
}
