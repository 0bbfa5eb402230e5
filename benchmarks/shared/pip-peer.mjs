import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../../.cache/peers/', import.meta.url));

/**
 * The folder of programs of a Python environment with pinned packages, made by pip on first use; undefined where
 * Python or the network is missing. SPINFORMER_PEERS names another folder that holds the environments.
 * @param name of the environment
 * @param packages as pip takes them, versions pinned
 * @param options what pip is told besides, such as an index of wheels without CUDA
 */
export function pipPeer(name, packages, options = []) {
  const folder = join(process.env.SPINFORMER_PEERS ?? CACHE, name);
  const programs = join(folder, 'bin');
  if (existsSync(join(folder, 'ready'))) return programs;
  const run = (program, args) => {
    const { status } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    return status === 0;
  };
  console.error(`Setting up ${packages.join(', ')} in ${folder}`);
  const made =
    run('python3', ['-m', 'venv', folder]) &&
    run(join(programs, 'pip'), ['install', '--quiet', ...options, ...packages]) &&
    run('touch', [join(folder, 'ready')]);
  return made ? programs : undefined;
}
