import type { AnyExperiment, PhaseState } from '@spinformer/experiments';
import type { PlainData } from '@spinformer/numerics';
import { runOptions } from '../commands/run-experiment.ts';
import { prepareBackend, rngOf } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { renderSection } from '../report/render-section.ts';
import { executeRun } from '../run/execute-run.ts';
import { type InputFile, readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { textTable } from '../terminal/text-table.ts';
import { wrap } from '../terminal/wrap.ts';
import { type AnyTick, experimentSection, findingLines, headlineOf } from './experiment-run.ts';
import { inputText } from './input-text.ts';

/** `run`. */
export async function runOneExperiment(context: CommandContext): Promise<number> {
  const options = optionsOf(context, runOptions);
  const { experiments, findExperiment, resolveConfig } = await import('@spinformer/experiments');
  const id = context.positionals.EXPERIMENT;
  if (id === undefined) {
    if (options.list) return listExperiments(context, experiments);
    throw new UsageError(`run needs an experiment: ${experiments.map((one) => one.id).join(', ')}.`);
  }
  const experiment = findExperiment(id);
  if (options.list) return listSettings(context, experiment);
  const files = await readFiles(context, options);
  const settings = { ...context.fileConfig };
  const texts = Object.fromEntries(
    await Promise.all(
      Object.entries(files).map(async ([key, file]) => [key, await inputText(file)] as const),
    ),
  );
  const config = resolveConfig(experiment, options.preset, { ...settings, ...texts });
  const rng = await rngOf(context);
  if (!context.globals.dryRun) await prepareBackend(context);
  const kept = Object.fromEntries(Object.entries(config as object).filter(([key]) => !(key in files)));
  return executeRun<PlainData, AnyTick>(context, {
    config: runConfig(context, { inputs: files, experiment: kept, paths: Object.keys(files) }),
    citations: experiment.citation,
    outline: [experiment.title, wrap(experiment.claim, 100)],
    ticks: ({ resume }) =>
      experiment.run(config, {
        rng: rng.fork(experiment.id),
        ...(resume === undefined ? {} : { resume: resume as unknown as PhaseState }),
      }),
    describe: ({ phase, progress, message, metrics }) => ({
      phase,
      fraction: progress,
      message,
      detail: detailOf(metrics),
    }),
    conclude: (last, run) => conclude(experiment, last, run),
  });
}

/** At most three numbers of a tick, for the progress line. */
export function detailOf(metrics: Readonly<Record<string, number>>): string {
  return Object.entries(metrics)
    .slice(0, 3)
    .map(([name, value]) => `${name} ${Number.isInteger(value) ? value : value.toPrecision(5)}`)
    .join(' · ');
}

/** Files named by --alignment and --structure, by the settings that hold their text. */
async function readFiles(
  context: CommandContext,
  options: { alignment?: string; structure?: string },
): Promise<Record<string, InputFile>> {
  const files: Record<string, InputFile> = {};
  for (const key of ['alignment', 'structure'] as const) {
    const path = options[key];
    if (path !== undefined) files[key] = await readInput(context, key, path);
  }
  return files;
}

function listExperiments(
  { terminal, globals }: CommandContext,
  experiments: readonly AnyExperiment[],
): number {
  const rows = experiments.map(({ id, title, claim }) => ({ id, title, claim }));
  if (globals.json || globals.jsonl) terminal.data(JSON.stringify({ schema: 1, experiments: rows }, null, 2));
  else
    terminal.data(
      rows
        .map(
          ({ id, title, claim }) =>
            `${terminal.dataStyle.bold(id)}: ${title}\n    ${wrap(claim, 96, '    ')}`,
        )
        .join('\n'),
    );
  return EXIT.done;
}

async function listSettings(
  { terminal, globals }: CommandContext,
  experiment: AnyExperiment,
): Promise<number> {
  const { describeConfig } = await import('@spinformer/experiments');
  const fields = describeConfig(experiment);
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, experiment: experiment.id, settings: fields }, null, 2));
  else {
    const rows = fields.map((field) => [
      field.name,
      field.default === undefined ? '' : JSON.stringify(field.default),
      field.allowed,
      field.description,
    ]);
    terminal.data(textTable(['setting', 'default', 'allowed', 'meaning'], rows));
  }
  return EXIT.done;
}

async function conclude(experiment: AnyExperiment, last: AnyTick, run: RunDirectory): Promise<Conclusion> {
  if (last.result === undefined)
    throw new Error(`the experiment ${experiment.id} ended with status ${last.status} and without a result`);
  const section = await renderSection(run, experimentSection(experiment, last.result));
  const { findings } = section;
  return {
    result: { experiment: experiment.id, findings },
    report: {
      title: experiment.title,
      headline: headlineOf(findings, experiment.claim),
      introduction: [],
      sections: [section],
    },
    table: findingLines(findings),
  };
}
