import { type Alignment, dropDuplicates, readAlignmentBytes } from '@spinformer/potts';
import type { InputFile } from '../../run/read-input.ts';
import type { CommandContext } from '../../spec/command-context.ts';
import type { InferSettings } from './infer-settings.ts';

/** An alignment as the settings of an inference say how to read it; says what was left out. */
export async function readFamily(
  { terminal }: CommandContext,
  input: InputFile,
  { reading, duplicates }: InferSettings,
): Promise<Alignment> {
  const read = await readAlignmentBytes(input.bytes, reading);
  const alignment = duplicates === 'drop' ? dropDuplicates(read) : read;
  for (const warning of alignment.warnings) terminal.warn(warning);
  const { counts, samples, sites } = alignment;
  const dropped = counts.sequencesRead - samples;
  const lost = dropped > 0 ? `, ${dropped} left out` : '';
  terminal.note(
    `${samples} sequences of ${sites} sites (${counts.sequencesRead} read${lost}; ${counts.columnsRead} columns)`,
  );
  return alignment;
}
