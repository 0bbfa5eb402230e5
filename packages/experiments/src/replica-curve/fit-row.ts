import { logSumExp, minimize, type Rng } from '@spinformer/numerics';
import { drawCouplings, drawRow, expectedLoss, type RowLaw, type RowSamples, rowLogits } from './draw-row.ts';
import type { ReplicaCurveConfig } from './replica-curve-config.ts';
import type { FittedDraw } from './replica-curve-result.ts';
import { pottsRidge, pottsTeacherVariance } from './scenario-problem.ts';

/** Relative gradient at which a fit has converged: far below what a sample can tell. */
const GRADIENT_TOLERANCE = 1e-7;

/**
 * Single sites, one for each load, with couplings and data of their own, learned by pseudo-likelihood with every ridge.
 *
 * @param config sizes, loads and ridges
 * @param rng the stream of these draws
 */
export function fitRow(config: ReplicaCurveConfig, rng: Rng): FittedDraw {
  const fits = config.loads.map((load) => fitRidges(config, load, rng.fork(`load ${load}`)));
  return {
    covariance: 'identity',
    values: Float64Array.from(fits.flatMap(({ values }) => values)),
    remarks: fits.flatMap(({ remarks }) => remarks),
  };
}

/** One site: training loss, generalisation loss and reconstruction error for every ridge. */
function fitRidges(
  config: ReplicaCurveConfig,
  load: number,
  rng: Rng,
): { values: number[]; remarks: string[] } {
  const { colours, scenario, neighbours, ridges, testSamples, iterations } = config;
  const couplings = drawCouplings(neighbours, pottsTeacherVariance(config), rng.fork('couplings'));
  const law: RowLaw = { colours, couplings, scenario };
  const data = drawRow(law, samplesAt(load, neighbours), rng.fork('training'));
  const test = drawRow(law, testSamples, rng.fork('test'));
  const teacher = rowLogits(test, couplings, colours);
  const remarks: string[] = [];
  const values = ridges.flatMap((ridge) => {
    const objective = new RowObjective(data, colours, neighbours * pottsRidge(config, ridge));
    const fit = minimize((x, gradient) => objective.evaluate(x, gradient), new Float64Array(neighbours), {
      gradientTolerance: GRADIENT_TOLERANCE,
      maxIterations: iterations,
    });
    if (fit.status !== 'converged')
      remarks.push(`A site at load ${load} and ridge ${ridge} ended as ${fit.status}. ${fit.remedy ?? ''}`);
    const found = Float64Array.from(fit.point);
    return [
      objective.loss(found),
      expectedLoss(teacher, rowLogits(test, found, colours), colours),
      relativeSquaredDistance(found, couplings),
    ];
  });
  return { values, remarks };
}

/** Whole sequences at a load, at least two. */
export function samplesAt(load: number, neighbours: number): number {
  return Math.max(2, Math.round(load * neighbours));
}

/** |x − y|²/|y|². */
export function relativeSquaredDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let distance = 0;
  let norm = 0;
  for (let k = 0; k < y.length; k++) {
    distance += (x[k] - y[k]) ** 2;
    norm += y[k] ** 2;
  }
  return distance / norm;
}

/** Mean loss of a row plus (stiffness/2P)|J|², with stiffness = λL because w = √L J. */
class RowObjective {
  private readonly row: RowSamples;
  private readonly colours: number;
  private readonly stiffness: number;

  constructor(row: RowSamples, colours: number, stiffness: number) {
    this.row = row;
    this.colours = colours;
    this.stiffness = stiffness;
  }

  /** Nats per sample, without the penalty. */
  loss(couplings: Float64Array): number {
    return this.residuals(couplings).loss;
  }

  evaluate(couplings: Float64Array, gradient: Float64Array): number {
    const { row, colours, stiffness } = this;
    const neighbours = couplings.length;
    const { loss, residuals } = this.residuals(couplings);
    let norm = 0;
    for (let j = 0; j < neighbours; j++) {
      gradient[j] = (stiffness * couplings[j]) / row.samples;
      norm += couplings[j] ** 2;
    }
    for (let k = 0; k < row.samples; k++) {
      for (let j = 0; j < neighbours; j++) {
        gradient[j] += residuals[k * colours + row.inputs[k * neighbours + j]];
      }
    }
    return loss + (stiffness * norm) / (2 * row.samples);
  }

  /** Mean loss, and (p(a) − δ(a, answer))/samples, [samples, colours]. */
  private residuals(couplings: Float64Array): { loss: number; residuals: Float64Array } {
    const { row, colours } = this;
    const logits = rowLogits(row, couplings, colours);
    let loss = 0;
    for (let k = 0; k < row.samples; k++) {
      const own = logits.subarray(k * colours, (k + 1) * colours);
      const norm = logSumExp(own);
      loss += norm - own[row.answers[k]];
      for (let a = 0; a < colours; a++) own[a] = Math.exp(own[a] - norm) / row.samples;
      own[row.answers[k]] -= 1 / row.samples;
    }
    return { loss: loss / row.samples, residuals: logits };
  }
}
