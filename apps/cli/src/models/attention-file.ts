import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type FactoredModel,
  type FactoredOptions,
  factoredAttention,
  type Model,
  standardEncoder,
} from '@spinformer/attention';
import { decodeCheckpoint, encodeCheckpoint, type PlainData } from '@spinformer/numerics';
import type { PottsDescription } from '@spinformer/potts';
import type { ParameterTree } from '@spinformer/tensor';
import { InputError } from '../errors/input-error.ts';
import { findRun } from '../run/find-run.ts';

/** What a model of attention is built from. */
export interface Architecture {
  readonly kind: 'factored' | 'standard';
  readonly sites: number;
  readonly states: number;
  readonly heads: number;
  readonly values: 'learned' | 'identity' | 'known';
  /** Colour matrices where values are known, [states, states]. */
  readonly knownValues?: Float64Array;
  readonly layers: number;
  readonly width: number;
}

/** A trained model with what is known of its sites and states. */
export interface TrainedModel {
  readonly architecture: Architecture;
  /** The parameters' tree as plain data. */
  readonly parameters: PlainData;
  /** What sites and states stand for, where that is known. */
  readonly description?: PottsDescription;
  /** Some of the sequences that it was trained on, [samples, sites]: maps of an encoder are averages over them. */
  readonly examples: Int32Array;
}

const KIND = 'spinformer-attention';
/** Where a run keeps its trained model. */
export const PARAMETERS_ARTIFACT = 'artifacts/parameters.safetensors';

export function encodeTrained({ architecture, parameters, description, examples }: TrainedModel): Uint8Array {
  return encodeCheckpoint({
    ...{ kind: KIND, schema: 1, parameters, examples },
    architecture: { ...architecture, knownValues: architecture.knownValues ?? null },
    description: description ?? null,
  });
}

/** A trained model that was named on the command line. */
export interface FoundTrained extends TrainedModel {
  /** Absolute path of its run directory. */
  readonly run: string;
}

/**
 * The trained model of a run.
 * @throws {InputError} when the run has none, or its file is damaged
 */
export function loadTrained(reference: string): FoundTrained {
  const run = findRun(reference);
  const file = join(run, PARAMETERS_ARTIFACT);
  if (!existsSync(file))
    throw new InputError(
      `${run} has no trained model: it is no run of attention train, or not done. See spinformer runs show ${run}.`,
    );
  let content: Record<string, PlainData>;
  try {
    content = decodeCheckpoint(readFileSync(file)) as Record<string, PlainData>;
  } catch (cause) {
    throw new InputError(`trained model ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
  if (content?.kind !== KIND || content.schema !== 1)
    throw new InputError(`${file} is no trained model of this version.`);
  const { knownValues, ...architecture } = content.architecture as unknown as Architecture;
  return {
    run,
    architecture: { ...architecture, ...(knownValues ? { knownValues } : {}) },
    parameters: content.parameters,
    examples: content.examples as Int32Array,
    ...(content.description === null ? {} : { description: content.description as PottsDescription }),
  };
}

/** The factored layer of an architecture. */
export function buildFactored(architecture: Architecture): FactoredModel {
  const { sites, states, heads, values, knownValues } = architecture;
  const colours: FactoredOptions['values'] =
    values === 'known' && knownValues ? { known: knownValues } : (values as 'learned' | 'identity');
  return factoredAttention({ sites, states, heads, values: colours });
}

/** The model of an architecture, whichever kind it is. */
export function buildModel(architecture: Architecture): Model<ParameterTree> {
  const { kind, sites, states, heads, layers, width } = architecture;
  const model =
    kind === 'factored'
      ? buildFactored(architecture)
      : standardEncoder({ sites, states, heads, layers, width });
  return model as unknown as Model<ParameterTree>;
}
