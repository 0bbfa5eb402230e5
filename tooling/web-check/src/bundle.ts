import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type InlineConfig, type Rolldown } from 'vite';

const quiet = { configFile: false, logLevel: 'error' } satisfies InlineConfig;

/**
 * Bundles a folder's index.html with Vite's defaults, minified.
 * @returns the folder of the bundle.
 */
export async function bundlePage(folder: string): Promise<string> {
  const outDir = join(folder, 'bundle');
  await build({ ...quiet, root: folder, build: { outDir, emptyOutDir: true } });
  return outDir;
}

/** What an entry weighs, bundled and minified, in bytes. */
export interface BundledSize {
  readonly plain: number;
  readonly gzipped: number;
}

/**
 * Bundles one entry with all that it needs.
 * @param folder where its packages are installed.
 * @param source the entry's text; what it exports is kept.
 */
export async function bundledSize(folder: string, source: string): Promise<BundledSize> {
  const entry = join(folder, 'entry.js');
  const output = await build({
    ...quiet,
    root: folder,
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    build: { write: false, rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' } },
  });
  const parts = [output].flat() as Rolldown.RolldownOutput[];
  const text = parts
    .flatMap((part) => part.output.map((file) => (file.type === 'chunk' ? file.code : '')))
    .join('');
  return { plain: Buffer.byteLength(text), gzipped: gzipSync(text, { level: 9 }).length };
}
