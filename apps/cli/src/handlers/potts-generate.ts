import { join } from 'node:path';
import {
  type GenerateState,
  type GenerateTick,
  generateSequences,
  nearestNatural,
  writeFasta,
} from '@spinformer/potts';
import { pottsGenerateOptions } from '../commands/potts-generate.ts';
import { prepareRuntime, rngOf } from '../compute/prepare-compute.ts';
import { InputError } from '../errors/input-error.ts';
import { csv } from '../figures/csv.ts';
import { histogramFigure } from '../figures/histogram-figure.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { renderSection } from '../report/render-section.ts';
import { executeRun } from '../run/execute-run.ts';
import { readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { pairTable } from '../terminal/text-table.ts';
import { type Family, familyOfModel } from './family-of-model.ts';
import { autoregressiveOf, drawExactlyTicks } from './generate/draw-exactly.ts';
import { readFixed } from './generate/read-fixed.ts';

/** Where a run keeps its sequences. */
const GENERATED = 'artifacts/generated.fasta';

/** `potts generate`: a run. */
export async function runPottsGenerate(context: CommandContext): Promise<number> {
  const options = optionsOf(context, pottsGenerateOptions);
  const found = await loadModel(context, 'MODEL');
  const { letters, model } = found;
  if (letters === undefined)
    throw new InputError(`${found.file} says nothing of its letters. Add them with potts convert --letters.`);
  const input = await readInput(context, 'MODEL', found.file);
  const exact = autoregressiveOf(found, options);
  const fixed = readFixed(options.fixed, found);
  const family = await familyOfModel(context, found, options.alignment);
  const runtime = await prepareRuntime(context);
  const rng = await rngOf(context);
  const { count, temperature, sweeps, maxSweeps } = options;
  const outline = `${count} sequences of ${model.sites} sites at temperature ${temperature}${fixed.size > 0 ? `, ${fixed.size} sites fixed` : ''}`;
  context.terminal.note(outline);
  return executeRun<GenerateState, GenerateTick>(context, {
    config: configOf(context, found, input),
    citations: ['geman1984', 'rosset2025adabmdca', 'vehtari2021rhat'],
    outline: [outline],
    ticks: ({ signal, resume }) =>
      exact
        ? drawExactlyTicks(exact, { samples: count, rng: rng.fork('generate') })
        : generateSequences(model, {
            ...{ count, temperature, fixed, runtime, signal, rng: rng.fork('generate') },
            ...(sweeps === undefined ? { maximumSweeps: maxSweeps } : { sweeps }),
            ...(resume ? { resume } : {}),
          }),
    describe: ({ metrics }) => ({
      phase: 'mixing',
      detail: `${metrics.sweeps} sweeps · ${(100 * Math.max(0, metrics.remembered)).toFixed(1)} % remembered of half of them · energy ${metrics.energy.toFixed(1)}`,
    }),
    conclude: (last, run) => conclude(last, run, { letters, family }),
  });
}

/** The model is named by its file, so that `latest` means the same when the run is resumed. */
function configOf(context: CommandContext, found: FoundModel, input: Awaited<ReturnType<typeof readInput>>) {
  const config = runConfig(context, { inputs: { MODEL: input }, paths: ['alignment'] });
  return context.resume ? config : { ...config, positionals: { MODEL: found.run ?? input.digest.path } };
}

async function conclude(
  last: GenerateTick,
  run: RunDirectory,
  { letters, family }: { readonly letters: string; readonly family: Family | undefined },
): Promise<Conclusion> {
  const { sequences, mixing, metrics, status } = last;
  const names = Array.from({ length: sequences.samples }, (_, k) => `generated-${k + 1}`);
  run.write(GENERATED, writeFasta(sequences, { letters, names }));
  const distances = family && distancesTo(family.alignment, sequences);
  if (distances)
    run.write(
      'artifacts/nearest.csv',
      csv(Array.from(distances.generated, (distance, k) => ({ sequence: names[k], distance }))),
    );
  const nearest = distances && {
    median: median(distances.generated),
    least: distances.generated.reduce((least, value) => Math.min(least, value), 1),
    natural: median(distances.natural),
  };
  const share = (value: number) => `${(100 * value).toFixed(1)} %`;
  const verdict =
    metrics.sweeps === 0
      ? 'Every sequence was drawn independently and exactly.'
      : status === 'step-limit'
        ? `The chains were not seen to mix within ${metrics.sweeps} sweeps.`
        : `${share(Math.max(0, mixing.remembered))} is remembered of half of the ${metrics.sweeps} sweeps.`;
  const rows = [
    { name: 'Sequences', value: sequences.samples },
    { name: 'Sweeps of each chain', value: metrics.sweeps },
    { name: 'Remembered of half the sweeps', value: share(mixing.remembered) },
    { name: 'R̂ of the energy', value: metrics.rHat.toFixed(3) },
    { name: 'Mean energy', value: metrics.energy.toFixed(2), unit: 'nats' },
    { name: 'Letters in common between two', value: share(mixing.overlapBetween) },
    ...(nearest
      ? [
          { name: 'Differing sites to the nearest natural sequence, median', value: share(nearest.median) },
          { name: 'The same, least', value: share(nearest.least) },
          { name: 'The same among natural sequences, median', value: share(nearest.natural) },
        ]
      : []),
  ];
  const section = await renderSection(run, {
    ...{ id: 'generation', title: 'Generation', numbers: rows },
    findings: [{ text: verdict, values: {}, ...(status === 'step-limit' ? { met: false } : {}) }],
    figures: distances ? [distanceFigure(distances)] : [],
  });
  return {
    result: {
      file: join(run.path, GENERATED),
      count: sequences.samples,
      sweeps: metrics.sweeps,
      remembered: mixing.remembered,
      rHat: metrics.rHat,
      energy: metrics.energy,
      overlap: mixing.overlapBetween,
      ...(nearest ? { nearest } : {}),
    },
    report: {
      title: 'Generated sequences',
      headline: nearest
        ? `${sequences.samples} sequences, of which half differ from every natural one in at least ${share(nearest.median)} of the sites.`
        : `${sequences.samples} sequences.`,
      introduction: [],
      sections: [section],
    },
    table: pairTable(rows.map(({ name, value, unit }) => [name, unit ? `${value} ${unit}` : value] as const)),
  };
}

/** Shares of differing sites to the nearest natural sequence, of generated and of natural ones. */
interface Distances {
  readonly generated: Float64Array;
  readonly natural: Float64Array;
  readonly sites: number;
}

function distancesTo(natural: Family['alignment'], generated: GenerateTick['sequences']): Distances {
  const share = ({ distance, sites }: ReturnType<typeof nearestNatural>) =>
    Float64Array.from(distance, (count) => count / sites);
  return {
    generated: share(nearestNatural(generated, natural)),
    natural: share(nearestNatural(natural, natural, { skipSame: true })),
    sites: natural.sites,
  };
}

function distanceFigure({ generated, natural, sites }: Distances) {
  return histogramFigure(
    [
      { label: 'generated', colour: '#0072b2', values: generated },
      { label: 'natural', colour: '#999999', values: natural },
    ],
    {
      id: 'nearest',
      title: 'How far from the nearest natural sequence',
      caption:
        'Share of sites that differ from the nearest natural sequence; for natural ones, from the nearest other.',
      x: 'share of differing sites',
      step: 1 / sites,
    },
  );
}

function median(values: Float64Array): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1];
}
