import type { Configurations, Rng } from '@spinformer/numerics';
import type { Alignment, AlignmentOptions, PottsDescription } from '@spinformer/potts';
import { attentionTrainOptions } from '../commands/attention-train.ts';
import { prepareRuntime } from '../compute/prepare-compute.ts';
import { UsageError } from '../errors/usage-error.ts';
import { type InputFile, readInput } from '../run/read-input.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';

/** Sequences to train on, with what is known of them. */
export interface AttentionData {
  readonly train: Configurations;
  /** Held out; only where the truth is known. */
  readonly test?: Configurations;
  /** Mean conditional entropy of the held-out sequences under the truth, nats per site: what no model can beat. */
  readonly exactLoss?: number;
  /** Colour couplings of the truth, [states, states]. */
  readonly knownValues?: Float64Array;
  /** What sites and states stand for, where the sequences were read. */
  readonly description?: PottsDescription;
  readonly input?: InputFile;
  readonly warnings: readonly string[];
  /** Options whose defaults depend on the data, for config.json. */
  readonly resolved: Readonly<Record<string, unknown>>;
  /** What was read, for --dry-run. */
  readonly outline: string;
}

/** Sweeps that bring a chain of Set A to equilibrium: it lies in the paramagnetic phase, where a few would do. */
const SWEEPS = 300;
/** Held-out sequences, so that the loss is known to about half a per cent. */
const TEST_SAMPLES = 4000;

/**
 * Reads or draws the sequences that `attention train` is asked for.
 * @throws {UsageError} unless exactly one of FILE and --generate is given
 */
export async function attentionData(context: CommandContext, rng: Rng): Promise<AttentionData> {
  const { generate } = optionsOf(context, attentionTrainOptions);
  const file = context.positionals.FILE;
  if ((file === undefined) === (generate === undefined))
    throw new UsageError(
      file === undefined
        ? 'attention train needs sequences: a FILE, or --generate set-a.'
        : `attention train takes FILE or --generate, not both: ${file} and --generate ${generate}.`,
    );
  return file === undefined ? drawSetA(context, rng) : readSequences(context, file);
}

async function readSequences(context: CommandContext, file: string): Promise<AttentionData> {
  const options = optionsOf(context, attentionTrainOptions);
  if (options.values === 'known')
    throw new UsageError('--values known needs a known truth: use it with --generate set-a.');
  const input = await readInput(context, 'FILE', file);
  const { describeAlignment, readAlignmentBytes, sequenceWeightsFast } = await import('@spinformer/potts');
  const alignment = await readAlignmentBytes(input.bytes, alignmentSettings(options));
  const weights =
    options.identity === undefined
      ? undefined
      : sequenceWeightsFast(alignment, {
          identity: options.identity,
          runtime: await prepareRuntime(context),
        });
  return {
    train: { ...plainConfigurations(alignment), ...(weights ? { weights } : {}) },
    description: describeAlignment(alignment),
    input,
    resolved: { gaps: alignment.gaps, alphabet: nameOfAlphabet(alignment) },
    warnings: alignment.warnings,
    outline: `${alignment.samples} sequences of ${alignment.sites} sites, ${alignment.states} states (${alignment.letters})`,
  };
}

/** Options of a command as those of the reader. */
export function alignmentSettings(options: {
  readonly format?: string;
  readonly alphabet?: string;
  readonly focus?: string;
  readonly gaps?: string;
  readonly invalid?: string;
  readonly maxSequenceGaps?: number;
  readonly maxColumnGaps?: number;
  readonly emptyColumns?: string;
}): AlignmentOptions {
  const { format, alphabet, focus, gaps, invalid, maxSequenceGaps, maxColumnGaps, emptyColumns } = options;
  const all = { format, alphabet, focus, gaps, invalid, maxSequenceGaps, maxColumnGaps, emptyColumns };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as AlignmentOptions;
}

/** An alphabet as --alphabet takes it. */
export function nameOfAlphabet({ alphabet }: Alignment): string {
  return alphabet.name === 'custom' ? alphabet.symbols : alphabet.name;
}

function plainConfigurations({ samples, sites, states, values }: Alignment): Configurations {
  return { samples, sites, states, values };
}

async function drawSetA(context: CommandContext, rng: Rng): Promise<AttentionData> {
  const { samples } = optionsOf(context, attentionTrainOptions);
  const { conditionalEntropies, conditionalModel, drawConfigurations, replicaSetA, toFullModel } =
    await import('@spinformer/potts');
  const truth = replicaSetA({ rng: rng.fork('truth') });
  const model = toFullModel(truth);
  const chains = samples + TEST_SAMPLES;
  const all = await drawConfigurations(model, { chains, sweeps: SWEEPS, rng: rng.fork('data') });
  const part = (from: number, to: number): Configurations => ({
    samples: to - from,
    sites: all.sites,
    states: all.states,
    values: all.values.slice(from * all.sites, to * all.sites),
  });
  const test = part(samples, chains);
  const entropies = conditionalEntropies(conditionalModel(model), test.values);
  return {
    train: part(0, samples),
    test,
    exactLoss: entropies.reduce((sum, value) => sum + value, 0) / entropies.length,
    knownValues: truth.colourCouplings,
    resolved: {},
    warnings: [],
    outline: `${samples} sequences of ${all.sites} sites, ${all.states} states, drawn from Set A; ${TEST_SAMPLES} held out`,
  };
}
