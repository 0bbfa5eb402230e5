/** What a solved problem says about the learner, in nats and per site. */
export interface Observables {
  /** Mean loss per training example, without the penalty. */
  readonly trainingLoss: number;
  /** Mean loss per fresh example. */
  readonly generalizationLoss: number;
  /** |w − w*|² / |w*|². */
  readonly reconstructionError: number;
  /** Probability that the most likely answer is wrong; absent where the problem has no classes. */
  readonly errorRate?: number;
  /** Overlap with the teacher, w*·Ω w/L (for matrices: trace). */
  readonly m: number;
  /** Self-overlap of the student, w·Ω w/L (for matrices: trace). */
  readonly q: number;
  /** Response V = lim β (q_self − q), how far the fit gives way (for matrices: trace). */
  readonly v: number;
}

/**
 * Coordinates in which a problem is iterated. Acceleration extrapolates: in coordinates without bounds it cannot leave
 * the region where averages exist, and entries of very different size count alike.
 */
export interface Chart {
  /** Coordinates of a point, [coordinates], finite for every point that an update can give. */
  encode(point: Float64Array): Float64Array;
  /** The point, for any finite coordinates. */
  decode(coordinates: Float64Array): Float64Array;
  /** By how much a coordinate changes when its order parameter changes by its own size, [coordinates]. */
  scale(coordinates: Float64Array): Float64Array;
}

/**
 * A learning problem in the replica-symmetric limit of many sites: a fixed point of `update` that is a stationary point
 * of `freeEnergy`. All methods are pure.
 */
export interface ReplicaProblem {
  readonly name: string;
  /** α, training examples per site. */
  readonly load: number;
  /** Names of the entries of a point. */
  readonly orderParameters: readonly string[];
  /** A point to start from, [order parameters]. */
  initial(): Float64Array;
  /** One step of the saddle-point equations, [order parameters], a new array. */
  update(point: Float64Array): Float64Array;
  /** Minimum of (summed loss + penalty) per site when the point is the solution; stationary there. */
  freeEnergy(point: Float64Array): number;
  observables(point: Float64Array): Observables;
  /** Default: the order parameters themselves, each in units of `scale`. */
  readonly chart?: Chart;
  /** Size against which each entry's error counts, without a chart; default: its own magnitude. */
  scale?(point: Float64Array): Float64Array;
  /** Relative change of one update on a finer quadrature: how far the averages can be trusted. */
  quadratureError?(point: Float64Array): number;
  /** Why the numbers need care, such as a load below the separability threshold. */
  readonly warning?: string;
  /** Keys of CITATIONS.bib. */
  readonly citations: readonly string[];
}

/**
 * Where training data come from. `tilted`: the Boltzmann law of site and neighbours together, as in data sampled from a
 * Potts model. `gaussian`: inputs first, the answer then drawn from the teacher's conditional.
 */
export type Scenario = 'tilted' | 'gaussian';
