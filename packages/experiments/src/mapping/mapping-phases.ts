import { replicaSetA, toFullModel } from '@spinformer/potts';
import { type Job, runJobs } from '../shared/job-phase.ts';
import { atOnce, type Phase, type PhaseInput } from '../shared/phases.ts';
import { samplePotts } from '../shared/sampling-phase.ts';
import { fitFactored } from './fit-factored.ts';
import type { MappingConfig } from './mapping-config.ts';
import {
  COLOUR_KNOWLEDGE,
  encoderOf,
  encoderSize,
  encoderSizes,
  factoredSizes,
  type MappingProducts,
  mappingPool,
  mappingTruth,
} from './mapping-products.ts';
import type { TrainedByAdam } from './mapping-result.ts';
import { type MaskedContexts, maskedContexts } from './masked-contexts.ts';
import { trainEncoder, trainFactored } from './train-encoder.ts';

type Input = PhaseInput<MappingConfig, MappingProducts>;

/** The phases of the study of the mapping, in order. */
export const mappingPhases: readonly Phase<MappingConfig, MappingProducts>[] = [
  { id: 'truth', title: 'drawing the model', weight: () => 0.1, run: atOnce(drawModel) },
  {
    id: 'train',
    title: 'sampling training data',
    weight: (config) => samplingCost(config, mappingPool(config)),
    run: (input) => sample(input, mappingPool(input.config)),
  },
  {
    id: 'test',
    title: 'sampling test data',
    weight: (config) => samplingCost(config, config.testSamples),
    run: (input) => sample(input, input.config.testSamples),
  },
  {
    id: 'contexts',
    title: 'masking test data',
    weight: ({ testSamples }) => testSamples / 20_000,
    run: atOnce(({ config, products, rng }) =>
      maskedContexts(mappingTruth(config, products.truth), products.test, rng),
    ),
    message: (product) =>
      `The exact conditional entropy is ${(product as unknown as MaskedContexts).entropy.toFixed(4)} nats.`,
  },
  {
    id: 'factored',
    title: 'fitting factored attention',
    weight: (config) => factoredSizes(config).reduce((sum, size) => sum + size, 0) / 5000,
    run: (input) => runJobs(factoredJobs(input), input.resume),
  },
  {
    id: 'factoredByAdam',
    title: 'training factored attention',
    weight: ({ epochs, trainSamples }) => (epochs * trainSamples) / 50_000,
    run: ({ config, products, rng, resume }) =>
      trainFactored({
        ...{ config, ...products, rng, resume },
        samples: config.trainSamples,
      }),
    message: (product) => endOf(product as TrainedByAdam),
  },
  {
    id: 'encoders',
    title: 'training encoders',
    weight: (config) => encoderJobsCost(config),
    run: (input) => runJobs(encoderJobs(input), input.resume),
  },
];

function drawModel({ config, rng }: Input) {
  // Encoders that cannot be built are refused before the long part of the run.
  for (const name of config.encoders) encoderOf(config, name);
  const { sites, states, couplingStrength } = config;
  const { siteCouplings, colourCouplings } = replicaSetA({ sites, states, beta: couplingStrength, rng });
  return { siteCouplings, colourCouplings };
}

function samplingCost({ sweeps, sites }: MappingConfig, samples: number): number {
  return (samples * sweeps * sites ** 2) / 4e8;
}

function sample({ config, products, rng, resume }: Input, chains: number) {
  return samplePotts(toFullModel(mappingTruth(config, products.truth)), {
    ...{ rng, chains, sweeps: config.sweeps },
    ...(resume !== undefined && { resume }),
  });
}

function factoredJobs({ config, products, rng }: Input): Job[] {
  return factoredSizes(config).flatMap((samples) =>
    COLOUR_KNOWLEDGE.map((colours) => ({
      weight: samples,
      run: (resume) =>
        fitFactored({
          ...{ config, ...products, colours, samples, resume },
          rng: rng.fork(`${colours} ${samples}`),
        }),
    })),
  );
}

/** Every encoder at every size gets the same number of steps. */
function encoderJobs({ config, products, rng }: Input): Job[] {
  return encoderSizes(config).flatMap((samples) =>
    config.encoders.map((name) => ({
      weight: encoderCost(name),
      run: (resume) =>
        trainEncoder(name, {
          ...{ config, ...products, samples, resume },
          rng: rng.fork(`${name} ${samples}`),
        }),
    })),
  );
}

/** Time of an encoder relative to that of one layer. */
function encoderCost(name: string): number {
  const { layers, heads } = encoderSize(name);
  return layers * (1 + heads / 50) + 0.2;
}

function encoderJobsCost(config: MappingConfig): number {
  const { epochs, trainSamples, sites, width, encoders } = config;
  const layers = encoders.reduce((sum, name) => sum + encoderCost(name), 0);
  const work = epochs * trainSamples * sites * width ** 2;
  return (encoderSizes(config).length * layers * work) / 2.5e8;
}

function endOf({ name, excess }: TrainedByAdam): string {
  return `${name}: ${excess.toFixed(4)} nats above the exact conditional entropy.`;
}
