import {
  type Alignment,
  alignToFamily,
  type MutationReference,
  type MutationScan,
  parseMutant,
  readText,
} from '@spinformer/potts';
import type { pottsMutationsOptions } from '../../commands/potts-mutations.ts';
import { InputError } from '../../errors/input-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { FoundModel } from '../../models/potts-file.ts';
import { readInput } from '../../run/read-input.ts';
import type { CommandContext } from '../../spec/command-context.ts';
import type { OptionValues } from '../../spec/option-spec.ts';

/** The sequence that is mutated. */
export interface WildType {
  readonly reference: MutationReference;
  /** In words: `the focus sequence`. */
  readonly source: string;
}

/** What is known when the wild type is looked for. */
export interface WildTypeParts {
  readonly found: FoundModel;
  readonly alignment: Alignment | undefined;
  readonly scan: MutationScan | undefined;
}

/**
 * The sequence that is mutated: the one of --sequence, the model's focus sequence, what a scan says of its wild type, or
 * the consensus.
 * @throws {UsageError | InputError} when a sequence cannot be aligned for want of a family, or there is none
 */
export async function wildType(
  context: CommandContext,
  options: OptionValues<typeof pottsMutationsOptions>,
  { found, alignment, scan }: WildTypeParts,
): Promise<WildType> {
  if (options.firstResidue !== undefined && options.sequence === undefined)
    throw new UsageError('--first-residue numbers the residues of --sequence FILE, which is missing.');
  if (options.sequence !== undefined) {
    const { name, letters } = await readSequence(context, options.sequence);
    const firstResidue = options.firstResidue ?? startOf(name);
    const reference = alignToFamily(letters, familyFor('--sequence', alignment), { firstResidue });
    return { reference, source: `${name || options.sequence}, aligned to the family` };
  }
  const { reference } = found.description;
  if (reference && /[^-.]/.test(reference.letters)) return { reference, source: 'the focus sequence' };
  if (scan) return scanWildType(scan, alignment);
  if (found.reference === undefined)
    throw new UsageError(`${found.file} has no reference sequence. Give one with --sequence FILE.`);
  return {
    reference: { letters: found.reference, residueNumbers: found.siteNumbers },
    source: 'the most frequent letter of each site',
  };
}

function scanWildType(scan: MutationScan, alignment: Alignment | undefined): WildType {
  const { letters, start } = wildTypeOfScan(scan);
  const family = familyFor('--dms with a model that has no focus sequence', alignment);
  return {
    reference: alignToFamily(letters, family, { firstResidue: start }),
    source: "the scan's wild type, aligned to the family",
  };
}

function familyFor(what: string, alignment: Alignment | undefined): Alignment {
  if (alignment) return alignment;
  throw new UsageError(`${what} needs the family, to align the sequence: name it with --alignment FILE.`);
}

async function readSequence(
  context: CommandContext,
  file: string,
): Promise<{ name: string; letters: string }> {
  const { bytes } = await readInput(context, 'sequence', file);
  const lines = (await readText(bytes)).split(/\r?\n/);
  const heads = lines.filter((line) => line.startsWith('>'));
  if (heads.length > 1)
    throw new InputError(`${file} holds ${heads.length} sequences; --sequence takes a file with one.`);
  const letters = lines.filter((line) => !line.startsWith('>')).join('');
  return { name: heads[0]?.slice(1).trim() ?? '', letters: letters.replaceAll(/\s/g, '') };
}

/** 311 of `DLG4_RAT/311-394`; 1 where the name says nothing. */
function startOf(name: string): number {
  const [, start] = /\/(\d+)-\d+/.exec(name) ?? [];
  return start === undefined ? 1 : Number(start);
}

/** What the mutants of a scan say of their wild type. */
function wildTypeOfScan({ mutants }: MutationScan): { letters: string; start: number } {
  const letterAt = new Map<number, string>();
  for (const { from, position } of mutants.flatMap(parseMutant)) letterAt.set(position, from);
  const positions = [...letterAt.keys()].sort((a, b) => a - b);
  if (positions.length === 0) throw new InputError('the scan has no mutants.');
  const [start] = positions;
  const last = positions[positions.length - 1];
  if (positions.length < last - start + 1)
    throw new InputError(
      `the scan mutates ${positions.length} of the positions ${start} to ${last}, so that its wild type is not known. Give it with --sequence FILE.`,
    );
  return { letters: positions.map((position) => letterAt.get(position)).join(''), start };
}
