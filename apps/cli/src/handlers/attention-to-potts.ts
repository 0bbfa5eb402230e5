import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type FactoredParameters, toPotts } from '@spinformer/attention';
import { encodePottsModel } from '@spinformer/potts';
import { treeFromPlain } from '@spinformer/tensor';
import { prepareBackend } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { buildFactored, loadTrained } from '../models/attention-file.ts';
import { MODEL_ARTIFACT } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { programName, runReference, shellWord } from '../run/program-name.ts';
import type { CommandContext } from '../spec/command-context.ts';
import { pairTable } from '../terminal/text-table.ts';

/** `attention to-potts`. */
export async function runAttentionToPotts(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const trained = loadTrained(String(context.positionals.RUN));
  if (trained.architecture.kind !== 'factored')
    throw new UsageError(
      `${trained.run} trained a standard encoder, which is no Potts model. Train with --model factored.`,
    );
  if (globals.out && existsSync(globals.out))
    throw new UsageError(`--out ${globals.out} exists already. Choose another name.`);
  await prepareBackend(context);
  const parameters = treeFromPlain(trained.parameters) as FactoredParameters;
  const reading = await toPotts(buildFactored(trained.architecture), parameters);
  const { sites, states, fields, couplings, asymmetry } = reading;
  const file = globals.out ?? join(trained.run, MODEL_ARTIFACT);
  const model = { sites, states, fields, couplings };
  if (!globals.dryRun) writeAtomically(file, encodePottsModel(model, trained.description));
  if (globals.json || globals.jsonl)
    terminal.data(JSON.stringify({ schema: 1, model: file, sites, states, asymmetry }));
  else
    terminal.data(
      pairTable([
        ['model', file],
        ['sites', sites],
        ['states', states],
        ['asymmetry', `${asymmetry.toPrecision(3)} (0 for an exact Potts model)`],
      ]),
    );
  terminal.note(
    `Next: ${programName()} potts contacts ${globals.out ? shellWord(globals.out) : runReference(trained.run)}`,
  );
  return EXIT.done;
}
