import type { Ints } from '@spinformer/numerics';
import { conditionalLosses, conditionalModel, energy, logProbabilities } from '@spinformer/potts';
import { pottsEnergiesOptions } from '../commands/potts-energies.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { autoregressiveOfRun } from '../models/autoregressive-of-run.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { refuseExisting } from '../run/new-file.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { readSequencesFor } from './model-sequences.ts';

/** `potts energies`. */
export async function runPottsEnergies(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const { sort } = optionsOf(context, pottsEnergiesOptions);
  refuseExisting('--out', globals.out);
  const found = await loadModel(context, 'MODEL');
  const sequences = await readSequencesFor(context, found, String(context.positionals.FILE), 'FILE');
  if (globals.dryRun) return EXIT.done;
  const { energies, losses } = energiesOf(found, sequences.values);
  const rows = sequences.names.map((name, k) => ({ name, energy: energies[k], loss: losses[k] }));
  if (sort) rows.sort((a, b) => a.energy - b.energy);
  const text = globals.json || globals.jsonl ? jsonText(rows, globals.jsonl) : tableText(rows);
  if (globals.out) writeAtomically(globals.out, `${text}\n`);
  else terminal.data(text);
  return EXIT.done;
}

/** An autoregressive model knows its normalisation: its energy is −log p, and its loss that per site. */
function energiesOf(found: FoundModel, values: Ints<'samples sites'>) {
  const exact = autoregressiveOfRun(found);
  if (!exact)
    return {
      energies: energy(found.model, values),
      losses: conditionalLosses(conditionalModel(found.model), values),
    };
  const energies = logProbabilities(exact, values).map((log) => 0 - log);
  return { energies, losses: energies.map((value) => value / exact.sites) };
}

interface EnergyRow {
  readonly name: string;
  readonly energy: number;
  readonly loss: number;
}

function tableText(rows: readonly EnergyRow[]): string {
  const lines = rows.map(
    ({ name, energy: value, loss }) =>
      `${name.replaceAll('\t', ' ')}\t${value.toFixed(4)}\t${loss.toFixed(4)}`,
  );
  return ['name\tenergy\tloss', ...lines].join('\n');
}

function jsonText(rows: readonly EnergyRow[], isLines: boolean): string {
  if (isLines) return rows.map((row) => JSON.stringify(row)).join('\n');
  return JSON.stringify({ schema: 1, sequences: rows }, null, 1);
}
