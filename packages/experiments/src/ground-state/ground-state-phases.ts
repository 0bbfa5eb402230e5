import { ConfigError, type PlainData } from '@spinformer/numerics';
import { dispose, treeFromPlain } from '@spinformer/tensor';
import type { TransformerParameters } from '@spinformer/transformer-vqs';
import { type Job, runJobs } from '../shared/job-phase.ts';
import { optimizerOptions } from '../shared/magnets/magnet-settings.ts';
import { type OptimizedWave, optimizeWave } from '../shared/magnets/optimize-phase.ts';
import { isExact } from '../shared/magnets/reference-energy.ts';
import type { Phase, PhaseInput, PhaseTick } from '../shared/phases.ts';
import type { GroundStateConfig } from './ground-state-config.ts';
import {
  curveCouplings,
  type GroundStateProducts,
  groundStateWave,
  magnetAt,
  signRuleAt,
  tunings,
} from './ground-state-products.ts';
import type { TunedPart } from './ground-state-result.ts';
import { readExact, readState } from './read-state.ts';

type Input = PhaseInput<GroundStateConfig, GroundStateProducts>;

/** Steps of an optimisation that take as long as one exact ground state, and as one measurement, about. */
const EXACT_COST = 3;
const MEASURING_COST = 4;

/** The phases of the study of ground states, in order. */
export const groundStatePhases: readonly Phase<GroundStateConfig, GroundStateProducts>[] = [
  {
    id: 'exact',
    title: 'computing exact ground states',
    weight: (config) => (isExact(config) ? EXACT_COST : 0.01) * config.couplings.length,
    run: (input) => runJobs(exactJobs(input), input.resume),
  },
  {
    id: 'curve',
    title: 'computing exact curves',
    weight: (config) => (isExact(config) ? EXACT_COST * curveCouplings(config).length : 0),
    run: (input) => runJobs(curveJobs(input), input.resume),
  },
  {
    id: 'states',
    title: 'optimising wave functions',
    weight: ({ couplings, steps }) => couplings.length * steps,
    run: (input) => runJobs(stateJobs(input), input.resume),
  },
  {
    id: 'measured',
    title: 'measuring wave functions',
    weight: ({ couplings }) => MEASURING_COST * couplings.length,
    run: (input) => runJobs(measuringJobs(input), input.resume),
  },
  {
    id: 'tuned',
    title: 'carrying a state to other couplings',
    weight: ({ tuneTo, tuneSteps }) => 2 * tuneTo.length * tuneSteps,
    run: (input) => runJobs(tuningJobs(input), input.resume),
  },
];

function exactJobs({ config }: Input): Job[] {
  check(config);
  return config.couplings.map((j2) => atOnceJob(() => readExact(config, j2)));
}

function curveJobs({ config }: Input): Job[] {
  return curveCouplings(config).map((j2) => atOnceJob(() => readExact(config, j2)));
}

/** What cannot work is refused before the long part of the run. */
function check(config: GroundStateConfig): void {
  const { couplings, tuneFrom, tuneTo } = config;
  groundStateWave(config);
  if (new Set(couplings).size < couplings.length)
    throw new ConfigError('couplings: each can be taken once. Leave the repeated ones out.');
  const needed = tuneTo.length > 0 ? [tuneFrom, ...tuneTo] : [];
  const missing = needed.filter((j2) => !couplings.includes(j2));
  if (missing.length > 0)
    throw new ConfigError(
      `couplings: states are carried from J2 = ${tuneFrom} to ${tuneTo.join(', ')}, but ${missing.join(', ')} ` +
        'is not among the couplings. Add it, or change tuneFrom and tuneTo.',
    );
  const turned = tuneTo.filter((j2) => signRuleAt(config, j2) !== signRuleAt(config, tuneFrom));
  if (turned.length > 0)
    throw new ConfigError(
      `tuneTo: the state of J2 = ${tuneFrom} cannot be carried to ${turned.join(', ')}, where another sign rule holds. ` +
        'Leave it out, or change stripeFrom.',
    );
}

function stateJobs({ config, rng }: Input): Job[] {
  return config.couplings.map((j2) => ({
    weight: 1,
    run: (resume) =>
      optimizeWave({
        ...{ hamiltonian: magnetAt(config, j2), wave: groundStateWave(config), steps: config.steps, resume },
        rng: rng.fork(`J2 = ${j2}`),
        options: optimizerOptions(config),
      }),
  }));
}

function measuringJobs({ config, products, rng }: Input): Job[] {
  return config.couplings.map((j2, index) =>
    atOnceJob(() => readState(config, j2, products.states[index], rng.fork(`J2 = ${j2}`))),
  );
}

function tuningJobs(input: Input): Job[] {
  return tunings(input.config).map(({ j2, part }) => ({
    weight: 1,
    run: (resume) => carry(input, j2, part, resume),
  }));
}

/** Goes on from the state of another coupling. */
async function* carry(
  { config, products, rng }: Input,
  j2: number,
  part: TunedPart,
  resume: PlainData | undefined,
): AsyncGenerator<PhaseTick, OptimizedWave> {
  const from = products.states[config.couplings.indexOf(config.tuneFrom)];
  const start = treeFromPlain(from.parameters) as TransformerParameters;
  try {
    return yield* optimizeWave({
      ...{
        hamiltonian: magnetAt(config, j2),
        wave: groundStateWave(config),
        steps: config.tuneSteps,
        resume,
      },
      rng: rng.fork(`${part} to J2 = ${j2}`),
      options: { ...optimizerOptions(config), start, ...(part === 'head' && { trainOnly: 'head' as const }) },
    });
  } finally {
    dispose(start);
  }
}

/** A job that has nothing to report on its way. */
function atOnceJob(make: () => object | Promise<object>): Job {
  return {
    weight: 1,
    // biome-ignore lint/correctness/useYield: nothing to report
    run: async function* () {
      return (await make()) as PlainData;
    },
  };
}
