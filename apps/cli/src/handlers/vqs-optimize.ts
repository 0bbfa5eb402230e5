import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlainData, Rng } from '@spinformer/numerics';
import {
  citations,
  type TransformerParameters,
  type VmcOptions,
  type VmcState,
} from '@spinformer/transformer-vqs';
import { vqsOptimizeOptions } from '../commands/vqs-optimize.ts';
import { prepareBackend, rngOf } from '../compute/prepare-compute.ts';
import { UsageError } from '../errors/usage-error.ts';
import { decodeWave, findWave } from '../models/wave-function-file.ts';
import { parseBytes } from '../parse/parse-bytes.ts';
import { parseDuration } from '../parse/parse-duration.ts';
import { executeRun } from '../run/execute-run.ts';
import { programName, runReference } from '../run/program-name.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunPlan } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { concludeOptimization } from './vqs/conclude-optimization.ts';
import { exactGroundState, isSmall } from './vqs/exact-energy.ts';
import { resolveModel, type SpinProblem, spinProblem } from './vqs/spin-problem.ts';
import { type OptimizeTick, vmcTicks } from './vqs/vmc-ticks.ts';
import { type ChosenWave, checkStart, chooseTransformer, projectWave } from './vqs/wave-of-options.ts';

type Options = OptionValues<typeof vqsOptimizeOptions>;
type State = VmcState & PlainData;

/** The wave function that a run starts from, kept in its folder: what it was read from may change. */
const KEPT_START = 'start.safetensors';
/** Where there are too many configurations to sum them. */
const DEFAULT_SAMPLES = 1024;
const DEFAULT_STEPS = 300;

/** `vqs optimize`. */
export async function runVqsOptimize(context: CommandContext): Promise<number> {
  const options = optionsOf(context, vqsOptimizeOptions);
  const limit = options.time === undefined ? undefined : parseDuration('time', options.time);
  const memoryBudget = parseBytes('memory', options.memory);
  const start = readStart(context, options);
  const problem = spinProblem(resolveModel(options, start?.earlier));
  const samples = options.samples ?? (isSmall(problem) ? 'all' : DEFAULT_SAMPLES);
  await prepareBackend(context);
  const chosen = chooseWave(problem, options, start);
  const rng = await rngOf(context);
  const steps = options.steps ?? (limit === undefined ? DEFAULT_STEPS : Number.MAX_SAFE_INTEGER);
  const settings = {
    ...vmcOptions(options, rng),
    steps,
    ...{ samples, memoryBudget, totalSz: problem.model.totalSz },
  };
  const outline = `${problem.hamiltonian.name}: ${chosen.wave.name}, ${chosen.base.parameterCount.toLocaleString('en')} parameters, ${samples === 'all' ? 'all configurations' : `${samples} samples`}`;
  context.terminal.note(outline);
  let exact: number | undefined;
  const began = performance.now();
  const plan: RunPlan<State, OptimizeTick & { state: State }> = {
    config: configOf(context, { problem, chosen, options, samples, steps, start }),
    citations: citationsOf(problem, chosen, samples),
    outline: [outline],
    ...(start ? { keep: { [KEPT_START]: start.bytes } } : {}),
    async *ticks({ run, signal, resume }) {
      exact = exactGroundState(problem)?.energiesPerSite[0];
      const from = chosen.start ? { start: chosen.start } : {};
      yield* vmcTicks(
        problem,
        chosen,
        { ...settings, signal, ...(resume ? { resume } : from) },
        {
          ...{ exact, seconds: limit },
          remedy: `The time of --time ${options.time} is over. Go on with ${programName()} runs resume ${runReference(run.path)}.`,
        },
      ) as AsyncGenerator<OptimizeTick & { state: State }>;
    },
    describe: (tick) => ({
      phase: options.optimizer,
      fraction: fractionOf(tick, steps, limit && (performance.now() - began) / 1000 / limit),
      detail: detailOf(tick, exact),
      ...(tick.metrics.rejected && tick.remedy ? { message: `step ${tick.step}: ${tick.remedy}` } : {}),
    }),
    score: ({ metrics }) => metrics.energyPerSite,
    isPaused: ({ isPaused }) => isPaused === true,
    conclude: (last, run) =>
      concludeOptimization({ last, run, problem, chosen, samples, rng, exact, memoryBudget }),
  };
  return executeRun(context, plan);
}

interface Start {
  readonly bytes: Uint8Array;
  readonly place: string;
  /** Model and symmetries of the run that it is from; absent on resuming, where all options are known. */
  readonly earlier?: ReturnType<typeof findWave>['options'];
}

/** What --start names, or what the resumed run kept of it. */
function readStart({ resume }: CommandContext, options: Options): Start | undefined {
  if (options.start === undefined) {
    if (options.trainOnly === undefined) return undefined;
    throw new UsageError(
      `--train-only ${options.trainOnly} trains a part of a state that is good already. Give it with --start RUN.`,
    );
  }
  if (resume) {
    const place = join(resume.path, KEPT_START);
    return { bytes: readFileSync(place), place };
  }
  const { run, bytes, options: earlier } = findWave(options.start);
  if (options.signRule !== undefined && options.signRule !== earlier.signRule)
    throw new UsageError(
      `--sign-rule ${options.signRule}: the state of --start ${options.start} was made with ${earlier.signRule}. Leave it out.`,
    );
  return { bytes, place: run, earlier };
}

/** The transformer that was asked for, or the one to start from, with its symmetries. */
function chooseWave(
  problem: SpinProblem,
  options: Options,
  start: Start | undefined,
): ChosenWave & { readonly start?: TransformerParameters } {
  if (!start) return projectWave(problem, chooseTransformer(problem, options), options);
  const { wave, parameters } = decodeWave(start.bytes, start.place);
  checkStart(wave.architecture, problem, options, String(options.start));
  const { symmetries = start.earlier?.symmetries, momentum = start.earlier?.momentum } = options;
  return { ...projectWave(problem, wave, { ...options, symmetries, momentum }), start: parameters };
}

function vmcOptions(options: Options, rng: Rng): VmcOptions<TransformerParameters> {
  const { chains, sweeps, burnIn, moves, optimizer, learningRate, diagonalShift } = options;
  const { optimizerMomentum, maximumStep, precision, gramPrecision, exponent, trainOnly } = options;
  const parts = trainOnly?.split(',').map((part) => part.trim());
  const given = {
    ...{ chains, sweeps, burnIn, rule: moves, learningRate, diagonalShift },
    ...{ momentum: optimizerMomentum, maximumStepNorm: maximumStep, exponent, gramPrecision },
    trainOnly: parts?.join() === 'head' ? ('head' as const) : parts,
  };
  return {
    rng: rng.fork('optimization'),
    ...{ optimizer, dtype: precision },
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  };
}

interface Parts {
  readonly problem: SpinProblem;
  readonly chosen: ChosenWave;
  readonly options: Options;
  readonly samples: number | 'all';
  readonly steps: number;
  readonly start: Start | undefined;
}

/** config.json: every option as it was resolved from the lattice and from what the run starts with. */
function configOf(context: CommandContext, { problem, chosen, options, samples, steps, start }: Parts) {
  const { attention, patch, width, heads, layers, expansion } = chosen.base.architecture;
  const { symmetries = start?.earlier?.symmetries ?? 'none', momentum = start?.earlier?.momentum } = options;
  return runConfig(context, {
    resolved: {
      ...problem.model,
      ...{ attention, patch, width, heads, layers, expansion, symmetries, momentum, samples },
      ...(steps === Number.MAX_SAFE_INTEGER ? {} : { steps }),
      ...(start ? { start: start.place } : {}),
    },
  });
}

function citationsOf({ model }: SpinProblem, { base }: ChosenWave, samples: number | 'all'): string[] {
  return [
    ...base.citations,
    ...citations([
      'optimize',
      'observables',
      ...(samples === 'all' ? [] : (['sampling'] as const)),
      ...(model.signRule === 'marshall' ? (['signRule'] as const) : []),
      ...(model.lattice === 'shastry-sutherland' ? (['shastrySutherland'] as const) : []),
    ]),
    'salmon2011philox',
  ];
}

function fractionOf({ step }: OptimizeTick, steps: number, ofTime: number | undefined): number {
  return Math.min(1, Math.max(steps > 0 ? step / steps : 1, ofTime ?? 0));
}

function detailOf({ step, metrics }: OptimizeTick, exact: number | undefined): string {
  const { energyPerSite, standardError, vScore, relativeError } = metrics;
  const error = standardError > 0 ? ` ± ${standardError.toExponential(1)}` : '';
  return [
    `step ${step}`,
    `energy ${energyPerSite.toFixed(6)}${error}`,
    ...(exact === undefined
      ? []
      : [`exact ${exact.toFixed(6)}`, `relative error ${relativeError.toExponential(1)}`]),
    `V-score ${vScore.toExponential(1)}`,
  ].join(' · ');
}
