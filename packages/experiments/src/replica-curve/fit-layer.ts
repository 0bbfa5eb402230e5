import { type FactoredModel, factoredAttention } from '@spinformer/attention';
import type { Configurations, PlainData, Rng } from '@spinformer/numerics';
import { gaussianCouplings, generalizedPotts, identityColours, toFullModel } from '@spinformer/potts';
import { expectedLoss } from '@spinformer/replica-theory';
import { dispose, readSync, scope, tensor } from '@spinformer/tensor';
import { type Job, runJobs } from '../shared/job-phase.ts';
import type { PhaseTick } from '../shared/phases.ts';
import { samplePotts } from '../shared/sampling-phase.ts';
import { layerParameters, type TrainedLayer, trainLayer } from '../shared/training-phase.ts';
import { samplesAt } from './fit-row.ts';
import type { ReplicaCurveConfig } from './replica-curve-config.ts';
import type { FittedDraw } from './replica-curve-result.ts';
import { pottsRidge, pottsTeacherVariance } from './scenario-problem.ts';

/** One whole model: its couplings J, [sites, sites], and how its data are drawn and learned. */
interface LayerDraw {
  readonly config: ReplicaCurveConfig;
  readonly couplings: Float64Array;
  readonly rng: Rng;
}

/** Share of the time that sampling takes, relative to one fit at load 1. */
const SAMPLING_WEIGHT = 3;

/**
 * One whole model with couplings and data of its own: Gibbs samples, and one layer of attention trained on them to
 * convergence at every load with every ridge. Each site is a row of the theory.
 *
 * @param config sizes, loads and ridges
 * @param rng the stream of this draw
 * @param resume where to go on
 * @returns ticks; then the means over the sites
 */
export async function* fitLayers(
  config: ReplicaCurveConfig,
  rng: Rng,
  resume: PlainData | undefined,
): AsyncGenerator<PhaseTick, FittedDraw> {
  const draw: LayerDraw = { config, couplings: symmetricCouplings(config, rng.fork('couplings')), rng };
  const { loads, ridges, sites, testSamples } = config;
  const most = Math.max(...loads.map((load) => samplesAt(load, sites - 1)));
  const fits = loads.flatMap((load) => ridges.map((ridge) => fitJob(draw, load, ridge)));
  const jobs = [sampleJob(draw, most, 'training'), sampleJob(draw, testSamples, 'test'), ...fits];
  const [, , ...made] = (yield* runJobs(jobs, resume)) as [PlainData, PlainData, ...LayerNumbers[]];
  return {
    covariance: 'sk',
    values: Float64Array.from(made.flatMap(({ values }) => [...values])),
    remarks: made.flatMap(({ remark }) => (remark === '' ? [] : [remark])),
  };
}

/** What the fit of one layer leaves behind. */
interface LayerNumbers {
  readonly [key: string]: PlainData;
  /** Training loss, generalisation loss, reconstruction error. */
  readonly values: Float64Array;
  /** Empty where it converged. */
  readonly remark: string;
}

/** Rounds after which every row has its sum of squares to rounding. */
const SCALING_ROUNDS = 40;

/**
 * Gaussian couplings, symmetric with zero diagonal, scaled to an exact Σ_j J_ij² in every row: the theory's rows have
 * the same teacher variance, without the fluctuation of one draw.
 */
function symmetricCouplings(config: ReplicaCurveConfig, rng: Rng): Float64Array {
  const { sites } = config;
  const couplings = gaussianCouplings({ sites, rng });
  const wanted = pottsTeacherVariance(config);
  for (let round = 0; round < SCALING_ROUNDS; round++) {
    const scale = Float64Array.from({ length: sites }, (_, i) => {
      const row = couplings.subarray(i * sites, (i + 1) * sites);
      return (wanted / row.reduce((sum, value) => sum + value * value, 0)) ** 0.25;
    });
    for (let k = 0; k < couplings.length; k++)
      couplings[k] *= scale[Math.floor(k / sites)] * scale[k % sites];
  }
  return couplings;
}

function sampleJob({ config, couplings, rng }: LayerDraw, chains: number, name: string): Job {
  const { sites, colours, sweeps } = config;
  const colourCouplings = identityColours(colours);
  return {
    weight: SAMPLING_WEIGHT,
    run: (resume) => {
      const model = generalizedPotts({ sites, states: colours, siteCouplings: couplings, colourCouplings });
      const options = { rng: rng.fork(name), chains, sweeps };
      return samplePotts(toFullModel(model), resume === undefined ? options : { ...options, resume });
    },
  };
}

function fitJob(draw: LayerDraw, load: number, ridge: number): Job {
  const { sites, colours, testSamples } = draw.config;
  return {
    weight: 0.3 + load,
    run: (resume, made) => {
      const [pool, test] = made as readonly Int32Array[];
      const samples = samplesAt(load, sites - 1);
      const data = { samples, sites, states: colours, values: pool.subarray(0, samples * sites) };
      const tests = { samples: testSamples, sites, states: colours, values: test };
      return fitLayer(draw, ridge, data, tests, resume);
    },
  };
}

async function* fitLayer(
  draw: LayerDraw,
  ridge: number,
  data: Configurations,
  test: Configurations,
  resume: PlainData | undefined,
): AsyncGenerator<PhaseTick, LayerNumbers> {
  const { config, couplings, rng } = draw;
  const { sites, colours, iterations } = config;
  const model = factoredAttention({ sites, states: colours, values: 'identity', fields: false });
  const trained = yield* trainLayer(model, data, {
    ...{ solver: 'L-BFGS', rng: rng.fork('layer'), steps: iterations },
    penalty: { couplings: layerPenalty(config, ridge, data.samples), fields: 0 },
    ...(resume !== undefined && { resume }),
  });
  const [learned, teacher] = layerLogits(model, trained, couplings, test);
  const { status, remedy, curve } = trained;
  return {
    values: Float64Array.of(
      curve[curve.length - 1],
      expectedLoss(teacher, learned.logits, colours).loss,
      relativeSquaredDistance(learned.mixing, couplings),
    ),
    remark: status === 'converged' ? '' : `A layer at ridge ${ridge} ended as ${status}. ${remedy}`,
  };
}

/**
 * The penalty of a layer, per sequence and masked site, that is λ of the theory. There each row minimises its summed
 * loss + (λ/2)|w|² with w = √(N − 1) J; the layer minimises the mean over P sequences and N sites, + λ' Σ_ij Σ_ab
 * (A_ij δ_ab)², in which Σ_ab gives C. So λ' = λ (N − 1)/(2 P N C).
 *
 * @param config sites and colours
 * @param ridge λ as in the configuration
 * @param samples P
 */
export function layerPenalty(config: ReplicaCurveConfig, ridge: number, samples: number): number {
  const { sites, colours } = config;
  return (pottsRidge(config, ridge) * (sites - 1)) / (2 * samples * sites * colours);
}

/** Logits on the test sequences, [samples, sites, colours], of the layer and of the layer that is the truth. */
function layerLogits(
  model: FactoredModel,
  trained: TrainedLayer,
  couplings: Float64Array,
  test: Configurations,
): [{ logits: ArrayLike<number>; mixing: Float64Array }, ArrayLike<number>] {
  const { samples, sites, values } = test;
  const parameters = layerParameters(trained);
  const logits = (mixing: Float64Array) =>
    scope(() =>
      readSync(
        model.apply(
          { mixing: tensor(mixing, [1, sites, sites], 'float64') },
          tensor(values, [samples, sites], 'int32'),
        ),
      ),
    );
  const mixing = Float64Array.from(readSync(parameters.mixing!), (value, k) =>
    k % (sites + 1) === 0 ? 0 : value,
  );
  dispose(parameters);
  return [{ logits: logits(mixing), mixing }, logits(couplings)];
}

/** |x − y|²/|y|². */
function relativeSquaredDistance(x: ArrayLike<number>, y: ArrayLike<number>): number {
  let [distance, norm] = [0, 0];
  for (let k = 0; k < y.length; k++) {
    distance += (x[k] - y[k]) ** 2;
    norm += y[k] ** 2;
  }
  return distance / norm;
}
