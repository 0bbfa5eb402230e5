// Compiles every kernels/*.ts of the package in the working directory with AssemblyScript and embeds it as base64 in
// src/generated/<name>.ts: once for plain SIMD and, where the source knows relaxed SIMD, once more with fused
// multiply-add. A file whose name begins with "_" is a library for the others. Only what changed is compiled, on
// all cores.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = 'kernels';
const output = join('src', 'generated');
const self = fileURLToPath(import.meta.url);
const flags = ['--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '1'];
flags.push('--maximumMemory', '65536', '-O3', '--noAssert', '--use', 'abort=', '--stackSize', '0');

/** The text of a kernel and of the libraries that it imports, those of other packages too, in one string. */
function sourceText(path, seen = new Set()) {
  if (seen.has(path)) return '';
  seen.add(path);
  const text = readFileSync(path, 'utf8');
  const imported = [...text.matchAll(/from\s+['"](\.\.?\/[\w./-]+)['"]/g)].map(([, name]) => `${name}.ts`);
  return text + imported.map((name) => sourceText(join(dirname(path), name), seen)).join('');
}

async function compile(source, features) {
  const { default: asc } = await import('assemblyscript/asc');
  let binary;
  const options = [source, ...flags, '--enable', features, '--outFile', 'out.wasm'];
  const { error, stderr } = await asc.main(options, {
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = contents;
    },
  });
  if (error) throw new Error(`${source} (${features}): ${error.message}\n${stderr}`);
  return Buffer.from(binary).toString('base64');
}

async function build(file, stamp) {
  const name = basename(file, '.ts');
  const owner = process.env.npm_package_name ?? `@spinformer/${basename(process.cwd())}`;
  const features = 'simd,threads,bulk-memory';
  const plain = await compile(join(folder, file), features);
  const knowsRelaxed = sourceText(join(folder, file)).includes('RELAXED_SIMD');
  const relaxed = knowsRelaxed
    ? `'${await compile(join(folder, file), `${features},relaxed-simd`)}'`
    : 'plain';
  const types = owner === '@spinformer/tensor' ? '../wasm/embedded-kernels.ts' : '@spinformer/tensor/wasm';
  const camel = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const text = `${stamp}
import type { EmbeddedKernels } from '${types}';

const plain = '${plain}';

export const ${camel}Kernels: EmbeddedKernels = { name: '${owner}/${name}', plain, relaxed: ${relaxed} };
`;
  const target = join(output, `${name}.ts`);
  writeFileSync(`${target}.${process.pid}`, text);
  renameSync(`${target}.${process.pid}`, target);
}

/** Runs this script for one kernel in a process of its own, so that several compile at once. */
function buildApart([file, stamp]) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [self, file, stamp], { stdio: 'inherit' });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file} was not compiled`))));
  });
}

async function buildAll() {
  mkdirSync(output, { recursive: true });
  const recipe = readFileSync(self);
  const stale = [];
  for (const file of readdirSync(folder).filter((name) => /^[^_].*\.ts$/.test(name))) {
    const digest = createHash('sha256')
      .update(recipe)
      .update(sourceText(join(folder, file)))
      .digest('hex')
      .slice(0, 16);
    const stamp = `// Compiled by tooling/build-kernels.mjs from kernels/, do not edit: ${digest}`;
    const target = join(output, file);
    if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(stamp)) stale.push([file, stamp]);
  }
  const queue = [...stale];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await buildApart(next);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, lane));
  if (stale.length > 0) console.log(`compiled ${stale.map(([file]) => basename(file, '.ts')).join(', ')}`);
}

const [, , file, stamp] = process.argv;
await (file ? build(file, stamp) : buildAll()).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
