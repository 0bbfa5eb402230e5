import { type Alignment, alignSequences, readAlignmentBytes } from '@spinformer/potts';
import { InputError } from '../errors/input-error.ts';
import type { FoundModel } from '../models/potts-file.ts';
import { readInput } from '../run/read-input.ts';
import type { CommandContext } from '../spec/command-context.ts';

/** The gaps that an alphabet needs even where the model has no state for them. */
const GAP = '-';

/**
 * Sequences for a model that is already there: as long as it has sites, or with the columns of the alignment that it was
 * inferred from, of which the model's are taken. A gap is the model's state for it, or a missing entry.
 * @throws {InputError} when the sequences fit neither way, or the model says nothing of its letters
 */
export async function readSequencesFor(
  context: CommandContext,
  found: FoundModel,
  file: string,
  key = 'alignment',
): Promise<Alignment> {
  const { letters, gapState, model, columns } = found;
  if (letters === undefined)
    throw new InputError(`${found.file} says nothing of its letters, so ${file} cannot be read for it.`);
  const input = await readInput(context, key, file);
  const reading = {
    alphabet: gapState === undefined ? `${GAP}${letters}` : letters,
    gaps: gapState === undefined ? 'ignore' : 'state',
    emptyColumns: 'keep',
    minimumSequences: 1,
  } as const;
  const read = await readAlignmentBytes(input.bytes, reading);
  for (const warning of read.warnings) if (!isUsual(warning)) context.terminal.warn(warning);
  if (read.sites === model.sites) return read;
  if (!columns || columns[columns.length - 1] >= read.sites)
    throw new InputError(
      `${file} has ${read.sites} columns, the model has ${model.sites} sites. Give sequences of ${model.sites} letters, or those of the alignment that it was inferred from.`,
    );
  context.terminal.detail(`Taking the model's ${model.sites} of ${read.sites} columns`);
  return alignSequences(chosenColumns(read, columns), { ...reading, names: read.names });
}

function chosenColumns({ samples, sites, codes, alphabet }: Alignment, columns: Int32Array): string[] {
  return Array.from({ length: samples }, (_, s) =>
    Array.from(columns, (column) => alphabet.symbols[codes[s * sites + column]]).join(''),
  );
}

/** Columns of gaps are no news where sequences are only looked at. */
function isUsual(warning: string): boolean {
  return /column/.test(warning);
}
