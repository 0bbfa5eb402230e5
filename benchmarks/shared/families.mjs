import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readAlignmentBytes } from '@spinformer/potts';

const DATA = new URL('../../../shared/data/', import.meta.url);

/** Where a data file lies, or undefined where it does not. */
export function dataFile(name) {
  const file = fileURLToPath(
    new URL(name, process.env.SPINFORMER_DATA ? `file://${process.env.SPINFORMER_DATA}/` : DATA),
  );
  return existsSync(file) ? file : undefined;
}

/** Reads an alignment; throws where it is not there. */
export async function family(name, options) {
  const file = dataFile(name);
  if (!file) throw new Error(`${name} is not there: set SPINFORMER_DATA to the folder that holds it.`);
  return { file, alignment: await readAlignmentBytes(readFileSync(file), options) };
}
