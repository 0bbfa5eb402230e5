import { ConfigError } from '@spinformer/numerics';
import { type Job, runJobs } from '../shared/job-phase.ts';
import { referenceEnergy } from '../shared/magnets/reference-energy.ts';
import { atOnce, type Phase, type PhaseInput } from '../shared/phases.ts';
import type { AttentionWavefunctionConfig, ComparedAttention } from './attention-wavefunction-config.ts';
import type { AttentionWavefunctionProducts } from './attention-wavefunction-products.ts';
import { comparedWave, hasQueriesAndKeys } from './compared-wave.ts';
import { amplitudeOperations } from './count-operations.ts';
import { readWave } from './read-wave.ts';
import { trainWave } from './train-wave.ts';

type Input = PhaseInput<AttentionWavefunctionConfig, AttentionWavefunctionProducts>;

/** How much longer operations take where derivatives come from the tensor package and not from a kernel. */
const TENSOR_SLOWNESS = 2;

/** The phases of the study of attention in wave functions, in order. */
export const attentionWavefunctionPhases: readonly Phase<
  AttentionWavefunctionConfig,
  AttentionWavefunctionProducts
>[] = [
  {
    id: 'exact',
    title: 'computing the exact energy',
    weight: () => 0.02,
    run: atOnce(exactEnergy),
    message: (product) =>
      `The exact energy is ${(product as { energyPerSite: number }).energyPerSite.toFixed(6)} per site.`,
  },
  {
    id: 'waves',
    title: 'optimising wave functions',
    weight: () => 1,
    run: (input) => runJobs(trainingJobs(input), input.resume),
  },
  {
    id: 'readings',
    title: 'reading and freezing attention',
    weight: ({ steps, frozenSteps }) => 0.5 * ((frozenSteps + 2) / steps),
    run: (input) => runJobs(readingJobs(input), input.resume),
  },
];

function exactEnergy({ config }: Input) {
  // Networks that cannot be built, and magnets without a reference, are refused before the long part of the run.
  for (const attention of config.attentions) comparedWave(config, attention);
  if (new Set(config.attentions).size < config.attentions.length)
    throw new ConfigError('attentions: each can be compared once. Leave the repeated ones out.');
  return { energyPerSite: referenceEnergy(config, config.j2, config.referenceEnergy) };
}

/** Every network with every start, starts within. */
function everyWave(config: AttentionWavefunctionConfig) {
  return config.attentions.flatMap((attention) =>
    Array.from({ length: config.repeats }, (_, repeat) => ({ attention, name: `${attention} ${repeat}` })),
  );
}

function trainingJobs({ config, rng }: Input): Job[] {
  return everyWave(config).map(({ attention, name }) => ({
    weight: cost(config, attention),
    run: (resume) => trainWave({ config, attention, rng: rng.fork(name), resume }),
  }));
}

function readingJobs({ config, products, rng }: Input): Job[] {
  return everyWave(config).map(({ attention, name }, index) => ({
    weight: hasQueriesAndKeys(attention) ? 1 : 0.1,
    run: (resume) => readWave({ config, attention, rng: rng.fork(name), resume }, products.waves[index]),
  }));
}

function cost(config: AttentionWavefunctionConfig, attention: ComparedAttention): number {
  const content = hasQueriesAndKeys(attention);
  const { architecture } = comparedWave(config, attention);
  return amplitudeOperations(architecture, content) * (content ? TENSOR_SLOWNESS : 1);
}
