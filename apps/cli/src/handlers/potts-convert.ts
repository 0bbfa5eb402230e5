import { statSync } from 'node:fs';
import {
  type AlignmentFormat,
  contactScores,
  type PottsFileFormat,
  readAlignmentBytes,
  toLatticeGasGauge,
  toZeroSumGauge,
  writeAlignment,
  writePottsModelFile,
} from '@spinformer/potts';
import { pottsConvertOptions } from '../commands/potts-convert.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { refuseExisting } from '../run/new-file.ts';
import { readInput } from '../run/read-input.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { type ConvertKind, formatOfName, isFile, kindOf, targetFormat } from './convert/convert-kind.ts';
import { readTable } from './convert/read-table.ts';
import { scoreTableFile } from './convert/score-table.ts';

type Options = OptionValues<typeof pottsConvertOptions>;

interface Converted {
  readonly kind: ConvertKind;
  readonly from: string;
  readonly content: string | Uint8Array;
}

/** `potts convert`. */
export async function runPottsConvert(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const options = optionsOf(context, pottsConvertOptions);
  const [source, out] = [String(context.positionals.IN), String(context.positionals.OUT)];
  refuseExisting('OUT', out);
  const to = targetFormat(out, options.to);
  const from = options.from ?? (isFile(source) ? formatOfName(source) : undefined);
  const kind = from === undefined ? 'model' : kindOf(from);
  refuseForeign(kind, kindOf(to), { from: from ?? 'a model', to });
  const { content, ...converted } = await convert[kind](context, options, source, to);
  if (!globals.dryRun) writeAtomically(out, content);
  const bytes = globals.dryRun ? content.length : statSync(out).size;
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, ...converted, to, file: out, bytes }));
  else terminal.note(`${converted.from} → ${to}: ${out} (${bytes.toLocaleString('en-GB')} bytes)`);
  return EXIT.done;
}

function refuseForeign(source: ConvertKind, target: ConvertKind, names: { from: string; to: string }): void {
  if (source === target || (source === 'model' && target === 'table')) return;
  const remedy =
    source === 'alignment' && target === 'model'
      ? 'Infer a model with potts infer.'
      : 'See potts convert --help for what becomes what.';
  throw new UsageError(
    `potts convert cannot make ${target === 'alignment' ? 'an' : 'a'} ${target} (${names.to}) of ${source === 'alignment' ? 'an' : 'a'} ${source} (${names.from}). ${remedy}`,
  );
}

const convert: Readonly<
  Record<
    ConvertKind,
    (context: CommandContext, options: Options, source: string, to: string) => Promise<Converted>
  >
> = { model: convertModel, alignment: convertAlignment, table: convertTable };

async function convertModel(
  context: CommandContext,
  options: Options,
  _source: string,
  to: string,
): Promise<Converted> {
  const { from, letters, gauge } = options;
  const hints = {
    ...(from === undefined ? {} : { format: from as PottsFileFormat }),
    ...(letters === undefined ? {} : { letters }),
  };
  const found = await loadModel(context, 'IN', hints);
  const { model, reading, siteNumbers } = found;
  const content =
    kindOf(to) === 'table'
      ? await scoresOf(found, to)
      : writePottsModelFile(gauged(model, gauge), to as PottsFileFormat, {
          ...reading,
          offsets: siteNumbers,
        });
  return { kind: 'model', from: reading.format, content };
}

function gauged(model: FoundModel['model'], gauge: Options['gauge']): FoundModel['model'] {
  if (gauge === 'keep') return model;
  return gauge === 'zero-sum' ? toZeroSumGauge(model) : toLatticeGasGauge(model);
}

function scoresOf(
  { model, gapState, siteNumbers, reference }: FoundModel,
  to: string,
): Promise<Converted['content']> {
  const scores = contactScores(model, gapState === undefined ? {} : { withoutState: gapState });
  const letters = reference ?? '-'.repeat(model.sites);
  return scoreTableFile({ sites: model.sites, numbers: siteNumbers, letters, scores }, to);
}

async function convertAlignment(
  context: CommandContext,
  { alphabet, focus, from }: Options,
  source: string,
  to: string,
): Promise<Converted> {
  const input = await readInput(context, 'IN', source);
  const format = from === 'aln' ? 'plain' : from;
  const alignment = await readAlignmentBytes(input.bytes, {
    ...(alphabet === undefined ? {} : { alphabet }),
    ...(focus === undefined ? {} : { focus }),
    ...(format === undefined ? {} : { format: format as AlignmentFormat }),
    emptyColumns: 'keep',
    minimumSequences: 1,
  });
  for (const warning of alignment.warnings) context.terminal.warn(warning);
  const target = (to === 'aln' ? 'plain' : to) as AlignmentFormat;
  return { kind: 'alignment', from: alignment.format, content: writeAlignment(alignment, target, alignment) };
}

async function convertTable(
  context: CommandContext,
  { from }: Options,
  source: string,
  to: string,
): Promise<Converted> {
  const input = await readInput(context, 'IN', source);
  const format = from ?? formatOfName(source) ?? 'table';
  const table = await readTable(input, format);
  return { kind: 'table', from: format, content: await scoreTableFile(table, to) };
}
