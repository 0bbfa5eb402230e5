import { attentionMaps, parametersFromState, type TrainTick } from '@spinformer/attention';
import { attentionMapFigures } from '../figures/attention-figures.ts';
import { courseFigure } from '../figures/training-figure.ts';
import {
  type Architecture,
  buildModel,
  encodeTrained,
  PARAMETERS_ARTIFACT,
} from '../models/attention-file.ts';
import { siteNumbersOf } from '../models/potts-file.ts';
import { renderSection } from '../report/render-section.ts';
import { runReference } from '../run/program-name.ts';
import { readMetrics, thinOut } from '../run/read-metrics.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { pairTable } from '../terminal/text-table.ts';
import type { AttentionData } from './attention-data.ts';

/** Sequences that are kept with the model, for maps that depend on them. */
const EXAMPLES = 512;

interface Training {
  readonly last: TrainTick;
  readonly run: RunDirectory;
  readonly data: AttentionData;
  readonly architecture: Architecture;
  readonly name: string;
}

/** Writes the trained model, its maps and the report of a training. */
export async function concludeTraining({
  last,
  run,
  data,
  architecture,
  name,
}: Training): Promise<Conclusion> {
  const { train, description, exactLoss } = data;
  const { metrics, state } = last;
  const examples = train.values.slice(0, EXAMPLES * train.sites);
  const trained = { architecture, parameters: state.parameters, description, examples };
  run.write(PARAMETERS_ARTIFACT, encodeTrained(trained));
  const model = buildModel(architecture);
  const samples = examples.length / train.sites;
  const maps = await attentionMaps(
    model,
    parametersFromState(model, state),
    architecture.kind === 'standard'
      ? { samples, sites: train.sites, states: train.states, values: examples }
      : undefined,
  );
  const loss = metrics.testLoss ?? metrics.loss;
  const excess = exactLoss === undefined ? undefined : loss - exactLoss;
  const result = {
    loss,
    ...(exactLoss === undefined ? {} : { exactLoss, trainingLoss: metrics.loss }),
    steps: last.step,
    sequences: train.samples,
    sites: train.sites,
    states: train.states,
  };
  const points = thinOut(readMetrics(run.path), 400).flatMap(({ step, loss: value, testLoss }) => [
    { step, value, series: 'training' },
    ...(testLoss === undefined ? [] : [{ step, value: testLoss, series: 'held out' }]),
  ]);
  const numbers = [
    { name: 'Loss', value: loss, unit: 'nats per hidden site' },
    ...(exactLoss === undefined
      ? []
      : [{ name: 'Exact conditional entropy', value: exactLoss, unit: 'nats per site' }]),
    { name: 'Loss on the training data', value: metrics.loss, unit: 'nats per hidden site' },
    { name: 'Steps', value: last.step },
    { name: 'Sequences', value: train.samples },
    { name: 'Model', value: name },
  ];
  const section = await renderSection(run, {
    id: 'training',
    title: 'Training',
    findings: [
      {
        text: `After ${last.step} steps the loss is ${loss.toFixed(5)} nats per hidden site.`,
        values: { loss },
      },
      ...(excess === undefined
        ? []
        : [
            {
              text: `No model can do better than ${exactLoss?.toFixed(5)}; what is missing is ${excess.toPrecision(2)}.`,
              values: { excess },
            },
          ]),
    ],
    figures: [
      courseFigure({
        points,
        title: 'How the loss fell',
        caption: 'Nats per hidden site, the smaller the better.',
        label: 'loss (nats per hidden site)',
        ...(exactLoss === undefined
          ? {}
          : { floor: { value: exactLoss, name: 'exact conditional entropy' } }),
      }),
      ...attentionMapFigures(maps, {
        siteNumbers: siteNumbersOf(description ?? {}, train.sites),
        isSigned: architecture.kind === 'factored',
      }),
    ],
    numbers,
  });
  const factored = architecture.kind === 'factored';
  return {
    result,
    report: {
      title: 'A layer of attention, trained to guess hidden letters',
      headline:
        excess === undefined
          ? `${name}: ${loss.toFixed(4)} nats per hidden site on ${train.samples} sequences.`
          : `${name}: ${loss.toFixed(4)} nats per hidden site, where ${exactLoss?.toFixed(4)} is the least that is possible.`,
      introduction: [
        'Some letters of each sequence are hidden, and the model guesses them from the others. In a factored layer where to look depends on positions and what to say on letters only: its conditionals are those of a Potts model.',
      ],
      sections: [section],
    },
    table: pairTable([
      ['loss', `${loss.toFixed(6)} nats per hidden site`],
      ['exact', exactLoss === undefined ? undefined : `${exactLoss.toFixed(6)} nats per site`],
      ['steps', last.step],
      ['sequences', train.samples],
      ['model', name],
    ]),
    next: factored
      ? [`attention to-potts ${runReference(run.path)}`]
      : [`attention maps ${runReference(run.path)}`],
  };
}
