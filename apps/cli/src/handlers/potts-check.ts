import type { Configurations, PlainData, Tick } from '@spinformer/numerics';
import {
  drawAutoregressive,
  type GenerateState,
  generateSequences,
  type ModelCheck,
  modelCheck,
} from '@spinformer/potts';
import { pottsCheckOptions } from '../commands/potts-check.ts';
import { prepareRuntime, rngOf } from '../compute/prepare-compute.ts';
import { UsageError } from '../errors/usage-error.ts';
import { componentsFigure, sharesFigure, statisticFigure } from '../figures/check-figures.ts';
import { autoregressiveOfRun } from '../models/autoregressive-of-run.ts';
import { loadModel } from '../models/potts-file.ts';
import { renderSection } from '../report/render-section.ts';
import { executeRun } from '../run/execute-run.ts';
import { readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { textTable } from '../terminal/text-table.ts';
import { type Family, familyOfModel } from './family-of-model.ts';
import { readSequencesFor } from './model-sequences.ts';

type CheckTick = Tick<PlainData> & { readonly sequences: Configurations };

/** `potts check`: a run. */
export async function runPottsCheck(context: CommandContext): Promise<number> {
  const options = optionsOf(context, pottsCheckOptions);
  const found = await loadModel(context, 'MODEL');
  const input = await readInput(context, 'MODEL', found.file);
  const family = await familyOfModel(context, found, options.alignment);
  if (!family)
    throw new UsageError('the family of this model is not known: name its alignment with --alignment FILE.');
  const { model } = found;
  const given =
    options.samples === undefined
      ? undefined
      : await readSequencesFor(context, found, options.samples, 'samples');
  const exact = autoregressiveOfRun(found);
  const runtime = await prepareRuntime(context);
  const rng = (await rngOf(context)).fork('check');
  const outline = `${given?.samples ?? options.count} sequences ${given ? `of ${options.samples}` : 'drawn from the model'} against ${family.alignment.samples} natural ones`;
  context.terminal.note(outline);
  const config = runConfig(context, { inputs: { MODEL: input }, paths: ['alignment', 'samples'] });
  return executeRun<PlainData, CheckTick>(context, {
    config: context.resume ? config : { ...config, positionals: { MODEL: found.run ?? input.digest.path } },
    citations: ['muntoni2021adabmdca', 'geman1984'],
    outline: [outline],
    ticks: ({ signal, resume }) =>
      given
        ? alreadyThere(given)
        : exact
          ? alreadyThere(drawAutoregressive(exact, { samples: options.count, rng: rng.fork('draw') }))
          : generateSequences(model, {
              ...{ count: options.count, runtime, signal, rng: rng.fork('draw') },
              ...(resume ? { resume: resume as GenerateState } : {}),
            }),
    describe: ({ metrics }) => ({
      phase: 'drawing',
      ...(metrics.sweeps === undefined ? {} : { detail: `${metrics.sweeps} sweeps` }),
    }),
    conclude: async (last, run) => {
      context.terminal.note('Comparing the statistics');
      const data = { ...family.alignment, weights: family.weights };
      const settings = {
        ...(exact ? {} : { model }),
        triples: options.triples,
        rng: rng.fork('compare'),
        runtime,
      };
      return conclude(run, family, last.sequences, await modelCheck(data, last.sequences, settings));
    },
  });
}

/** Sequences that need not be drawn. */
async function* alreadyThere(sequences: Configurations): AsyncGenerator<CheckTick> {
  yield { step: 0, status: 'converged', metrics: {}, state: null, sequences };
}

const STATISTICS = [
  ['oneSite', 'Frequencies of one site'],
  ['twoSite', 'Frequencies of two sites'],
  ['twoSiteConnected', 'Connected correlations of two sites'],
  ['threeSiteConnected', 'Connected correlations of three sites'],
] as const;

async function conclude(
  run: RunDirectory,
  { alignment }: Family,
  samples: Configurations,
  check: ModelCheck,
): Promise<Conclusion> {
  const { statistics, components, nearest } = check;
  const agreements = STATISTICS.flatMap(([key, title]) => {
    const agreement = statistics[key];
    return agreement ? [{ key, title, ...agreement }] : [];
  });
  const variance = Array.from(components.variances, (value) => value / components.totalVariance);
  const { twoSiteConnected } = statistics;
  const text = `Connected correlations of two sites agree with a Pearson correlation of ${twoSiteConnected.pearson.toFixed(3)} and a slope of ${twoSiteConnected.slope.toFixed(3)}.`;
  const section = await renderSection(run, {
    ...{ id: 'check', title: 'Check', findings: [{ text, values: { pearson: twoSiteConnected.pearson } }] },
    figures: figuresOf(check, agreements, variance),
    numbers: [
      ...agreements.flatMap(({ title, pearson, slope }) => [
        { name: `${title}: Pearson`, value: pearson },
        { name: `${title}: slope`, value: slope },
      ]),
      {
        name: 'Mean identity to the nearest natural sequence, samples',
        value: nearest.samples.summary.meanIdentity,
      },
      { name: 'The same, natural sequences among themselves', value: nearest.data.summary.meanIdentity },
      { name: 'Copies of natural sequences among the samples', value: nearest.samples.summary.copies },
    ],
  });
  const rows = agreements.map(({ title, pearson, slope, rmse, count }) => [
    title,
    pearson.toFixed(4),
    slope.toFixed(3),
    rmse.toPrecision(3),
    count,
  ]);
  return {
    result: {
      samples: samples.samples,
      ...Object.fromEntries(
        agreements.map(({ key, pearson, slope, rmse, count }) => [key, { pearson, slope, rmse, count }]),
      ),
      variance,
      nearest: { samples: nearest.samples.summary.meanIdentity, data: nearest.data.summary.meanIdentity },
    },
    report: {
      title: 'Do sequences of the model look like the family?',
      headline: text,
      introduction: [
        `${samples.samples} sequences against ${alignment.samples} natural ones. A pairwise model is made to agree in statistics of one and two sites; those of three sites are a prediction.`,
      ],
      sections: [section],
    },
    table: textTable(['', 'Pearson', 'slope', 'rms difference', 'statistics'], rows),
  };
}

function figuresOf(
  { components, distances, energies }: ModelCheck,
  agreements: readonly {
    key: string;
    title: string;
    pearson: number;
    points: { data: Float64Array; samples: Float64Array };
  }[],
  variance: readonly number[],
) {
  const edges = Float64Array.from({ length: distances.data.length + 1 }, (_, k) => k - 0.5);
  return [
    ...agreements.map(({ key, title, pearson, points }) =>
      statisticFigure(points, { id: key, title, pearson }),
    ),
    componentsFigure({ data: components.coordinates, samples: components.samples }, variance),
    sharesFigure(
      { ...distances, edges },
      {
        id: 'distances',
        title: 'Distances between sequences',
        caption: 'Pairs of sequences by the number of sites in which they differ.',
        x: 'differing sites',
      },
    ),
    ...(energies
      ? [
          sharesFigure(energies, {
            id: 'energies',
            title: 'Energies under the model',
            caption: 'Total energies E(s), nats; lower is likelier.',
            x: 'energy (nats)',
          }),
        ]
      : []),
  ];
}
