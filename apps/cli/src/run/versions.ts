import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** This program's own version. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return (manifest as { version: string }).version;
}

const parts = ['numerics', 'tensor', 'potts', 'attention', 'replica-theory', 'experiments'];

/** Versions of everything that a result depends on. */
export function versions(): Readonly<Record<string, string>> {
  const packages = parts.map((name) => [`@spinformer/${name}`, versionOf(`@spinformer/${name}`)] as const);
  return {
    spinformer: packageVersion(),
    node: process.versions.node,
    v8: process.versions.v8,
    ...Object.fromEntries(packages),
  };
}

function versionOf(name: string): string {
  for (const folder of require.resolve.paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(`${folder}/${name}/package.json`, 'utf8')) as { version: string })
        .version;
    } catch {
      // Not in this folder: the next one may have it.
    }
  }
  return 'unknown';
}
