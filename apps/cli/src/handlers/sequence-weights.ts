import {
  type Alignment,
  automaticIdentity,
  readAlignmentBytes,
  readText,
  sequenceWeightsFast,
  type WeightConvention,
} from '@spinformer/potts';
import { prepareRuntime } from '../compute/prepare-compute.ts';
import { InputError } from '../errors/input-error.ts';
import { type InputFile, readInput } from '../run/read-input.ts';
import type { CommandContext } from '../spec/command-context.ts';

/** How sequences are weighed, everything decided. */
export interface Weighing {
  /** A convention's name, or a file of weights. */
  readonly rule: string;
  readonly identity: number | 'auto';
}

const CONVENTIONS: readonly WeightConvention[] = [
  ...([
    'plmc',
    'gremlin',
    'ccmpred',
    'plmdca',
    'adabmdca',
    'evcouplings',
    'eve',
    'henikoff',
    'none',
  ] as const),
];

/** Weights of an alignment's sequences, and the file they came from where they were read. */
export interface SequenceWeights {
  readonly values: Float64Array;
  /** As config.json keeps it: `auto` resolved. */
  readonly identity: number;
  readonly input?: InputFile;
}

/**
 * Weighs the sequences of an alignment by a convention, or takes the weights of a file.
 * @throws {InputError} for a file that does not hold one weight for each sequence
 */
export async function weighSequences(
  context: CommandContext,
  alignment: Alignment,
  weighing: Weighing,
  source: InputFile,
): Promise<SequenceWeights> {
  const identity = weighing.identity === 'auto' ? automaticIdentity(alignment) : weighing.identity;
  const convention = CONVENTIONS.find((name) => name === weighing.rule);
  if (!convention) {
    const input = await readInput(context, 'weights', weighing.rule);
    return { values: await weightsOfFile(input, alignment, source), identity, input };
  }
  context.terminal.detail('Weighing the sequences');
  const runtime = await prepareRuntime(context);
  return { values: sequenceWeightsFast(alignment, { identity, convention, runtime }), identity };
}

/** One weight a line, of the sequences that were kept or of all that stand in the alignment's file. */
async function weightsOfFile(
  input: InputFile,
  alignment: Alignment,
  source: InputFile,
): Promise<Float64Array> {
  const lines = (await readText(input.bytes)).split(/\r?\n/).map((line) => line.trim());
  const words = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const weights = Float64Array.from(words, Number);
  const wrong = weights.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (wrong >= 0)
    throw new InputError(
      `weights file ${input.name}: weight ${wrong + 1} is ${JSON.stringify(words[wrong])}; weights are numbers of at least 0, one a line.`,
    );
  const { samples, counts } = alignment;
  if (weights.length === samples) return weights;
  if (weights.length === counts.sequencesRead) return pick(weights, await keptRows(alignment, source));
  throw new InputError(
    `weights file ${input.name} has ${weights.length} weights, the alignment ${counts.sequencesRead} sequences, of which ${samples} are kept. Give one weight for each.`,
  );
}

function pick(weights: Float64Array, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (row) => weights[row]);
}

/** Which sequences of the file were kept: names in the same order, with some left out. */
async function keptRows({ names, alphabet }: Alignment, { bytes }: InputFile): Promise<number[]> {
  const all = await readAlignmentBytes(bytes, { alphabet, invalid: 'gap', emptyColumns: 'keep' });
  let row = -1;
  return names.map((name) => {
    row = all.names.indexOf(name, row + 1);
    return row;
  });
}
