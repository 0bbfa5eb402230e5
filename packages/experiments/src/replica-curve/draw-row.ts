import { logSumExp, type Rng } from '@spinformer/numerics';

/** One site with independent neighbours: answers and what the neighbours showed. */
export interface RowSamples {
  readonly samples: number;
  /** [samples]. */
  readonly answers: Int32Array;
  /** Colours of the neighbours, [samples, neighbours]. */
  readonly inputs: Int32Array;
}

/** How a site and its neighbours are drawn. */
export interface RowLaw {
  readonly colours: number;
  /** J_j, [neighbours]. */
  readonly couplings: Float64Array;
  readonly scenario: 'tilted' | 'gaussian';
}

/**
 * Gaussian couplings of a site to its neighbours, scaled to an exact sum of squares: what the theory is about, without
 * the fluctuation of one draw.
 *
 * @param neighbours how many
 * @param variance Σ_j J_j²
 * @param rng the stream of the couplings
 */
export function drawCouplings(neighbours: number, variance: number, rng: Rng): Float64Array {
  const couplings = Float64Array.from({ length: neighbours }, () => rng.normal());
  const norm = couplings.reduce((sum, value) => sum + value * value, 0);
  return couplings.map((value) => value * Math.sqrt(variance / norm));
}

/**
 * Samples of a site with its neighbours, exactly. `tilted`: the Boltzmann law of the star, in which the site is uniform
 * and each neighbour then prefers its colour by e^J. `gaussian`: the neighbours are uniform, and the site follows its
 * conditional.
 *
 * @param law couplings and scenario
 * @param samples how many
 * @param rng the stream of the samples
 */
export function drawRow(law: RowLaw, samples: number, rng: Rng): RowSamples {
  const { colours, couplings, scenario } = law;
  const neighbours = couplings.length;
  const answers = Int32Array.from({ length: samples }, () => rng.integer(colours));
  const inputs = new Int32Array(samples * neighbours);
  const alike = couplings.map((coupling) => Math.exp(coupling) / (Math.exp(coupling) + colours - 1));
  for (let k = 0; k < inputs.length; k++) {
    const answer = answers[Math.floor(k / neighbours)];
    if (scenario === 'gaussian') inputs[k] = rng.integer(colours);
    else if (rng.uniform() < alike[k % neighbours]) inputs[k] = answer;
    else inputs[k] = (answer + 1 + rng.integer(colours - 1)) % colours;
  }
  if (scenario === 'gaussian') {
    const logits = rowLogits({ samples, answers, inputs }, couplings, colours);
    for (let k = 0; k < samples; k++) {
      answers[k] = rng.categorical(logits.subarray(k * colours, (k + 1) * colours));
    }
  }
  return { samples, answers, inputs };
}

/**
 * Logits of the site's colours, Σ_j J_j δ(a, s_j).
 *
 * @param row neighbours
 * @param couplings [neighbours]
 * @param colours C
 * @returns [samples, colours]
 */
export function rowLogits(row: RowSamples, couplings: Float64Array, colours: number): Float64Array {
  const neighbours = couplings.length;
  const logits = new Float64Array(row.samples * colours);
  for (let k = 0; k < row.samples; k++) {
    for (let j = 0; j < neighbours; j++) {
      logits[k * colours + row.inputs[k * neighbours + j]] += couplings[j];
    }
  }
  return logits;
}

/**
 * Mean cross-entropy of a student with the exact conditionals of the teacher: the student's expected loss in given
 * contexts.
 *
 * @param teacher logits, [contexts, colours]
 * @param student logits, [contexts, colours]
 * @param colours C
 * @returns nats per masked site
 */
export function expectedLoss(
  teacher: ArrayLike<number>,
  student: ArrayLike<number>,
  colours: number,
): number {
  const truth = new Float64Array(colours);
  const said = new Float64Array(colours);
  let total = 0;
  for (let begin = 0; begin < teacher.length; begin += colours) {
    for (let a = 0; a < colours; a++) {
      truth[a] = teacher[begin + a];
      said[a] = student[begin + a];
    }
    const normTruth = logSumExp(truth);
    const normSaid = logSumExp(said);
    for (let a = 0; a < colours; a++) total += Math.exp(truth[a] - normTruth) * (normSaid - said[a]);
  }
  return (total * colours) / teacher.length;
}
