import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '@spinformer/numerics';
import {
  type PottsDescription,
  type PottsFileHints,
  type PottsModel,
  type PottsModelReading,
  readPottsModelFile,
} from '@spinformer/potts';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { findRun } from '../run/find-run.ts';
import type { CommandContext } from '../spec/command-context.ts';

/** Where a run keeps its model. */
export const MODEL_ARTIFACT = 'artifacts/model.safetensors';

/** A Potts model that was named on the command line, with what is known of its sites and states. */
export interface FoundModel {
  readonly model: PottsModel;
  /** One letter per state; absent where the states have none. */
  readonly letters?: string;
  /** State that stands for a gap. */
  readonly gapState?: number;
  /** Number of each site, as people count it: residues of the focus sequence, columns, or 1, 2, 3, …. */
  readonly siteNumbers: Int32Array;
  /** The focus sequence, or the most frequent letter of each site. */
  readonly reference?: string;
  /** 0-based columns of the alignment that the sites were; absent where that is not known. */
  readonly columns?: Int32Array;
  /** What the file says of the model beyond its numbers. */
  readonly description: PottsDescription;
  /** All that was read, as the writers take it. */
  readonly reading: PottsModelReading;
  readonly file: string;
  /** Absolute path of the run directory; absent for a bare file. */
  readonly run?: string;
}

/**
 * Number of each site, as people count it: residues of the focus sequence, else columns from 1, else 1, 2, 3, ….
 */
export function siteNumbersOf(
  { reference, columns }: Pick<PottsDescription, 'reference' | 'columns'>,
  sites: number,
): Int32Array {
  if (reference) return reference.residueNumbers;
  return columns?.map((column) => column + 1) ?? Int32Array.from({ length: sites }, (_, i) => i + 1);
}

/** A site as people name it: `V13`, or its number alone where its letter is not known. */
export function siteName(
  { siteNumbers, reference }: Pick<FoundModel, 'siteNumbers' | 'reference'>,
  site: number,
): string {
  const letter = reference?.[site] ?? '-';
  return letter === '-' ? String(siteNumbers[site]) : `${letter}${siteNumbers[site]}`;
}

/** The state that stands for a gap; undefined where gaps are left out or states have no letters. */
export function gapStateOf(letters: string | undefined): number | undefined {
  const state = letters?.search(/[-.]/) ?? -1;
  return state < 0 ? undefined : state;
}

function readModel(context: CommandContext, file: string, hints: PottsFileHints = {}): FoundModel {
  try {
    const read = readPottsModelFile(readFileSync(file), hints);
    for (const warning of read.warnings) context.terminal.warn(`${file}: ${warning}`);
    const { model, letters, description, format, offsets } = read;
    return {
      model,
      letters,
      gapState: gapStateOf(letters),
      siteNumbers: format === 'spinformer' ? siteNumbersOf(description, model.sites) : offsets,
      reference: description.reference?.letters ?? description.consensus,
      columns: description.columns,
      description,
      reading: read,
      file,
    };
  } catch (cause) {
    if (!(cause instanceof LabError)) throw cause;
    throw new InputError(`model file ${file}: ${cause.message}`, { cause });
  }
}

/**
 * The model of a run or of a model file, as a positional names it.
 * @throws {InputError} when there is none or it is damaged
 */
export async function loadModel(
  context: CommandContext,
  positional: string,
  hints?: PottsFileHints,
): Promise<FoundModel> {
  const reference = String(context.positionals[positional]);
  if (existsSync(reference) && statSync(reference).isFile()) {
    const bare = readModel(context, reference, hints);
    refuseEpistasis(context, bare);
    return bare;
  }
  const run = findRun(reference);
  const file = join(run, MODEL_ARTIFACT);
  if (!existsSync(file)) throw new InputError(missingModel(run));
  const found = { ...readModel(context, file), run };
  refuseEpistasis(context, found);
  return found;
}

function missingModel(run: string): string {
  const isAttention = existsSync(join(run, 'artifacts', 'parameters.safetensors'));
  return isAttention
    ? `${run} is a run of attention train and has no Potts model yet. Write it with spinformer attention to-potts ${run}.`
    : `${run} has no ${MODEL_ARTIFACT}: it is not done, or no run that makes a model. See spinformer runs show ${run}.`;
}

/** Commands that look at couplings only. */
const COUPLINGS_ONLY = ['potts contacts', 'potts compare', 'potts show'];
/** Commands that take the autoregressive model itself, from its run. */
const WITH_PROBABILITIES = ['potts generate', 'potts energies', 'potts mutations', 'potts check'];

/** The couplings of an autoregressive run are epistasis: they give no probabilities. */
function refuseEpistasis({ command }: CommandContext, { description, run, file }: FoundModel): void {
  if (description.notes?.holds !== 'epistasis' || COUPLINGS_ONLY.includes(command)) return;
  if (run !== undefined && WITH_PROBABILITIES.includes(command)) return;
  throw new UsageError(
    WITH_PROBABILITIES.includes(command)
      ? `${file} holds the epistasis of an autoregressive model, whose probabilities are in a file beside it: name the run instead.`
      : `${run ?? file} is an autoregressive model, whose couplings give no probabilities: ${command} cannot use it. Infer with another --method, or use potts generate, energies, mutations, check, contacts, compare or show.`,
  );
}
