import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { PlainData } from '@spinformer/numerics';
import { demoOptions } from '../commands/demo.ts';
import { prepareBackend, rngOf } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { renderedSection } from '../report/render-section.ts';
import type { RenderedSection } from '../report/report.ts';
import { executeRun } from '../run/execute-run.ts';
import { type InputFile, readInput } from '../run/read-input.ts';
import { runConfig } from '../run/run-config.ts';
import type { RunDirectory } from '../run/run-directory.ts';
import type { Conclusion } from '../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { type DemoPart, type DemoTick, runParts } from './demo-parts.ts';
import { findingLines, headlineOf } from './experiment-run.ts';
import { inputText } from './input-text.ts';
import { detailOf } from './run-experiment.ts';

/** What a newcomer is told before each part. */
const narration: Readonly<Record<string, string>> = {
  'known-truth':
    'A known truth. We draw a random Potts model, sample sequences from it, hide letters and train one layer of attention to guess them; independently, we solve the inverse problem by pseudo-likelihood. Do both find the model that made the data?',
  words:
    'Real data. The same on English words of one length: how much of what makes a word a word lies in pairs of its letters?',
  family:
    'Your data. Which sites of this family must change together, and do they touch in the folded molecule?',
};

/** `demo`. */
export async function runDemo(context: CommandContext): Promise<number> {
  const { globals } = context;
  const options = optionsOf(context, demoOptions);
  const files: Record<string, InputFile> = {};
  for (const key of ['alignment', 'structure'] as const) {
    const path = options[key];
    if (path !== undefined) files[key] = await readInput(context, key, path);
  }
  const parts = await demoParts(context, files);
  const rng = await rngOf(context);
  if (!globals.dryRun) await prepareBackend(context);
  let finished: RunDirectory | undefined;
  const code = await executeRun<PlainData, DemoTick>(context, {
    config: runConfig(context, {
      inputs: files,
      paths: ['alignment', 'structure'],
      experiment: Object.fromEntries(parts.map(({ experiment, kept }) => [experiment.id, kept])),
    }),
    citations: [...new Set(parts.flatMap(({ experiment }) => experiment.citation))],
    outline: parts.map(({ experiment }) => `${experiment.title}: ${experiment.claim}`),
    ticks: ({ run, resume }) => runParts(parts, { run, rng, ...(resume === undefined ? {} : { resume }) }),
    describe: ({ phase, progress, message, metrics }) => ({
      phase,
      fraction: progress,
      message,
      detail: detailOf(metrics),
    }),
    conclude: async (_last, run) => {
      finished = run;
      return conclude(parts, run);
    },
  });
  if (options.open && code === EXIT.done && finished)
    openInBrowser(join(finished.path, 'artifacts', 'report.html'));
  return code;
}

async function demoParts(
  context: CommandContext,
  files: Readonly<Record<string, InputFile>>,
): Promise<DemoPart[]> {
  const { only, focus, chain, alignment, structure } = optionsOf(context, demoOptions);
  if (structure !== undefined && alignment === undefined)
    throw new UsageError('--structure is compared with the contacts of --alignment: give that too.');
  if (only.includes('family') && alignment === undefined)
    throw new UsageError('--only family needs --alignment FILE.');
  const wanted: readonly string[] =
    only.length > 0 ? only : ['known-truth', 'words', ...(alignment === undefined ? [] : ['family'])];
  const { experiments, resolveConfig } = await import('@spinformer/experiments');
  const texts = Object.fromEntries(
    await Promise.all(
      Object.entries(files).map(async ([key, file]) => [key, await inputText(file)] as const),
    ),
  );
  const own = {
    ...texts,
    ...(focus === undefined ? {} : { focus }),
    ...(chain === undefined ? {} : { chain }),
  };
  return experiments
    .filter(({ id }) => wanted.includes(id))
    .map((experiment) => {
      const set = (context.fileConfig[experiment.id] ?? {}) as Record<string, unknown>;
      const config = resolveConfig(experiment, 'quick', {
        ...set,
        ...(experiment.id === 'family' ? own : {}),
      });
      const kept = Object.fromEntries(Object.entries(config as object).filter(([key]) => !(key in files)));
      return { experiment, config, kept, narration: narration[experiment.id] ?? experiment.claim };
    });
}

function conclude(parts: readonly DemoPart[], run: RunDirectory): Conclusion {
  const sections = parts.map(({ experiment }) => renderedSection(run, experiment.id) as RenderedSection);
  const findings = sections.flatMap((section) => section.findings);
  const targets = findings.filter(({ met }) => met !== undefined);
  const met = targets.filter((finding) => finding.met).length;
  const results = sections.map((section) => [section.id, { findings: section.findings }] as const);
  return {
    result: { targets: targets.length, targetsMet: met, parts: Object.fromEntries(results) },
    report: {
      title: 'Attention solves the inverse Potts problem',
      headline: headlineOf(sections[0]?.findings ?? [], 'Nothing was computed.'),
      introduction: [
        'Hide a letter of a sequence and let one layer of attention guess it from the others. If where the layer looks depends on positions and what it says on letters only, its guess is the conditional probability of a Potts model: learning to guess is then the same as finding the couplings of that model from data. This page shows it where the truth is known, and then uses it where it is not.',
        ...(targets.length > 0 ? [`Targets met: ${met} of ${targets.length}.`] : []),
      ],
      sections,
    },
    table: sections.map((section) => `${section.title}\n${findingLines(section.findings)}`).join('\n\n'),
  };
}

/** Opens a file with the system's own program; where there is none, the path has been printed anyway. */
function openInBrowser(path: string): void {
  const program =
    process.platform === 'darwin' ? 'open' : process.platform === 'win32' ? 'explorer' : 'xdg-open';
  const child = spawn(program, [path], { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}
