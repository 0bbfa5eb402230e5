import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = fileURLToPath(new URL('../page', import.meta.url));

/** The packages that a page may import, as folders of packages/. */
export const packages = ['numerics', 'tensor', 'potts', 'attention', 'transformer-vqs'] as const;

/**
 * Packs the built packages as they would be published and installs the tarballs into a folder of its own, outside the
 * repository, with the page beside them: what somebody has after `npm install`.
 * @returns the folder; the caller removes it.
 */
export async function installPacked(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'spinformer-web-check-'));
  const filters = packages.map((name) => `--filter=@spinformer/${name}`);
  await pnpm(['--recursive', ...filters, 'pack', '--pack-destination', folder]);
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  const tarballs = (await readdir(folder)).filter((name) => name.endsWith('.tgz')).map((name) => `./${name}`);
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--silent', '--ignore-scripts'];
  await run('npm', ['install', ...flags, ...tarballs], { cwd: folder });
  await cp(page, folder, { recursive: true });
  return folder;
}

/** The pnpm that runs this, or npx's where vitest was called by hand: only it knows what `workspace:` means. */
async function pnpm(args: readonly string[]): Promise<void> {
  try {
    await run('pnpm', args, { cwd: root });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    await run('npx', ['-y', 'pnpm@12', ...args], { cwd: root });
  }
}
