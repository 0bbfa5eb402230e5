import type { PottsFileFormat } from '@spinformer/potts';
import { UsageError } from '../errors/usage-error.ts';
import { suggest } from '../parse/suggest.ts';

/** Files of models, by their formats: the names that artifacts get, and the endings by which a format is guessed. */
export const MODEL_FILES: Readonly<Record<PottsFileFormat, string>> = {
  spinformer: 'model.safetensors',
  plmc: 'model.params',
  'plmc-v1': 'model.v1.params',
  ccmpred: 'model.raw',
  'ccmpred-msgpack': 'model.braw',
  adabmdca: 'model.adabmdca.dat',
  'adabmdca-numbers': 'model.adabmdca-numbers.dat',
  gremlin: 'model.mrf',
  npz: 'model.npz',
  safetensors: 'model.arrays.safetensors',
};

/**
 * The formats of `--write plmc,npz`.
 * @throws {UsageError} for one that is not known
 */
export function checkFormats(list: string | undefined): PottsFileFormat[] {
  if (list === undefined) return [];
  const known = Object.keys(MODEL_FILES);
  return list.split(',').map((word) => {
    const name = word.trim();
    if (known.includes(name)) return name as PottsFileFormat;
    const near = suggest(name, known);
    throw new UsageError(
      `--write must list formats out of ${known.join(', ')}, got ${JSON.stringify(name)}.${near ? ` Did you mean ${near}?` : ''}`,
    );
  });
}
