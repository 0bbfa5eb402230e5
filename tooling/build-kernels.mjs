// Compiles every kernels/*.ts of the package in the working directory with AssemblyScript, once for plain SIMD and
// once with relaxed fused multiply-add, and embeds both as base64 in src/generated/<name>.ts.
// A file whose name begins with "_" is a library for the others and is not compiled by itself.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import asc from 'assemblyscript/asc';

const folder = 'kernels';
const output = join('src', 'generated');
const flags = [
  '--runtime',
  'stub',
  '--importMemory',
  '--sharedMemory',
  '--initialMemory',
  '1',
  '--maximumMemory',
  '65536',
  '-O3',
  '--noAssert',
  '--use',
  'abort=',
  '--stackSize',
  '0',
];
const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'));
const digest = createHash('sha256');
for (const file of files.sort()) digest.update(file).update(readFileSync(join(folder, file)));
digest.update(readFileSync(new URL(import.meta.url)));
const stamp = `// Compiled by tooling/build-kernels.mjs from kernels/, do not edit: ${digest.digest('hex').slice(0, 16)}`;

async function compile(source, features) {
  const { error, stderr, binary } = await run(source, features);
  if (error) throw new Error(`${source} (${features}): ${error.message}\n${stderr}`);
  return binary;
}

async function run(source, features) {
  let binary;
  const { error, stderr } = await asc.main(
    [source, ...flags, '--enable', features, '--outFile', 'out.wasm'],
    {
      writeFile: (name, contents) => {
        if (name.endsWith('.wasm')) binary = contents;
      },
    },
  );
  return { error, stderr: stderr.toString(), binary };
}

mkdirSync(output, { recursive: true });
for (const file of files.filter((name) => !name.startsWith('_'))) {
  const name = basename(file, '.ts');
  const target = join(output, `${name}.ts`);
  if (existsSync(target) && readFileSync(target, 'utf8').startsWith(stamp)) continue;
  const plain = await compile(join(folder, file), 'simd,threads,bulk-memory');
  const relaxed = await compile(join(folder, file), 'simd,threads,bulk-memory,relaxed-simd');
  const base64 = (bytes) => Buffer.from(bytes).toString('base64');
  const text = `${stamp}
import type { EmbeddedKernels } from '${process.env.npm_package_name === '@spinformer/tensor' ? '../wasm/embedded-kernels.ts' : '@spinformer/tensor/wasm'}';

export const ${name.replace(/-(\w)/g, (_, c) => c.toUpperCase())}Kernels: EmbeddedKernels = {
  name: '${process.env.npm_package_name ?? basename(process.cwd())}/${name}',
  plain: '${base64(plain)}',
  relaxed: '${base64(relaxed)}',
};
`;
  const temporary = `${target}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, target);
  console.log(`${name}: ${plain.length} bytes plain, ${relaxed.length} bytes relaxed`);
}
