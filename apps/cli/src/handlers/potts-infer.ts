import type { PlainData } from '@spinformer/numerics';
import type { Alignment } from '@spinformer/potts';
import { pottsInferOptions } from '../commands/potts-infer.ts';
import { prepareRuntime, rngOf } from '../compute/prepare-compute.ts';
import { UsageError } from '../errors/usage-error.ts';
import { checkFormats } from '../models/model-formats.ts';
import { executeRun } from '../run/execute-run.ts';
import { type InputFile, KEPT_INPUT, readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunPlan } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { nameOfAlphabet } from './attention-data.ts';
import { concludeInference } from './conclude-inference.ts';
import { checkMemory, memoryText } from './infer/check-memory.ts';
import type { InferProblem, InferTick, MethodPlan } from './infer/infer-method.ts';
import { inferMethods } from './infer/infer-methods.ts';
import { type InferSettings, inferSettings } from './infer/infer-settings.ts';
import { readFamily } from './infer/read-family.ts';
import { type SequenceWeights, weighSequences } from './sequence-weights.ts';

/** `potts infer`. */
export async function runPottsInfer(context: CommandContext): Promise<number> {
  const { terminal } = context;
  const options = optionsOf(context, pottsInferOptions);
  const formats = checkFormats(options.write);
  const settings = inferSettings(options);
  if (formats.length > 0 && settings.method === 'autoregressive')
    throw new UsageError('--write writes Potts models; an autoregressive model is none. Leave it out.');
  const input = await readInput(context, 'FILE', String(context.positionals.FILE));
  const alignment = await readFamily(context, input, settings);
  const weights = await weighSequences(context, alignment, settings.weighing, input);
  const problem = await problemOf(alignment, weights, settings);
  const makeMethod = await inferMethods[settings.method]();
  const runtime = await prepareRuntime(context);
  const method = makeMethod(problem, options, runtime.threads);
  checkMemory(context, method.bytes, method.remedy);
  const rng = await rngOf(context);
  for (const difference of settings.conventions?.differences ?? [])
    terminal.note(`Unlike ${options.like}: ${difference}`);
  const plan: RunPlan<PlainData, InferTick> = {
    config: configOf(context, { input, settings, alignment, weights, method }),
    citations: method.citations,
    outline: [
      `${alignment.samples} sequences of ${alignment.sites} sites, ${alignment.states} states (${alignment.letters})`,
      `up to ${memoryText(method.bytes)} of memory`,
    ],
    ...(input.isStandardInput ? { keep: { [KEPT_INPUT]: input.bytes } } : {}),
    ticks: ({ signal, resume }) =>
      method.ticks({ runtime, rng, signal, ...(resume === undefined ? {} : { resume }) }),
    describe: (tick) => method.describe(tick),
    score: (tick) => method.score(tick),
    conclude: (last, run) =>
      concludeInference({
        last,
        run,
        alignment,
        weights: weights.values,
        method,
        name: settings.method,
        formats,
      }),
  };
  return executeRun(context, plan);
}

async function problemOf(
  alignment: Alignment,
  weights: SequenceWeights,
  { conventions }: InferSettings,
): Promise<InferProblem> {
  const { effectiveSequences } = await import('@spinformer/potts');
  const effective = effectiveSequences(weights.values);
  const size = { sites: alignment.sites, states: alignment.states, effective };
  const peer = conventions && { ...conventions.penalties(size), pseudocount: conventions.pseudocount(size) };
  return { alignment, weights: weights.values, effective, ...(peer ? { peer } : {}) };
}

interface Parts {
  readonly input: InputFile;
  readonly settings: InferSettings;
  readonly alignment: Alignment;
  readonly weights: SequenceWeights;
  readonly method: MethodPlan;
}

/** config.json: every option as it was resolved from the conventions and the data. */
function configOf(context: CommandContext, { input, settings, alignment, weights, method }: Parts) {
  const { alphabet: _, ...reading } = settings.reading;
  return runConfig(context, {
    inputs: { FILE: input, ...(weights.input ? { weights: weights.input } : {}) },
    paths: weights.input ? ['weights'] : [],
    resolved: {
      ...Object.fromEntries(Object.entries(reading).filter(([name]) => name in context.options)),
      ...method.solver,
      method: settings.method,
      weights: settings.weighing.rule,
      identity: weights.identity,
      gaps: alignment.gaps,
      alphabet: nameOfAlphabet(alignment),
    },
  });
}
