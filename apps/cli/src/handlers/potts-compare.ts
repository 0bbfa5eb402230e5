import { basename, join } from 'node:path';
import { pearson, spearman } from '@spinformer/numerics';
import { type ContactPrecision, contactPrecision, precisionCurve } from '@spinformer/potts';
import { pottsCompareOptions } from '../commands/potts-compare.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { scoreScatter } from '../figures/comparison-figures.ts';
import { precisionFigure } from '../figures/contact-figures.ts';
import { writeFigure } from '../figures/write-figure.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { textTable } from '../terminal/text-table.ts';
import { guessingPrecision, type KnownDistances, knownDistances } from './known-distances.ts';
import { precisionText } from './potts-contacts.ts';
import { scorePairs } from './score-pairs.ts';

type Options = OptionValues<typeof pottsCompareOptions>;

/** One model, reduced to the sites that all have. */
interface Compared {
  readonly name: string;
  /** Scores of the common pairs, in one order for all models. */
  readonly scores: Float64Array;
  /** Common pairs in falling order of this model's score. */
  readonly ranked: readonly { readonly i: number; readonly j: number; readonly score: number }[];
}

interface Agreement {
  readonly first: string;
  readonly second: string;
  readonly pearson: number;
  readonly spearman: number;
  readonly shared: number;
}

/** `potts compare`. */
export async function runPottsCompare(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const options = optionsOf(context, pottsCompareOptions);
  const found = await loadAll(context);
  const numbers = commonNumbers(found);
  const names = distinctNames(found.map(nameOf));
  const models: Compared[] = [];
  for (const [k, one] of found.entries()) {
    const { scores } = await scorePairs(context, one, options);
    models.push(reduce(one, scores, { name: names[k], numbers, options }));
  }
  const known = await commonDistances(context, found[0], numbers, options);
  const precision = known && models.map(({ ranked }) => contactPrecision(ranked, known));
  const agreements = pairwise(models, numbers.length);
  const files = globals.dryRun ? [] : await drawAll(models, agreements, known, globals.out ?? '.');
  if (globals.json || globals.jsonl)
    terminal.data(
      JSON.stringify({
        schema: 1,
        sites: numbers.length,
        models: names.map((name, k) => ({ name, ...(precision ? { precision: precision[k] } : {}) })),
        agreements,
        files,
      }),
    );
  else terminal.data(describe(names, agreements, precision));
  for (const file of files) terminal.note(`Written: ${file}`);
  return EXIT.done;
}

async function loadAll(context: CommandContext): Promise<FoundModel[]> {
  const found: FoundModel[] = [];
  for (const name of ['A', 'B', 'C', 'D'])
    if (context.positionals[name] !== undefined) found.push(await loadModel(context, name));
  if (new Set(found.map(({ file }) => file)).size < found.length)
    throw new UsageError('potts compare was given the same model twice: name different ones.');
  return found;
}

function nameOf({ run, file }: FoundModel): string {
  return basename(run ?? file);
}

function distinctNames(names: readonly string[]): string[] {
  return names.map((name, k) => (names.indexOf(name) === k ? name : `${name} (${k + 1})`));
}

const FEWEST_SITES = 3;

function commonNumbers(found: readonly FoundModel[]): number[] {
  const [first, ...others] = found.map(({ siteNumbers }) => siteNumbers);
  const numbers = Array.from(first).filter((number) => others.every((other) => other.includes(number)));
  if (numbers.length >= FEWEST_SITES) return numbers;
  const ranges = found.map((one) => `${nameOf(one)}: ${one.siteNumbers[0]}–${one.siteNumbers.at(-1)}`);
  throw new InputError(
    `the models have ${numbers.length} sites in common by their numbers (${ranges.join(', ')}). Compare models of one family.`,
  );
}

/** A model's scores on the common pairs: scored with all its sites, then reduced. */
function reduce(
  found: FoundModel,
  scores: Float64Array,
  { name, numbers, options }: { name: string; numbers: readonly number[]; options: Options },
): Compared {
  const sites = numbers.map((number) => found.siteNumbers.indexOf(number));
  const pairs: { i: number; j: number; score: number }[] = [];
  for (let i = 0; i < sites.length; i++)
    for (let j = i + 1; j < sites.length; j++)
      if (Math.abs(numbers[j] - numbers[i]) >= options.minSeparation)
        pairs.push({ i, j, score: scores[sites[i] * found.model.sites + sites[j]] });
  if (pairs.length < FEWEST_SITES)
    throw new UsageError(
      `--min-separation ${options.minSeparation} leaves ${pairs.length} pairs of ${numbers.length} sites. Lower it.`,
    );
  return {
    name,
    scores: Float64Array.from(pairs, ({ score }) => score),
    ranked: [...pairs].sort((a, b) => b.score - a.score),
  };
}

/** Distances between the common sites. */
async function commonDistances(
  context: CommandContext,
  found: FoundModel,
  numbers: readonly number[],
  options: Options,
): Promise<KnownDistances | undefined> {
  const known = await knownDistances(context, found, options);
  if (!known) return undefined;
  const sites = numbers.map((number) => found.siteNumbers.indexOf(number));
  const distances = sites.flatMap((i) => sites.map((j) => known.distances[i * found.model.sites + j]));
  return { ...known, distances: Float64Array.from(distances) };
}

function pairwise(models: readonly Compared[], top: number): Agreement[] {
  return models.flatMap((first, k) =>
    models.slice(k + 1).map((second) => ({
      first: first.name,
      second: second.name,
      pearson: pearson(first.scores, second.scores),
      spearman: spearman(first.scores, second.scores),
      shared: sharedShare(first, second, top),
    })),
  );
}

function sharedShare(first: Compared, second: Compared, top: number): number {
  const key = ({ i, j }: { i: number; j: number }) => `${i},${j}`;
  const count = Math.min(top, first.ranked.length);
  const ours = new Set(first.ranked.slice(0, count).map(key));
  return second.ranked.slice(0, count).filter((pair) => ours.has(key(pair))).length / count;
}

async function drawAll(
  models: readonly Compared[],
  agreements: readonly Agreement[],
  known: KnownDistances | undefined,
  folder: string,
): Promise<string[]> {
  const correlations = agreements.slice(0, models.length - 1).map((one) => one.pearson);
  const figures = [scoreScatter(models, correlations)];
  if (known) {
    const curves = models.map(({ name, ranked }) => ({ name, curve: precisionCurve(ranked, known) }));
    const sites = Math.sqrt(known.distances.length);
    figures.push(precisionFigure(curves, { sites, guessing: guessingPrecision(curves[0].curve) }));
  }
  const files: string[] = [];
  for (const figure of figures)
    files.push(...(await writeFigure(join(folder, `compare-${figure.id}`), figure)));
  return files;
}

function describe(
  names: readonly string[],
  agreements: readonly Agreement[],
  precision: readonly ContactPrecision[] | undefined,
): string {
  const rows = agreements.map((one) => [
    `${one.first} and ${one.second}`,
    one.pearson.toFixed(4),
    one.spearman.toFixed(4),
    `${(100 * one.shared).toFixed(0)} %`,
  ]);
  const table = textTable(['scores of', 'Pearson', 'Spearman', 'of the L best shared'], rows);
  if (!precision) return table;
  const lines = names.map((name, k) => `  ${name}: ${precisionText(precision[k])}`);
  return `${table}\n\nPrecision\n${lines.join('\n')}`;
}
