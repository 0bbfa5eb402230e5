import { join } from 'node:path';
import {
  compareWithScan,
  independentModel,
  type MutationReference,
  type MutationScan,
  readMutationScan,
  readText,
  type ScanAgreement,
  scoreMutants,
} from '@spinformer/potts';
import { pottsMutationsOptions } from '../commands/potts-mutations.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { csv } from '../figures/csv.ts';
import { mutationMatrix, scanScatter } from '../figures/mutation-figures.ts';
import { writeFigure } from '../figures/write-figure.ts';
import { autoregressiveOfRun } from '../models/autoregressive-of-run.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { readInput } from '../run/read-input.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { textTable } from '../terminal/text-table.ts';
import { artifactFolder } from './artifact-folder.ts';
import { familyOfModel } from './family-of-model.ts';
import { wildType } from './mutations/mutation-wild-type.ts';
import { scoreEvery, scoreNamed } from './mutations/score-substitutions.ts';

type Options = OptionValues<typeof pottsMutationsOptions>;

/** Mutants of the table that people read. */
const SHOWN = 20;

interface ScoredMutant {
  readonly mutant: string;
  readonly score: number;
  readonly independent?: number;
  readonly measured?: number;
}

interface Result {
  readonly reference: MutationReference;
  readonly source: string;
  readonly mutants: readonly ScoredMutant[];
  readonly unmodelledPositions: readonly number[];
  readonly scan?: ScanAgreement & { readonly column: string; readonly independentSpearman?: number };
}

/** `potts mutations`. */
export async function runPottsMutations(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const options = optionsOf(context, pottsMutationsOptions);
  if (options.column !== undefined && options.dms === undefined)
    throw new UsageError('--column names a column of --dms FILE, which is missing.');
  if (options.mutants !== undefined && options.dms !== undefined)
    throw new UsageError('--mutants and --dms both say what to score: give one of them.');
  const found = await loadModel(context, 'MODEL');
  const { letters } = found;
  if (letters === undefined)
    throw new InputError(`${found.file} says nothing of its letters. Add them with potts convert --letters.`);
  const scan = await readScan(context, options);
  const result = await scoreAll(context, options, { found, letters, scan });
  const files = globals.dryRun ? [] : await writeAll(context, { ...found, letters }, result);
  if (globals.json || globals.jsonl) terminal.data(JSON.stringify(jsonOf(result, files)));
  else terminal.data(describe(result, options));
  for (const file of files) terminal.note(`Written: ${file}`);
  return EXIT.done;
}

async function readScan(
  context: CommandContext,
  { dms, column }: Options,
): Promise<MutationScan | undefined> {
  if (dms === undefined) return undefined;
  const { bytes } = await readInput(context, 'dms', dms);
  const scan = readMutationScan(await readText(bytes), column === undefined ? {} : { column });
  const others = scan.columns.filter((name) => name !== scan.column);
  const rest = others.length > 0 ? ` (others: ${others.join(', ')})` : '';
  context.terminal.note(`${scan.mutants.length} mutants, measured in column ${scan.column}${rest}`);
  return scan;
}

interface Parts {
  readonly found: FoundModel;
  readonly letters: string;
  readonly scan: MutationScan | undefined;
}

async function scoreAll(context: CommandContext, options: Options, parts: Parts): Promise<Result> {
  const { found, letters, scan } = parts;
  const known = await familyOfModel(context, found, options.alignment);
  // Its weights count where the wild type is aligned, too: a family's best sampled branch must not decide.
  const family = known && { ...known.alignment, weights: known.weights };
  const { reference, source } = await wildType(context, options, { found, scan, alignment: family });
  context.terminal.note(`Reference: ${source}`);
  const names = scan?.mutants ?? namedMutants(options) ?? everySubstitution(reference, letters);
  const scorer = { model: found.model, exact: autoregressiveOfRun(found), letters, reference };
  const { scores, unmodelledPositions } = scoreNamed(scorer, names);
  const baseline = family && scoreMutants(independentModel(family), reference, names, { letters }).scores;
  if (!family) context.terminal.note('The family is not known: no model of independent sites beside it.');
  return {
    reference,
    source,
    unmodelledPositions,
    mutants: names.map((mutant, k) => ({
      mutant,
      score: scores[k],
      ...(baseline ? { independent: baseline[k] } : {}),
      ...(scan ? { measured: scan.measured[k] } : {}),
    })),
    ...(scan ? { scan: agreement(scan, scores, baseline) } : {}),
  };
}

function agreement(scan: MutationScan, scores: Float64Array, baseline: Float64Array | undefined) {
  return {
    column: scan.column,
    ...compareWithScan(scores, scan.measured),
    ...(baseline ? { independentSpearman: compareWithScan(baseline, scan.measured).spearman } : {}),
  };
}

function namedMutants({ mutants }: Options): string[] | undefined {
  const names = mutants?.split(',').map((name) => name.trim());
  if (names?.includes('')) throw new UsageError('--mutants has an empty entry: write A24G,L30V.');
  return names;
}

function everySubstitution(
  { letters: residues, residueNumbers }: MutationReference,
  letters: string,
): string[] {
  return [...residues].flatMap((from, site) =>
    '-.'.includes(from)
      ? []
      : [...letters]
          .filter((to) => to !== from && !'-.'.includes(to))
          .map((to) => `${from}${residueNumbers?.[site] ?? site + 1}${to}`),
  );
}

async function writeAll(
  context: CommandContext,
  found: FoundModel & { readonly letters: string },
  { reference, mutants, scan }: Result,
): Promise<string[]> {
  const folder = artifactFolder(context, found);
  const scorer = { model: found.model, exact: autoregressiveOfRun(found), letters: found.letters, reference };
  const figures = [
    mutationMatrix({
      scores: scoreEvery(scorer),
      letters: found.letters,
      siteNumbers: reference.residueNumbers ?? found.siteNumbers,
      reference: reference.letters,
    }),
  ];
  if (scan) {
    const scanned = mutants.map(({ mutant, score, measured = Number.NaN }) => ({ mutant, score, measured }));
    figures.push(scanScatter(scanned, scan.column, scan.spearman));
  }
  const files: string[] = [];
  for (const figure of figures)
    files.push(...(await writeFigure(join(folder, `mutations-${figure.id}`), figure)));
  const table = join(folder, 'mutations.csv');
  writeAtomically(table, csv(mutants.map((row) => ({ ...row }))));
  return [...files, table];
}

function describe({ mutants, scan, unmodelledPositions }: Result, { mutants: named }: Options): string {
  const parts: string[] = [];
  if (!scan) parts.push(tableOf(named === undefined ? strongest(mutants) : mutants));
  if (scan) {
    const independent =
      scan.independentSpearman === undefined
        ? ''
        : ` (independent sites: ${scan.independentSpearman.toFixed(3)})`;
    parts.push(
      `Spearman ${scan.spearman.toFixed(3)}${independent} over ${scan.compared} mutants of ${scan.column}; ${scan.unpredicted} without a prediction, ${scan.unmeasured} without a measurement`,
    );
  }
  if (unmodelledPositions.length > 0)
    parts.push(`Positions that are no sites of the model: ${unmodelledPositions.join(', ')}`);
  return parts.join('\n');
}

/** The substitutions that the model likes least, and those that it likes most. */
function strongest(mutants: readonly ScoredMutant[]): ScoredMutant[] {
  const falling = [...mutants].sort((a, b) => b.score - a.score);
  return falling.length <= SHOWN ? falling : [...falling.slice(0, SHOWN / 2), ...falling.slice(-SHOWN / 2)];
}

function tableOf(mutants: readonly ScoredMutant[]): string {
  const number = (value: number | undefined) =>
    value === undefined ? undefined : Number.isNaN(value) ? 'not known' : value.toFixed(3);
  const rows = mutants.map(({ mutant, score, independent }) => [mutant, number(score), number(independent)]);
  return textTable(['mutant', 'log-odds', 'independent'], rows);
}

/** JSON has no NaN: what is not known is left out. */
function jsonOf({ reference, mutants, unmodelledPositions, scan }: Result, files: readonly string[]) {
  return {
    schema: 1,
    reference: reference.letters,
    mutants: mutants.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => !Number.isNaN(value))),
    ),
    unmodelledPositions,
    ...(scan ? { scan } : {}),
    files,
  };
}
