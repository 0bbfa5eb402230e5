import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The file itself, or an unpacked copy of a .gz in the temporary folder, for peers that cannot read one. */
export function plainFasta(file) {
  if (!file.endsWith('.gz')) return file;
  const copy = join(tmpdir(), `spinformer-${basename(file, '.gz')}`);
  if (!existsSync(copy)) writeFileSync(copy, gunzipSync(readFileSync(file)));
  return copy;
}
