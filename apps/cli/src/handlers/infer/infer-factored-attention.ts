import {
  type FactoredModel,
  type FactoredParameters,
  factoredAttention,
  parametersFromState,
  type TrainState,
  toPotts,
  trainMasked,
} from '@spinformer/attention';
import type { PottsModel } from '@spinformer/potts';
import { useBackend, wasm } from '@spinformer/tensor';
import type { InferMethod, InferProblem, InferStart, InferTick } from './infer-method.ts';

const HEADS = 8;
const STEPS = 1000;
const BATCH = 128;
const LEARNING_RATE = 0.02;
/** Copies of a batch's logits that are alive at once in a step, and bytes of a number in them. */
const COPIES = 24;
const BYTES = 4;

/** One layer of factored attention, trained by masked language modelling and read as a Potts model. */
export const inferFactoredAttention: InferMethod = (problem, options) => {
  const { samples, sites, states } = problem.alignment;
  const solver = {
    heads: options.heads ?? HEADS,
    maxSteps: options.maxSteps ?? STEPS,
    learningRate: options.learningRate ?? LEARNING_RATE,
  };
  const layer = factoredAttention({ sites, states, heads: solver.heads });
  const batch = Math.min(BATCH, samples);
  return {
    solver,
    bytes:
      COPIES * BYTES * (batch * sites * states + solver.heads * sites ** 2) +
      6 * samples * sites +
      8 * (sites * states) ** 2,
    remedy: 'Use fewer --heads, or leave out columns with many gaps (--max-column-gaps).',
    citations: ['rende2024mapping', 'bhattacharya2022factored', 'kingma2015adam', 'dunn2008apc'],
    ticks: (start) => trainingTicks(layer, problem, { ...solver, batch }, start),
    describe: ({ step, metrics }) => ({
      phase: 'training',
      fraction: step / solver.maxSteps,
      detail: `step ${step} · loss ${metrics.loss.toFixed(4)} nats per site`,
    }),
    score: ({ metrics }) => metrics.loss,
    results: ({ metrics, step }) => [
      { key: 'loss', name: 'Loss', value: metrics.loss, unit: 'nats per masked site' },
      { key: 'iterations', name: 'Steps', value: step },
      { key: 'heads', name: 'Heads', value: solver.heads },
    ],
    course: {
      metric: 'loss',
      title: 'How the loss fell',
      caption: 'Loss of guessing masked sites, nats per site, on the batches of Adam.',
      label: 'loss (nats per site)',
    },
  };
};

async function* trainingTicks(
  layer: FactoredModel,
  { alignment, weights }: InferProblem,
  settings: { readonly maxSteps: number; readonly learningRate: number; readonly batch: number },
  { rng, signal, resume }: InferStart,
): AsyncGenerator<InferTick> {
  useBackend(await wasm());
  const { samples, sites, states, values } = alignment;
  const { maxSteps, learningRate, batch } = settings;
  const ticks = trainMasked(
    layer,
    { samples, sites, states, values, weights },
    {
      ...{
        rng: rng.fork('factored-attention'),
        signal,
        optimizer: 'adam',
        steps: maxSteps,
        learningRate,
        batch,
      },
      ...(resume ? { resume: resume as unknown as TrainState } : {}),
    },
  );
  for await (const tick of ticks) {
    const isEnd = tick.status !== 'running' && tick.status !== 'aborted';
    const model = isEnd ? await pottsOf(layer, tick.state) : undefined;
    const { step, status, metrics, remedy } = tick;
    yield {
      step,
      status,
      metrics: metrics as Record<string, number>,
      ...(remedy === undefined ? {} : { remedy }),
      ...(model ? { model } : {}),
      get state() {
        return tick.state as unknown as InferTick['state'];
      },
    };
  }
}

async function pottsOf(layer: FactoredModel, state: TrainState): Promise<PottsModel> {
  const read = await toPotts(layer, parametersFromState(layer, state) as FactoredParameters);
  return { sites: read.sites, states: read.states, fields: read.fields, couplings: read.couplings };
}
