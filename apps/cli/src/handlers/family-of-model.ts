import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Alignment, sequenceWeightsFast } from '@spinformer/potts';
import { prepareRuntime } from '../compute/prepare-compute.ts';
import type { FoundModel } from '../models/potts-file.ts';
import { openRun } from '../run/opened-run.ts';
import { KEPT_INPUT, readInput } from '../run/read-input.ts';
import type { CommandContext } from '../spec/command-context.ts';
import type { InferOptions } from './infer/infer-method.ts';
import { inferSettings } from './infer/infer-settings.ts';
import { readFamily } from './infer/read-family.ts';
import { readSequencesFor } from './model-sequences.ts';
import { weighSequences } from './sequence-weights.ts';

/** The alignment that a model belongs to, with its weights. */
export interface Family {
  readonly alignment: Alignment;
  readonly weights: Float64Array;
}

/**
 * The family of a model: the alignment that is named, or the one that its run was made from, read again in the same way.
 * @returns undefined where none is known any more
 */
export async function familyOfModel(
  context: CommandContext,
  found: FoundModel,
  file: string | undefined,
): Promise<Family | undefined> {
  if (file !== undefined) {
    const alignment = await readSequencesFor(context, found, file);
    const weights = sequenceWeightsFast(alignment, { runtime: await prepareRuntime(context) });
    return { alignment, weights };
  }
  return found.run === undefined ? undefined : familyOfRun(context, found.run);
}

async function familyOfRun(context: CommandContext, path: string): Promise<Family | undefined> {
  const run = openRun(path);
  if (run.config.command !== 'potts infer') return undefined;
  const named = run.config.positionals.FILE;
  const file = named === '-' ? join(path, KEPT_INPUT) : named;
  if (!existsSync(file)) {
    context.terminal.warn(`${file}, from which the model was inferred, is not there any more.`);
    return undefined;
  }
  // The file must be what it was: its digest is in the run's configuration.
  const ofRun = { ...context, resume: run };
  const input = await readInput(ofRun, 'FILE', file);
  const settings = inferSettings(run.config.options as unknown as InferOptions);
  const alignment = await readFamily(quiet(context), input, settings);
  const { values } = await weighSequences(ofRun, alignment, settings.weighing, input);
  return { alignment, weights: values };
}

/** What was said of the alignment when the model was inferred need not be said again. */
function quiet(context: CommandContext): CommandContext {
  const terminal = Object.create(context.terminal, {
    note: { value: () => undefined },
    warn: { value: () => undefined },
  });
  return { ...context, terminal };
}
