import type { PlainData } from '@spinformer/numerics';
import { generalizedConditionals, replicaSetA, toFullModel } from '@spinformer/potts';
import { atOnce, type Phase, type PhaseInput, type PhaseTick } from '../shared/phases.ts';
import { samplePotts } from '../shared/sampling-phase.ts';
import { stepsOf, type TrainedLayer, trainLayer } from '../shared/training-phase.ts';
import { fitGeneralized } from './generalized-fit.ts';
import type { KnownTruthConfig } from './known-truth-config.ts';
import {
  firstSamples,
  type KnownTruthProducts,
  modelOf,
  poolSize,
  truthLayer,
} from './known-truth-products.ts';
import { layerCouplings } from './layer-couplings.ts';
import { measureKnownTruth } from './measure-known-truth.ts';
import { testExcess } from './test-excess.ts';

type Input = PhaseInput<KnownTruthConfig, KnownTruthProducts>;

/** Gradient at which attention counts as converged, nats per masked site and parameter: far below the 1e-3 to show. */
const GRADIENT_TOLERANCE = 1e-7;

/** The phases of the study of a known truth, in order. */
export const knownTruthPhases: readonly Phase<KnownTruthConfig, KnownTruthProducts>[] = [
  { id: 'truth', title: 'drawing the model', weight: () => 0.1, run: atOnce(drawModel) },
  {
    id: 'train',
    title: 'sampling training data',
    weight: (config) => samplingCost(config, poolSize(config)),
    run: (input) => sample(input, poolSize(input.config)),
  },
  {
    id: 'test',
    title: 'sampling test data',
    weight: (config) => samplingCost(config, config.testSamples),
    run: (input) => sample(input, input.config.testSamples),
  },
  {
    id: 'warmUp',
    title: 'training attention',
    weight: ({ epochs, trainSamples }) => (epochs * trainSamples) / 10_000,
    run: trainByAdam,
    message: (product) =>
      `Adam ends at a loss of ${(product as TrainedLayer).curve.at(-1)!.toFixed(4)} nats.`,
  },
  {
    id: 'attention',
    title: 'converging attention',
    weight: ({ trainSamples }) => (20 * trainSamples) / 10_000,
    run: converge,
    message: (product) =>
      `L-BFGS ends at a loss of ${(product as TrainedLayer).curve.at(-1)!.toFixed(4)} nats.`,
  },
  {
    id: 'pseudolikelihood',
    title: 'solving pseudo-likelihood',
    weight: ({ trainSamples }) => (5 * trainSamples) / 10_000,
    run: ({ config, products, rng, resume }) =>
      fitGeneralized(firstSamples(config, products.train, config.trainSamples), {
        ...{ rng, maximumSteps: config.iterations },
        ...(resume !== undefined && { resume }),
      }),
  },
  {
    id: 'sweep',
    title: 'sweeping the number of samples',
    weight: ({ sampleSizes }) => (20 * sampleSizes.reduce((sum, size) => sum + size, 0)) / 10_000,
    run: sweepSizes,
  },
  {
    id: 'measurement',
    title: 'measuring',
    weight: ({ testSamples }) => testSamples / 10_000,
    run: atOnce(({ config, products }) => measureKnownTruth(products, config)),
  },
];

function drawModel({ config, rng }: Input) {
  const { sites, states, couplingStrength } = config;
  const { siteCouplings, colourCouplings } = replicaSetA({ sites, states, beta: couplingStrength, rng });
  return { siteCouplings, colourCouplings };
}

function samplingCost({ sweeps }: KnownTruthConfig, samples: number): number {
  return (samples * sweeps) / 2e6;
}

function sample({ config, products, rng, resume }: Input, chains: number) {
  return samplePotts(toFullModel(modelOf(config, products.truth)), {
    ...{ rng, chains, sweeps: config.sweeps },
    ...(resume !== undefined && { resume }),
  });
}

function trainByAdam({ config, products, rng, resume }: Input) {
  const { epochs, batch, learningRate, trainSamples } = config;
  return trainLayer(truthLayer(config), firstSamples(config, products.train, trainSamples), {
    ...{ solver: 'Adam', rng, batch, learningRate },
    steps: stepsOf(trainSamples, epochs, batch),
    ...(resume !== undefined && { resume }),
  });
}

function converge({ config, products, rng, resume }: Input) {
  return trainLayer(truthLayer(config), firstSamples(config, products.train, config.trainSamples), {
    ...{ solver: 'L-BFGS', rng, steps: config.iterations, gradientTolerance: GRADIENT_TOLERANCE },
    ...(products.warmUp && { start: products.warmUp }),
    ...(resume !== undefined && { resume }),
  });
}

/** Where a sweep over training-set sizes stands. */
interface SweepState {
  /** Pairs of size and excess so far. */
  readonly points: Float64Array;
  /** State of the training under way. */
  readonly inner: PlainData;
}

async function* sweepSizes(input: Input): AsyncGenerator<PhaseTick, Float64Array> {
  const { config, products, rng } = input;
  const sizes = config.sampleSizes;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const resume = input.resume as unknown as SweepState | undefined;
  let points = resume?.points ?? new Float64Array(0);
  for (let index = points.length / 2; index < sizes.length; index++) {
    const data = firstSamples(config, products.train, sizes[index]);
    const begun = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
    const inner = index === (resume?.points.length ?? Number.NaN) / 2 ? resume!.inner : undefined;
    const ticks = trainLayer(truthLayer(config), data, {
      ...{ solver: 'L-BFGS', rng: rng.fork(`${sizes[index]} samples`), steps: config.iterations },
      ...(inner !== undefined && { resume: inner }),
    });
    let next = await ticks.next();
    for (; !next.done; next = await ticks.next()) {
      const { fraction, state, metrics } = next.value;
      yield {
        fraction: (begun + fraction * sizes[index]) / total,
        state: { points, inner: state },
        metrics: { ...metrics, samples: sizes[index] },
      };
    }
    points = Float64Array.of(...points, sizes[index], await excessOf(next.value, input));
  }
  return points;
}

async function excessOf(layer: TrainedLayer, { config, products }: Input): Promise<number> {
  const found = await layerCouplings(truthLayer(config), layer);
  const [truth, learned] = [products.truth, found].map((couplings) =>
    generalizedConditionals(modelOf(config, couplings)),
  );
  return testExcess(truth, learned, products.test);
}
