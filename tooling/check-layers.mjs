// A package may import only from packages of a lower level, never from a sibling or from above.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const levels = {
  numerics: 0,
  tensor: 1,
  potts: 2,
  'replica-theory': 2,
  attention: 2,
  clones: 3,
  'sparse-variables': 3,
  'transformer-vqs': 3,
  experiments: 4,
  cli: 5,
  web: 5,
};

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.(ts|svelte)$/.test(entry.name)) yield path;
  }
}

const problems = [];
for (const [name, level] of Object.entries(levels)) {
  const folder = [join('packages', name, 'src'), join('apps', name, 'src')].find(existsSync);
  if (!folder) continue;
  for (const file of sources(folder)) {
    for (const [, target] of readFileSync(file, 'utf8').matchAll(/['"]@spinformer\/([a-z-]+)[^'"]*['"]/g)) {
      if (target === 'source' || target === name) continue;
      if (!(target in levels)) problems.push(`${file}: unknown package @spinformer/${target}`);
      else if (levels[target] >= level)
        problems.push(
          `${file}: ${name} (level ${level}) must not import ${target} (level ${levels[target]})`,
        );
    }
  }
}
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0
    ? 'layers: every import points downwards'
    : `layers: ${problems.length} wrong imports`,
);
process.exitCode = problems.length === 0 ? 0 : 1;
