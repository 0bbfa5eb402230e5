// House rules that no linter knows: packages draw chance only from a passed Rng, and touch neither files, network,
// clock nor console.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const everywhere = [[/\bMath\.random\b/, 'Math.random: take an Rng argument']];
const inPackages = [
  [/\bconsole\.\w+\(/, 'console: return the value instead'],
  [/\bDate\.now\(|new Date\(\)/, 'clock: let the caller measure time'],
  [
    /from ['"](node:)?(fs|http|https|net|child_process)(\/\w+)?['"]/,
    'file system or network: belongs to apps',
  ],
];

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !/^(node_modules|dist|generated)$/.test(entry.name)) yield* sources(path);
    else if (entry.name.endsWith('.ts')) yield path;
  }
}

const keys = new Set(
  [...readFileSync('CITATIONS.bib', 'utf8').matchAll(/^@\w+\{([^,]+),/gm)].map(([, key]) => key),
);

let problems = 0;
for (const group of ['packages', 'apps']) {
  for (const name of readdirSync(group)) {
    for (const file of sources(join(group, name))) {
      const isPackageSource = group === 'packages' && file.includes('/src/');
      const rules = isPackageSource ? [...everywhere, ...inPackages] : everywhere;
      readFileSync(file, 'utf8')
        .split('\n')
        .forEach((line, index) => {
          for (const [, key] of line.matchAll(/@source ([a-z]+\d{4}[a-z]*)\b/g)) {
            if (keys.has(key)) continue;
            console.error(`${file}:${index + 1}: @source ${key} is not a key of CITATIONS.bib`);
            problems++;
          }
          if (/^\s*(\*|\/\/|\/\*)/.test(line)) return;
          for (const [pattern, remedy] of rules) {
            if (!pattern.test(line)) continue;
            console.error(`${file}:${index + 1}: ${remedy}`);
            problems++;
          }
        });
    }
  }
}
console.log(problems === 0 ? 'sources: house rules hold' : `sources: ${problems} lines break a house rule`);
process.exitCode = problems === 0 ? 0 : 1;
