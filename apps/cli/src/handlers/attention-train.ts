import {
  citations,
  type Masking,
  type TrainOptions,
  type TrainState,
  type TrainTick,
  trainMasked,
} from '@spinformer/attention';
import type { PlainData, Rng } from '@spinformer/numerics';
import type { ParameterTree } from '@spinformer/tensor';
import { attentionTrainOptions } from '../commands/attention-train.ts';
import { prepareBackend, rngOf } from '../compute/prepare-compute.ts';
import { type Architecture, buildModel } from '../models/attention-file.ts';
import { executeRun } from '../run/execute-run.ts';
import { KEPT_INPUT } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunPlan } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { attentionData } from './attention-data.ts';
import { concludeTraining } from './conclude-training.ts';

type Options = OptionValues<typeof attentionTrainOptions>;

/** `attention train`. */
export async function runAttentionTrain(context: CommandContext): Promise<number> {
  const options = optionsOf(context, attentionTrainOptions);
  const { terminal } = context;
  const rng = await rngOf(context);
  const data = await attentionData(context, rng);
  for (const warning of data.warnings) terminal.warn(warning);
  terminal.note(data.outline);
  await prepareBackend(context);
  const { sites, states } = data.train;
  const { heads, values, layers, width } = options;
  const { knownValues } = data;
  const kind = options.model;
  const architecture: Architecture = {
    kind,
    sites,
    states,
    heads,
    values,
    layers,
    width,
    ...(values === 'known' ? { knownValues } : {}),
  };
  const model = buildModel(architecture);
  const settings = trainingOptions(options, rng);
  const plan: RunPlan<TrainState & PlainData, TrainTick & { state: TrainState & PlainData }> = {
    config: runConfig(context, {
      ...(data.input ? { inputs: { FILE: data.input } } : {}),
      resolved: { ...data.resolved, optimizer: settings.optimizer, steps: settings.steps },
    }),
    citations: citations(model),
    outline: [data.outline, model.name],
    ...(data.input?.isStandardInput ? { keep: { [KEPT_INPUT]: data.input.bytes } } : {}),
    ticks: ({ signal, resume }) =>
      trainMasked(model, data.train, {
        ...settings,
        signal,
        ...(data.test ? { test: data.test } : {}),
        ...(resume ? { resume } : {}),
      }) as AsyncGenerator<TrainTick & { state: TrainState & PlainData }>,
    describe: ({ step, metrics }) => ({
      phase: settings.optimizer === 'lbfgs' ? 'L-BFGS' : 'Adam',
      ...(settings.optimizer === 'adam' && settings.steps ? { fraction: step / settings.steps } : {}),
      detail: `step ${step} · loss ${metrics.loss.toFixed(5)}${metrics.testLoss === undefined ? '' : ` · held out ${metrics.testLoss.toFixed(5)}`}`,
    }),
    score: ({ metrics }) => metrics.testLoss ?? metrics.loss,
    conclude: (last, run) => concludeTraining({ last, run, data, architecture, name: model.name }),
  };
  return executeRun(context, plan);
}

/** Steps unless --steps says otherwise. */
const ADAM_STEPS = 1000;
const LBFGS_STEPS = 1000;

function trainingOptions(options: Options, rng: Rng): TrainOptions<ParameterTree> {
  const optimizer = options.optimizer ?? (options.model === 'factored' ? 'lbfgs' : 'adam');
  const masking: Masking | undefined =
    options.masking === 'bernoulli' ? { bernoulli: options.maskProbability } : options.masking;
  const { couplingPenalty, fieldPenalty, learningRate, batch, tolerance } = options;
  const hasPenalty = couplingPenalty > 0 || fieldPenalty > 0;
  return {
    rng: rng.fork('training'),
    optimizer,
    ...(masking ? { masking } : {}),
    ...(hasPenalty ? { penalty: { couplings: couplingPenalty, fields: fieldPenalty } } : {}),
    ...(optimizer === 'adam'
      ? { learningRate, batch, steps: options.steps ?? ADAM_STEPS }
      : { steps: options.steps ?? LBFGS_STEPS }),
    ...(tolerance === undefined ? {} : { gradientTolerance: tolerance }),
  };
}
