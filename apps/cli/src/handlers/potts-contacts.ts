import { join } from 'node:path';
import {
  type ContactPrecision,
  type ContactRow,
  contactPrecision,
  contactTable,
  precisionCurve,
} from '@spinformer/potts';
import { pottsContactsOptions } from '../commands/potts-contacts.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { contactMap, precisionFigure } from '../figures/contact-figures.ts';
import { csv } from '../figures/csv.ts';
import { writeFigure } from '../figures/write-figure.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { textTable } from '../terminal/text-table.ts';
import { ecTable } from './ec-table.ts';
import { guessingPrecision, type KnownDistances, knownDistances, touchingPairs } from './known-distances.ts';
import { type ScoredPairs, scorePairs } from './score-pairs.ts';

type Options = OptionValues<typeof pottsContactsOptions>;

/** Pairs of the table that people read. */
const SHOWN_PAIRS = 20;

interface Comparison extends KnownDistances {
  readonly precision: ContactPrecision;
  readonly curve: Float64Array;
}

interface Ranking {
  readonly found: FoundModel;
  readonly scored: ScoredPairs;
  readonly rows: readonly ContactRow[];
  readonly comparison: Comparison | undefined;
}

/** `potts contacts`. */
export async function runPottsContacts(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const options = optionsOf(context, pottsContactsOptions);
  const found = await loadModel(context, 'MODEL');
  const scored = await scorePairs(context, found, options);
  const known = await knownDistances(context, found, options);
  const comparison = known && compare(found, scored, known);
  const rows = contactTable(scored.ranked, {
    residueNumbers: found.siteNumbers,
    letters: found.reference,
    distances: comparison?.distances,
  });
  const ranking = { found, scored, rows, comparison };
  const files = globals.dryRun ? [] : await writeArtifacts(ranking, options, globals.out);
  if (globals.json || globals.jsonl) {
    const pairs = rows
      .slice(0, options.top)
      .map(({ i, j, score, distance }) => ({ i, j, score, ...(distance === undefined ? {} : { distance }) }));
    const report = { schema: 1, pairs, ...(comparison ? { precision: comparison.precision } : {}) };
    terminal.data(JSON.stringify(report, null, globals.json ? 1 : undefined));
  } else terminal.data(describe(rows.slice(0, options.top ?? SHOWN_PAIRS), comparison, options));
  for (const file of files) terminal.note(`Written: ${file}`);
  return EXIT.done;
}

function compare({ model }: FoundModel, { ranked }: ScoredPairs, known: KnownDistances): Comparison {
  const settings = { ...known, length: model.sites };
  return {
    ...known,
    precision: contactPrecision(ranked, settings),
    curve: precisionCurve(ranked, settings),
  };
}

async function writeArtifacts(
  { found, scored, rows, comparison }: Ranking,
  options: Options,
  out: string | undefined,
): Promise<string[]> {
  const folder = out ?? (found.run ? join(found.run, 'artifacts') : undefined);
  if (folder === undefined) return [];
  const { siteNumbers, model } = found;
  const map = contactMap({
    rows,
    range: [Math.min(...siteNumbers), Math.max(...siteNumbers)],
    minimumSeparation: options.minSeparation,
    count: model.sites,
    ...(comparison ? { truth: touchingPairs(comparison, siteNumbers), threshold: comparison.threshold } : {}),
  });
  const figures = comparison ? [map, precisionOf(found, comparison)] : [map];
  const prefix = join(folder, comparison ? 'contacts-structure' : 'contacts');
  const files: string[] = [];
  for (const figure of figures) files.push(...(await writeFigure(`${prefix}-${figure.id}`, figure)));
  const tables = {
    [`${prefix}.csv`]: csv(rows.map((row) => ({ ...row }))),
    [`${prefix}-ecs.csv`]: ecTable(found, scored, comparison),
  };
  for (const [file, text] of Object.entries(tables)) writeAtomically(file, text);
  return [...files, ...Object.keys(tables)];
}

function precisionOf({ model }: FoundModel, { curve }: Comparison) {
  const curves = [{ name: 'this model', curve }];
  return precisionFigure(curves, { sites: model.sites, guessing: guessingPrecision(curve) });
}

function describe(
  rows: readonly ContactRow[],
  comparison: Comparison | undefined,
  { minSeparation }: Options,
): string {
  const name = (letter: string, number: number) => (letter === '-' ? String(number) : `${letter}${number}`);
  const cells = rows.map((row, k) => [
    k + 1,
    name(row.letterI, row.i),
    name(row.letterJ, row.j),
    row.score.toFixed(4),
    ...(comparison
      ? [row.distance === undefined ? '–' : `${row.distance.toFixed(1)} Å`, mark(row, comparison)]
      : []),
  ]);
  const table = textTable(['rank', 'i', 'j', 'score', ...(comparison ? ['distance', 'touch'] : [])], cells);
  if (!comparison) return table;
  return `${table}\n\nPrecision (closer than ${comparison.threshold} Å, at least ${minSeparation} apart): ${precisionText(comparison.precision)}`;
}

/** `L/5 83.9 %, L/2 83.5 %, L 70.4 %`. */
export function precisionText(precision: ContactPrecision): string {
  const percent = (value: number) => (Number.isNaN(value) ? 'not known' : `${(100 * value).toFixed(1)} %`);
  return (['L/5', 'L/2', 'L'] as const).map((part) => `${part} ${percent(precision[part])}`).join(', ');
}

function mark({ distance }: ContactRow, { threshold }: Comparison): string {
  return distance === undefined ? '' : distance < threshold ? 'yes' : 'no';
}
