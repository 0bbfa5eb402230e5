// How long until a command says its first word? The answer is dominated by Node's own start, so each time is printed
// beside that of `node --eval 0` in the same run.
import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROUNDS = Number(process.argv[2] ?? 9);
const entry = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const cwd = mkdtempSync(join(tmpdir(), 'spinformer-first-output-'));
writeFileSync(join(cwd, 'family.fasta'), '>a\nACDEF\n>b\nACDEG\n>c\nGCDEF\n');

const commands = [
  ['--help'],
  ['--version'],
  ['potts', 'infer', '--help'],
  ['potts', 'infer', 'family.fasta'],
  ['potts', 'contacts', 'nothing'],
  ['attention', 'train', '--generate', 'set-a', '--samples', '100'],
  ['demo'],
  ['run', 'known-truth'],
  ['runs', 'list'],
  ['doctor'],
  ['potts', 'infer', 'family.fasta', '--threds', '2'],
];

/** Milliseconds from the start of a process to its first byte, or to its end. */
function firstOutput(args) {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const done = () => {
      resolve(performance.now() - began);
      child.kill('SIGKILL');
    };
    child.stdout.once('data', done);
    child.stderr.once('data', done);
    child.once('close', done);
  });
}

async function times(args) {
  const values = [];
  for (let round = 0; round < ROUNDS; round++) values.push(await firstOutput(args));
  values.sort((a, b) => a - b);
  return { median: values[values.length >> 1], least: values[0] };
}

const bare = await times(['--eval', '0']);
const show = ({ median, least }) => `${median.toFixed(0).padStart(6)} ms ${least.toFixed(0).padStart(6)} ms`;
console.log(`Node ${process.version}, load ${loadavg()[0].toFixed(1)}, ${ROUNDS} rounds\n`);
console.log(`${'command'.padEnd(52)} median   least   over bare node`);
console.log(`${'node --eval 0'.padEnd(48)} ${show(bare)}`);
for (const words of commands) {
  const time = await times([entry, ...words]);
  console.log(
    `${['spinformer', ...words].join(' ').padEnd(48)} ${show(time)}   +${(time.least - bare.least).toFixed(0)} ms`,
  );
}
