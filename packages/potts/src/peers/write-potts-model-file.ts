import { ConfigError } from '@spinformer/numerics';
import { checkModel, type PottsModel } from '../model.ts';
import { encodePottsModel } from '../model-file.ts';
import { writeAdabmdcaText } from './adabmdca-text.ts';
import { writeArrayModel } from './array-model.ts';
import { writeCcmpredMsgpack } from './ccmpred-msgpack.ts';
import { writeCcmpredText } from './ccmpred-text.ts';
import { writeGremlinMrf } from './gremlin-mrf.ts';
import { POTTS_FILE_FORMATS, type PottsFileFormat, type PottsFileMetadata } from './peer-file.ts';
import { writePlmcV1 } from './plmc-v1.ts';
import { writePlmcParameters } from './plmc-write.ts';

type Writer = (model: PottsModel, metadata: PottsFileMetadata) => Uint8Array;

const WRITERS: Readonly<Record<PottsFileFormat, Writer>> = {
  spinformer: writeOwn,
  plmc: writePlmcParameters,
  'plmc-v1': writePlmcV1,
  ccmpred: writeCcmpredText,
  'ccmpred-msgpack': writeCcmpredMsgpack,
  adabmdca: (model, metadata) => writeAdabmdcaText(model, metadata, false),
  'adabmdca-numbers': (model, metadata) => writeAdabmdcaText(model, metadata, true),
  gremlin: writeGremlinMrf,
  npz: (model, metadata) => writeArrayModel(model, 'npz', metadata),
  safetensors: (model, metadata) => writeArrayModel(model, 'safetensors', metadata),
};

/**
 * Writes a Potts model as another program reads it. Signs agree everywhere; states are put into the order that the format
 * fixes, the gap added as a state without parameters where only the format has one; the gauge stays, but that CCMpred's
 * files take fields relative to the gap's. plmc's files round to float32, the others keep every bit.
 *
 * @param metadata letters, residue numbers and more; a {@link PottsModelReading} will do.
 * @returns the file, new, owned by the caller; not compressed.
 * @throws {ConfigError} for an unknown format.
 * @throws {DataError} where the format cannot hold the model's alphabet, or metadata do not fit the model.
 * @throws {ShapeError | DomainError} for a model whose arrays are wrong or not finite.
 * @example
 * ```ts
 * const read = readPottsModelFile(await readFile('family.braw.gz'));
 * await writeFile('family.params', writePottsModelFile(read.model, 'plmc', read));
 * ```
 */
export function writePottsModelFile(
  model: PottsModel,
  format: PottsFileFormat,
  metadata: PottsFileMetadata = {},
): Uint8Array {
  if (!POTTS_FILE_FORMATS.includes(format))
    throw new ConfigError(
      `writePottsModelFile: format must be one of ${POTTS_FILE_FORMATS.join(', ')}, got ${JSON.stringify(format)}.`,
    );
  checkModel('writePottsModelFile', model);
  return WRITERS[format](model, metadata);
}

function writeOwn(model: PottsModel, { letters, offsets, description }: PottsFileMetadata): Uint8Array {
  const reference = description?.reference;
  const residueNumbers = offsets ? Int32Array.from(offsets) : reference?.residueNumbers;
  return encodePottsModel(model, {
    ...description,
    ...(letters === undefined ? {} : { letters }),
    ...(residueNumbers
      ? { reference: { name: '', letters: '-'.repeat(model.sites), ...reference, residueNumbers } }
      : {}),
  });
}
