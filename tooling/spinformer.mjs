// Runs the command line from the clone: builds what is missing or older than its sources, then starts apps/cli.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));
const parts = [...packages, join(root, 'apps', 'cli')];

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'generated') continue;
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

function isStale(part) {
  try {
    const built = statSync(join(part, 'dist', '.tsbuildinfo')).mtimeMs;
    return ['src', 'kernels'].some((folder) => newest(join(part, folder)) > built);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return !error.path?.endsWith('kernels');
  }
}

if (parts.some(isStale)) {
  process.stderr.write('Building spinformer (once after each change of its sources) …\n');
  const turbo = join(root, 'node_modules', '.bin', 'turbo');
  const built = spawnSync(turbo, ['run', 'build', '--output-logs=errors-only'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
const entry = join(root, 'apps', 'cli', 'dist', 'main.js');
process.argv[1] = entry;
await import(pathToFileURL(entry).href);
