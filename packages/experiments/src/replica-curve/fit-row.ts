import { logSumExp, minimize, type Rng } from '@spinformer/numerics';
import { drawCouplings, drawRow, expectedLoss, type RowLaw, type RowSamples, rowLogits } from './draw-row.ts';
import type { ReplicaCurveConfig } from './replica-curve-config.ts';
import type { FittedDraw } from './replica-curve-result.ts';
import { pottsRidge, pottsTeacherVariance } from './scenario-problem.ts';

/** Relative gradient at which a fit has converged: far below what a sample can tell. */
const GRADIENT_TOLERANCE = 1e-7;

/**
 * Single sites, one for each load and ridge, with couplings and data of their own, learned by pseudo-likelihood: the
 * points of a figure do not share their luck.
 *
 * @param config sizes, loads and ridges
 * @param rng the stream of these draws
 */
export function fitRow(config: ReplicaCurveConfig, rng: Rng): FittedDraw {
  const { loads, ridges } = config;
  const fits = loads.flatMap((load) =>
    ridges.map((ridge) => fitSite(config, load, ridge, rng.fork(`load ${load}, ridge ${ridge}`))),
  );
  return {
    covariance: 'identity',
    values: Float64Array.from(fits.flatMap(({ values }) => values)),
    remarks: fits.flatMap(({ remark }) => (remark === '' ? [] : [remark])),
  };
}

/** One site: training loss, generalisation loss and reconstruction error. */
function fitSite(
  config: ReplicaCurveConfig,
  load: number,
  ridge: number,
  rng: Rng,
): { readonly values: readonly number[]; readonly remark: string } {
  const { colours, scenario, neighbours, testSamples, iterations } = config;
  const couplings = drawCouplings(neighbours, pottsTeacherVariance(config), rng.fork('couplings'));
  const law: RowLaw = { colours, couplings, scenario };
  const data = drawRow(law, samplesAt(load, neighbours), rng.fork('training'));
  const test = drawRow(law, testSamples, rng.fork('test'));
  const objective = new RowObjective(data, colours, neighbours * pottsRidge(config, ridge));
  const fit = minimize((x, gradient) => objective.evaluate(x, gradient), new Float64Array(neighbours), {
    gradientTolerance: GRADIENT_TOLERANCE,
    maxIterations: iterations,
  });
  const found = Float64Array.from(fit.point);
  const [teacher, student] = [couplings, found].map((field) => rowLogits(test, field, colours));
  return {
    values: [
      objective.loss(found),
      expectedLoss(teacher, student, colours),
      relativeSquaredDistance(found, couplings),
    ],
    remark:
      fit.status === 'converged'
        ? ''
        : `A site at load ${load} and ridge ${ridge} ended as ${fit.status}. ${fit.remedy ?? ''}`,
  };
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
