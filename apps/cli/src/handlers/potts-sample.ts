import { drawConfigurations } from '@spinformer/potts';
import { pottsSampleOptions } from '../commands/potts-sample.ts';
import { prepareRuntime, rngOf } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { type FoundModel, loadModel } from '../models/potts-file.ts';
import { writeAtomically } from '../run/atomic-write.ts';
import { refuseExisting } from '../run/new-file.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';

const MOST_CHAINS = 100;

/** `potts sample`. */
export async function runPottsSample(context: CommandContext): Promise<number> {
  const { terminal, globals } = context;
  const { samples, burnIn, every, kernel, ...options } = optionsOf(context, pottsSampleOptions);
  const named = context.positionals.MODEL;
  if ((named === undefined) === (options.lattice === undefined))
    throw new UsageError(
      named === undefined
        ? 'potts sample needs a MODEL, or --lattice SHAPE.'
        : `potts sample takes MODEL or --lattice, not both: ${named} and --lattice ${options.lattice}.`,
    );
  if (options.lattice !== undefined)
    return (await import('./lattice/sample-lattice.ts')).sampleLattice(context);
  if (kernel !== 'heat-bath' && kernel !== 'metropolis')
    throw new UsageError(`--kernel ${kernel} takes a --lattice; a model takes heat-bath or metropolis.`);
  refuseExisting('--out', globals.out);
  const found = await loadModel(context, 'MODEL');
  const chains = Math.min(samples, options.chains ?? MOST_CHAINS);
  const draws = Math.ceil(samples / chains);
  terminal.note(
    `${samples} sequences from ${chains} chains, ${burnIn} sweeps before the first and ${every} between two`,
  );
  if (globals.dryRun) return EXIT.done;
  const rng = await rngOf(context);
  const drawn = await drawConfigurations(found.model, {
    chains,
    sweeps: burnIn + draws * every,
    burnIn,
    thinning: every,
    kernel,
    rng: rng.fork('sample'),
    runtime: await prepareRuntime(context),
  });
  const sequences = sequencesOf(drawn.values, found).slice(-samples);
  const text = globals.json || globals.jsonl ? jsonText(sequences, found, globals.jsonl) : fasta(sequences);
  if (globals.out) writeAtomically(globals.out, `${text}\n`);
  else terminal.data(text);
  return EXIT.done;
}

function sequencesOf(values: Int32Array, { model, letters }: FoundModel): (string | number[])[] {
  return Array.from({ length: values.length / model.sites }, (_, k) => {
    const states = [...values.subarray(k * model.sites, (k + 1) * model.sites)];
    return letters === undefined ? states : states.map((state) => letters[state]).join('');
  });
}

function fasta(sequences: readonly (string | number[])[]): string {
  return sequences
    .map((sequence, k) => `>sample-${k + 1}\n${typeof sequence === 'string' ? sequence : sequence.join(' ')}`)
    .join('\n');
}

function jsonText(
  sequences: readonly (string | number[])[],
  { letters }: FoundModel,
  isLines: boolean,
): string {
  if (isLines) return sequences.map((sequence) => JSON.stringify({ sequence })).join('\n');
  return JSON.stringify({ schema: 1, ...(letters === undefined ? {} : { letters }), sequences }, null, 1);
}
