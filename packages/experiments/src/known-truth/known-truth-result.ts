/** The same quantity of the drawn model and of both ways to infer it. */
export interface Trio<Value> {
  readonly truth: Value;
  readonly attention: Value;
  readonly pseudolikelihood: Value;
}

/** How well one set of gauge-fixed couplings agrees with another. */
export interface Agreement {
  /** |W − W'| / |W'|. */
  readonly relativeError: number;
  /** |W − W'|² / |W'|², the measure of the table in the literature. */
  readonly relativeSquaredError: number;
  /** Pearson's correlation over all entries. */
  readonly correlation: number;
}

/** One point of the training curve. */
export interface LossPoint {
  readonly solver: 'Adam' | 'L-BFGS';
  /** Passes over the training data so far. */
  readonly epoch: number;
  /** Masked loss on the training data, nats per masked site. */
  readonly loss: number;
}

/** One training-set size of the sweep. */
export interface ExcessPoint {
  readonly samples: number;
  /** Expected test loss above the exact conditional entropy, nats per masked site. */
  readonly excess: number;
  /** k / 2P, nats per masked site. */
  readonly theory: number;
}

/** What the study of a known truth found. */
export interface KnownTruthResult {
  readonly sites: number;
  readonly states: number;
  readonly trainSamples: number;
  readonly testSamples: number;
  /** J as drawn, and A at the scale at which V has the norm of U, [sites, sites]. */
  readonly siteCouplings: Trio<Float64Array>;
  /** U and V, zero-sum, at equal norm, [states, states]. */
  readonly colourCouplings: Trio<Float64Array>;
  /** A spread-out choice of entries of the full couplings J_ij(a, b) in zero-sum gauge. */
  readonly couplingSample: Trio<Float64Array>;
  readonly agreement: {
    readonly attentionWithPseudolikelihood: Agreement;
    readonly attentionWithTruth: Agreement;
    readonly pseudolikelihoodWithTruth: Agreement;
  };
  readonly losses: {
    /** Mean over test samples and sites of the entropy of the true conditional, nats per masked site. */
    readonly exactEntropy: number;
    /** −log p(s_i | s_\i) on the test samples, nats per masked site. */
    readonly test: Trio<number>;
    /** Mean Kullback–Leibler divergence from the true conditional, nats per masked site. */
    readonly excess: { readonly attention: number; readonly pseudolikelihood: number };
    /** k / 2P at the training-set size. */
    readonly theory: number;
  };
  /** Free parameters per conditional, k. */
  readonly parametersPerSite: number;
  readonly curve: readonly LossPoint[];
  readonly sweep: readonly ExcessPoint[];
  /** Words about anything that did not go as planned. */
  readonly warnings: readonly string[];
}
