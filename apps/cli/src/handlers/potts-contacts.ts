import { join } from 'node:path';
import {
  type ContactPrecision,
  type ContactRow,
  contactPrecision,
  contactScores,
  contactTable,
  contactThreshold,
  mapSites,
  precisionCurve,
  rankContacts,
  readStructure,
  readText,
  residueDistances,
  type SiteMapping,
} from '@spinformer/potts';
import { pottsContactsOptions } from '../commands/potts-contacts.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { InputError } from '../errors/input-error.ts';
import { contactMap, precisionFigure } from '../figures/contact-figures.ts';
import { csv } from '../figures/csv.ts';
import { renderPng } from '../figures/render-png.ts';
import { renderSvg } from '../figures/render-svg.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { readInput } from '../run/read-input.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { textTable } from '../terminal/text-table.ts';

type Options = OptionValues<typeof pottsContactsOptions>;

/** Pairs of the table that people read. */
const SHOWN_PAIRS = 20;

interface Comparison {
  readonly mapping: SiteMapping;
  readonly distances: Float64Array;
  readonly threshold: number;
  readonly precision: ContactPrecision;
  readonly curve: Float64Array;
}

/** `potts contacts`. */
export async function runPottsContacts(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const options = optionsOf(context, pottsContactsOptions);
  const found = loadModel(String(context.positionals.MODEL));
  const { siteNumbers, reference, gapState } = found;
  const scores = contactScores(found.model, gapState === undefined ? {} : { withoutState: gapState });
  const ranked = rankContacts(scores, {
    minimumSeparation: options.minSeparation,
    residueNumbers: siteNumbers,
  });
  const comparison =
    options.structure === undefined ? undefined : await compare(context, found, options, ranked);
  const rows = contactTable(ranked, {
    residueNumbers: siteNumbers,
    letters: reference,
    distances: comparison?.distances,
  });
  const files = globals.dryRun ? [] : await writeArtifacts(found, rows, comparison, options, globals.out);
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

async function compare(
  context: CommandContext,
  found: FoundModel,
  { structure: file, chain, contact }: Options,
  ranked: ReturnType<typeof rankContacts>,
): Promise<Comparison> {
  const input = await readInput(context, 'structure', String(file));
  const structure = readStructure(await readText(input.bytes));
  const letters = found.reference ?? consensus(found);
  const mapping = mapSites(
    structure,
    { letters, residueNumbers: found.siteNumbers },
    chain === undefined ? {} : { chain },
  );
  const { terminal } = context;
  const share = `${mapping.covered} of ${found.model.sites} sites`;
  terminal.note(
    `Chain ${mapping.chain.id || '(unnamed)'}: ${share} found by ${mapping.method}, ${(100 * mapping.identity).toFixed(0)} % of the letters agree`,
  );
  const distances = residueDistances(mapping.residues, contact);
  const threshold = contactThreshold(contact);
  const settings = { distances, threshold, length: found.model.sites };
  return {
    mapping,
    distances,
    threshold,
    precision: contactPrecision(ranked, settings),
    curve: precisionCurve(ranked, settings),
  };
}

/** The likeliest letter of each site by its fields, for a model without a focus sequence. */
function consensus({ model, letters, file }: FoundModel): string {
  if (letters === undefined)
    throw new InputError(`${file} says nothing of its letters, so its sites cannot be found in a structure.`);
  return Array.from({ length: model.sites }, (_, i) => {
    const fields = model.fields.subarray(i * model.states, (i + 1) * model.states);
    return letters[fields.indexOf(Math.max(...fields))];
  }).join('');
}

async function writeArtifacts(
  found: FoundModel,
  rows: readonly ContactRow[],
  comparison: Comparison | undefined,
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
    count: Math.min(model.sites, options.top ?? model.sites),
    ...(comparison ? { truth: touching(comparison, siteNumbers), threshold: comparison.threshold } : {}),
  });
  const suffix = comparison ? '-structure' : '';
  const files: string[] = [];
  for (const figure of comparison ? [map, precisionFigure(comparison.curve, model.sites)] : [map]) {
    const file = join(folder, `contacts${suffix}-${figure.id}`);
    const svg = await renderSvg(figure);
    writeAtomically(`${file}.svg`, svg);
    writeAtomically(`${file}.png`, await renderPng(svg));
    files.push(`${file}.svg`, `${file}.png`);
  }
  const table = join(folder, `contacts${suffix}.csv`);
  writeAtomically(table, csv(rows.map((row) => ({ ...row }))));
  return [...files, table];
}

/** Pairs of site numbers that touch. */
function touching(
  { distances, threshold }: Comparison,
  siteNumbers: Int32Array,
): (readonly [number, number])[] {
  const sites = siteNumbers.length;
  const pairs: [number, number][] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      if (distances[i * sites + j] < threshold) pairs.push([siteNumbers[i], siteNumbers[j]]);
  return pairs;
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
  const percent = (value: number) => (Number.isNaN(value) ? 'not known' : `${(100 * value).toFixed(1)} %`);
  const { precision, threshold } = comparison;
  return `${table}\n\nPrecision (closer than ${threshold} Å, at least ${minSeparation} apart): L/5 ${percent(precision['L/5'])}, L/2 ${percent(precision['L/2'])}, L ${percent(precision.L)}`;
}

function mark({ distance }: ContactRow, { threshold }: Comparison): string {
  return distance === undefined ? '' : distance < threshold ? 'yes' : 'no';
}
