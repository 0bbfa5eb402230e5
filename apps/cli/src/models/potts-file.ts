import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DataError, decodeSafetensors, encodeSafetensors, type NumericData } from '@spinformer/numerics';
import { checkModel, type PottsModel } from '@spinformer/potts';
import { InputError } from '../errors/input-error.ts';
import { findRun } from '../run/find-run.ts';

/** A Potts model with what is known of its sites and states. */
export interface LabelledModel {
  readonly model: PottsModel;
  /** One letter per state; absent where the states have none. */
  readonly letters?: string;
  /** State that stands for a gap. */
  readonly gapState?: number;
  /** Number of each site, as people count it; 1, 2, 3, … where nothing else is known. */
  readonly siteNumbers: Int32Array;
  /** The focus sequence, one letter per site. */
  readonly reference?: string;
}

const FORMAT = 'spinformer-potts';
/** Where a run keeps its model. */
export const MODEL_ARTIFACT = 'artifacts/model.safetensors';

/** A labelled model as a safetensors file: `fields` [sites, states], `couplings` [sites, sites, states, states]. */
export function encodeModel(labelled: LabelledModel): Uint8Array {
  const { sites, states, fields, couplings } = labelled.model;
  const { letters, gapState, reference } = labelled;
  return encodeSafetensors(
    {
      fields: { shape: [sites, states], data: fields },
      couplings: { shape: [sites, sites, states, states], data: couplings },
      site_numbers: { shape: [sites], data: labelled.siteNumbers },
    },
    {
      format: FORMAT,
      schema: '1',
      ...(letters === undefined ? {} : { letters }),
      ...(gapState === undefined ? {} : { gap_state: String(gapState) }),
      ...(reference === undefined ? {} : { reference }),
    },
  );
}

/**
 * A labelled model from a file's bytes.
 * @throws {InputError} when the file is damaged, holds something else, or a parameter that is no finite number
 */
export function decodeModel(bytes: Uint8Array, name: string): LabelledModel {
  try {
    return decode(bytes);
  } catch (cause) {
    if (!(cause instanceof Error) || !('code' in cause)) throw cause;
    throw new InputError(`model file ${name}: ${cause.message}`, { cause });
  }
}

function decode(bytes: Uint8Array): LabelledModel {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { fields, couplings, site_numbers: numbers } = tensors;
  if (!fields || !couplings || fields.shape.length !== 2)
    throw new DataError(
      `it holds no Potts model, which has tensors named fields and couplings, but ${Object.keys(tensors).join(', ') || 'nothing'}.`,
    );
  const [sites, states] = fields.shape;
  const model: PottsModel = {
    sites,
    states,
    fields: floats(fields.data),
    couplings: couplingValues(couplings.data),
  };
  checkModel('potts model', model);
  return {
    model,
    siteNumbers: numbers
      ? Int32Array.from(numbers.data as Int32Array)
      : Int32Array.from({ length: sites }, (_, i) => i + 1),
    ...(metadata.letters === undefined ? {} : { letters: metadata.letters }),
    ...(metadata.gap_state === undefined ? {} : { gapState: Number(metadata.gap_state) }),
    ...(metadata.reference === undefined ? {} : { reference: metadata.reference }),
  };
}

function floats(data: NumericData): Float64Array {
  return data instanceof Float64Array ? data : Float64Array.from(data as Float32Array);
}

function couplingValues(data: NumericData): Float64Array | Float32Array {
  return data instanceof Float32Array ? data : floats(data);
}

/** A model that was named on the command line, and the run that it is of. */
export interface FoundModel extends LabelledModel {
  readonly file: string;
  /** Absolute path of the run directory; absent for a bare file. */
  readonly run?: string;
}

/**
 * The model of a run or of a model file.
 * @throws {InputError} when there is none or it is damaged
 */
export function loadModel(reference: string): FoundModel {
  if (existsSync(reference) && statSync(reference).isFile())
    return { ...decodeModel(readFileSync(reference), reference), file: reference };
  const run = findRun(reference);
  const file = join(run, MODEL_ARTIFACT);
  if (!existsSync(file)) throw new InputError(missingModel(run));
  return { ...decodeModel(readFileSync(file), file), file, run };
}

function missingModel(run: string): string {
  const isAttention = existsSync(join(run, 'artifacts', 'parameters.safetensors'));
  return isAttention
    ? `${run} is a run of attention train and has no Potts model yet. Write it with spinformer attention to-potts ${run}.`
    : `${run} has no ${MODEL_ARTIFACT}: it is not done, or no run that makes a model. See spinformer runs show ${run}.`;
}
