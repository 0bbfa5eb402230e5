import { ConfigError, DataError, LabError } from '@spinformer/numerics';
import { gunzip, isGzip } from '../formats/bytes.ts';
import { checkModel } from '../model.ts';
import { decodePottsModel } from '../model-file.ts';
import { readAdabmdcaText } from './adabmdca-text.ts';
import { readArrayModel } from './array-model.ts';
import { readCcmpredMsgpack } from './ccmpred-msgpack.ts';
import { readCcmpredText } from './ccmpred-text.ts';
import { detectPottsFile } from './detect-potts-file.ts';
import { readGremlinMrf } from './gremlin-mrf.ts';
import {
  POTTS_FILE_FORMATS,
  type PottsFileFormat,
  type PottsFileHints,
  type PottsModelReading,
} from './peer-file.ts';
import { agreedLetters } from './peer-letters.ts';
import { readPlmcParameters } from './plmc-params.ts';
import { readPlmcV1 } from './plmc-v1.ts';
import { siteNumbers } from './site-numbers.ts';

const CALLER = 'readPottsModelFile';

type Reader = (bytes: Uint8Array, hints: PottsFileHints) => PottsModelReading;

const READERS: Readonly<Record<PottsFileFormat, Reader>> = {
  spinformer: readOwn,
  plmc: readPlmc,
  'plmc-v1': readPlmcV1,
  ccmpred: readCcmpredText,
  'ccmpred-msgpack': readCcmpredMsgpack,
  adabmdca: readAdabmdcaText,
  'adabmdca-numbers': readAdabmdcaText,
  gremlin: readGremlinMrf,
  npz: (bytes, hints) => readArrayModel(bytes, 'npz', hints),
  safetensors: (bytes, hints) => readArrayModel(bytes, 'safetensors', hints),
};

/**
 * Reads a Potts model from a file of this program, plmc, CCMpred, CCMgen, adabmDCA or GREMLIN, or from arrays in npz or
 * safetensors; gzip is unpacked. The format is told by the content. States stay in the order of the file: compare models
 * of different programs by {@link reorderStates} and a common gauge.
 *
 * @param hints what the file does not tell; `sites` and `letters` are also checked where it does.
 * @returns parameters whose sign is that of CONVENTIONS: positive is likely.
 * @throws {DataError} for a file that is damaged, cut off or no model, or of another alphabet or length than the hints.
 * @throws {ConfigError} for an unknown format.
 * @example
 * ```ts
 * const { model, letters, offsets } = readPottsModelFile(await readFile('DYR_ECOLI.params'));
 * ```
 */
export function readPottsModelFile(bytes: Uint8Array, hints: PottsFileHints = {}): PottsModelReading {
  const plain = isGzip(bytes) ? gunzip(bytes, CALLER) : bytes;
  const format =
    hints.format === undefined || hints.format === 'auto' ? detectPottsFile(plain) : hints.format;
  if (!POTTS_FILE_FORMATS.includes(format))
    throw new ConfigError(
      `${CALLER}: format must be one of auto, ${POTTS_FILE_FORMATS.join(', ')}, got ${JSON.stringify(format)}.`,
    );
  const reading = READERS[format](plain, hints);
  checkReading(reading, hints);
  return reading;
}

/** What is wrong with the numbers of a file is a mistake of the file, not of the caller. */
function checkReading({ model }: PottsModelReading, { sites }: PottsFileHints): void {
  try {
    checkModel(CALLER, model);
  } catch (cause) {
    if (cause instanceof LabError) throw new DataError(`${cause.message} The file is damaged.`, { cause });
    throw cause;
  }
  if (sites !== undefined && sites !== model.sites)
    throw new DataError(
      `${CALLER}: the file's model has ${model.sites} sites, not ${sites}. It is of another alignment, or of another ` +
        'choice of columns.',
    );
}

function readPlmc(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const { model, ...plmc } = readPlmcParameters(bytes);
  const { numbers, target } = plmc;
  const letters = agreedLetters(CALLER, plmc.letters, hints);
  const focused = [...target].some((letter) => letter !== target[0]);
  const reference = { name: '', letters: target, residueNumbers: numbers };
  const notes = {
    program: 'plmc',
    theta: String(plmc.theta),
    fieldPenalty: String(plmc.fieldPenalty),
    couplingPenalty: String(plmc.couplingPenalty),
    groupPenalty: String(plmc.groupPenalty),
    effectiveSequences: String(plmc.effectiveSequences),
  };
  const description = { letters, ...(focused ? { reference } : {}), notes };
  return { model, letters, offsets: numbers, description, format: 'plmc', warnings: [], plmc };
}

function readOwn(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const { model, description } = decodePottsModel(bytes);
  const { letters, reference } = description;
  return {
    model,
    ...(letters === undefined ? {} : { letters: agreedLetters(CALLER, letters, hints) }),
    offsets: reference?.residueNumbers ?? siteNumbers(model.sites),
    description,
    format: 'spinformer',
    warnings: [],
  };
}
