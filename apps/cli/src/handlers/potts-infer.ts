import type { Alignment, InferenceState, InferenceTick } from '@spinformer/potts';
import { pottsInferOptions } from '../commands/potts-infer.ts';
import { prepareRuntime } from '../compute/prepare-compute.ts';
import { UsageError } from '../errors/usage-error.ts';
import { executeRun } from '../run/execute-run.ts';
import { KEPT_INPUT, readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunPlan } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { alignmentSettings, nameOfAlphabet } from './attention-data.ts';
import { concludeInference } from './conclude-inference.ts';
import { likePlmc } from './like-plmc.ts';

type Options = OptionValues<typeof pottsInferOptions>;

/** `potts infer`. */
export async function runPottsInfer(context: CommandContext): Promise<number> {
  const { terminal } = context;
  const file = String(context.positionals.FILE);
  const input = await readInput(context, 'FILE', file);
  const options = withConventions(optionsOf(context, pottsInferOptions));
  const { readAlignmentBytes } = await import('@spinformer/potts');
  const alignment = await readAlignmentBytes(input.bytes, options.reading);
  for (const warning of alignment.warnings) terminal.warn(warning);
  sayCounts(context, alignment);
  const weights = await weightsOf(context, alignment, options.identity);
  const solver = solverOptions(options, alignment.sites);
  const plan: RunPlan<InferenceState, InferenceTick> = {
    config: runConfig(context, {
      inputs: { FILE: input },
      resolved: { ...solver, gaps: alignment.gaps, alphabet: nameOfAlphabet(alignment) },
    }),
    citations: citationsOf(options),
    outline: [
      `${alignment.samples} sequences of ${alignment.sites} sites, ${alignment.states} states (${alignment.letters})`,
    ],
    ...(input.isStandardInput ? { keep: { [KEPT_INPUT]: input.bytes } } : {}),
    ticks: ({ signal, resume }) =>
      inferTicks(context, { alignment, weights, solver, method: options.method }, signal, resume),
    describe: ({ step, metrics }) => ({
      phase: options.method === 'plm' ? 'L-BFGS' : 'sites',
      detail: `step ${step} · objective ${metrics.objective.toFixed(1)} nats · gradient ${metrics.gradientNorm.toPrecision(3)}`,
    }),
    score: ({ metrics }) => metrics.objective,
    conclude: (last, run) => concludeInference({ last, run, alignment, weights }),
  };
  return executeRun(context, plan);
}

interface Settings {
  readonly method: Options['method'];
  readonly identity: number;
  readonly reading: ReturnType<typeof alignmentSettings>;
  readonly given: Pick<Options, 'like' | 'fieldPenalty' | 'couplingPenalty' | 'maxSteps' | 'tolerance'>;
}

/** Options as a peer's conventions complete them. */
function withConventions(options: Options): Settings {
  const { like, method, identity } = options;
  const reading = alignmentSettings(options);
  if (like === undefined) return { method, identity, reading, given: options };
  if (method !== likePlmc.method)
    throw new UsageError(`--like plmc is --method plm, got --method ${method}.`);
  if (options.gaps === 'state')
    throw new UsageError('--like plmc leaves gaps out (its -g), got --gaps state.');
  return { method, identity, reading: { ...reading, ...likePlmc.alignment }, given: options };
}

/** What the solver is told, every default filled in: config.json keeps it. */
function solverOptions({ given, method }: Settings, sites: number) {
  const isLike = given.like !== undefined;
  // One regression for each site pays for every coupling twice.
  const share = method === 'plm' ? 0.1 : 0.05;
  return {
    fieldPenalty: given.fieldPenalty ?? (isLike ? likePlmc.fieldPenalty : 0.01),
    couplingPenalty: given.couplingPenalty ?? (isLike ? likePlmc.couplingPenalty : share * (sites - 1)),
    maxSteps: given.maxSteps ?? 500,
    tolerance: given.tolerance ?? (method === 'plm' ? 1e-4 : 1e-2),
  };
}

function sayCounts({ terminal }: CommandContext, { counts, samples, sites }: Alignment): void {
  const dropped = counts.sequencesWithInvalidLetters + counts.sequencesWithTooManyGaps;
  const lost = dropped > 0 ? `, ${dropped} left out` : '';
  terminal.note(
    `${samples} sequences of ${sites} sites (${counts.sequencesRead} read${lost}; ${counts.columnsRead} columns)`,
  );
}

async function weightsOf(
  context: CommandContext,
  alignment: Alignment,
  identity: number,
): Promise<Float64Array> {
  const { sequenceWeightsFast } = await import('@spinformer/potts');
  context.terminal.detail('Weighing the sequences');
  return sequenceWeightsFast(alignment, { identity, runtime: await prepareRuntime(context) });
}

interface Problem {
  readonly alignment: Alignment;
  readonly weights: Float64Array;
  readonly method: Options['method'];
  readonly solver: ReturnType<typeof solverOptions>;
}

async function* inferTicks(
  context: CommandContext,
  { alignment, weights, method, solver }: Problem,
  signal: AbortSignal,
  resume: InferenceState | undefined,
): AsyncGenerator<InferenceTick> {
  const { inferCouplings } = await import('@spinformer/potts');
  const runtime = await prepareRuntime(context);
  const { samples, sites, states, values } = alignment;
  const { maxSteps, ...numbers } = solver;
  yield* inferCouplings(
    { samples, sites, states, values, weights },
    { method, ...numbers, maximumSteps: maxSteps, runtime, signal, ...(resume ? { resume } : {}) },
  );
}

function citationsOf({ method }: Settings): readonly string[] {
  const own = method === 'plm' ? ['hopf2017mutation'] : [];
  return ['besag1975', 'ekeberg2013plmdca', ...own, 'dunn2008apc', 'liu1989lbfgs'];
}
