import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCheckpoint, encodeSafetensors } from '@spinformer/numerics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFamily } from '../support/families.ts';
import { cli, type Outcome, temporaryFolder, until } from '../support/run-cli.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(cwd, name), content);
const run = (...words: string[]) => cli(words, { cwd });

/** Nothing may be left behind by a command that was refused. */
function expectRefused(outcome: Outcome, code: number, ...messages: RegExp[]): void {
  expect(outcome).toMatchObject({ code, stdout: '' });
  for (const message of messages) expect(outcome.stderr).toMatch(message);
  expect(outcome.stderr).not.toMatch(/\n\s+at |our bug/);
  expect(existsSync(join(cwd, 'runs')) ? readdirSync(join(cwd, 'runs')) : []).toEqual([]);
}

beforeAll(() => write('family.fasta', randomFamily(40, 12)));
afterAll(folder.remove);

describe('what a person reads about bad input', () => {
  it('a missing file', async () => {
    expectRefused(
      await run('potts', 'infer', 'nowhere.fasta'),
      3,
      /cannot read nowhere\.fasta: there is no such file/,
    );
  });

  it('a folder instead of a file', async () => {
    expectRefused(await run('potts', 'infer', '.'), 3, /is a folder, not a file/);
  });

  it('an empty alignment', async () => {
    write('empty.fasta', '');
    write('blank.fasta', '\n\n  \n');
    expectRefused(await run('potts', 'infer', 'empty.fasta'), 3, /empty\.fasta is empty/);
    expectRefused(await run('potts', 'infer', 'blank.fasta'), 3, /the text is empty/);
  });

  it('ragged lengths, with the line', async () => {
    write('ragged.fasta', '>one\nACDEF\n>two\nACDEF\n>three\nACDE\n');
    expectRefused(await run('potts', 'infer', 'ragged.fasta'), 3, /three/, /line 6|line 5/, /4/, /5/);
  });

  it('unknown letters: which, and where', async () => {
    write('letters.fasta', '>one\nACDEF\n>two\nAC?EF\n>three\nACDEG\n');
    const outcome = await run(
      'potts',
      'infer',
      'letters.fasta',
      '--invalid',
      'error',
      '--alphabet',
      'protein',
    );
    expectRefused(outcome, 3, /"\?"/, /two/, /line 4/);
  });

  it('one sequence', async () => {
    write('one.fasta', '>one\nACDEF\n');
    expectRefused(
      await run('potts', 'infer', 'one.fasta', '--alphabet', 'protein'),
      3,
      /1 sequence|one sequence/i,
    );
  });

  it('a column of gaps only', async () => {
    write('gaps.fasta', '>one\nAC-EF\n>two\nAD-EF\n>three\nAC-EG\n');
    expectRefused(
      await run('potts', 'infer', 'gaps.fasta', '--alphabet', 'protein'),
      3,
      /column 3|gaps only/,
    );
  });

  it('an alphabet of one letter (q = 1)', async () => {
    const outcome = await run('potts', 'infer', 'family.fasta', '--alphabet', 'A');
    expectRefused(outcome, 2, /alphabet: needs at least 2 letters/);
  });

  it('NaN in the parameters of a model file', async () => {
    const couplings = new Float64Array(6 * 9);
    couplings[8] = Number.NaN;
    write(
      'nan.safetensors',
      encodeSafetensors(
        {
          fields: { shape: [4, 3], data: new Float64Array(12) },
          couplings: { shape: [6, 3, 3], data: couplings },
        },
        { format: 'spinformer-potts', version: '1', description: '{}' },
      ),
    );
    expectRefused(
      await run('potts', 'contacts', 'nan.safetensors'),
      3,
      /nan\.safetensors/,
      /couplings\[0, 1, 2, 2\] is NaN/,
    );
  });

  it('a model file that is something else', async () => {
    write('text.safetensors', 'this is no model');
    write('other.safetensors', encodeSafetensors({ weights: { shape: [2], data: new Float64Array(2) } }));
    expectRefused(await run('potts', 'contacts', 'text.safetensors'), 3, /text\.safetensors/);
    expectRefused(await run('potts', 'contacts', 'other.safetensors'), 3, /it holds weights/);
  });

  it('unknown flags, commands, values and experiments, with a suggestion', async () => {
    expectRefused(
      await run('potts', 'infer', 'family.fasta', '--couplng-penalty', '3'),
      2,
      /unknown option --couplng-penalty\. Did you mean --coupling-penalty\?/,
    );
    expectRefused(await run('pots', 'infer'), 2, /Did you mean spinformer potts\?/);
    expectRefused(await run('potts', 'contact'), 2, /Did you mean spinformer potts contacts\?/);
    expectRefused(
      await run('potts', 'infer', 'family.fasta', '--like', 'plm'),
      2,
      /--like must be one of plmc, ccmpred, gremlin, plmdca, adabmdca, got plm\. Did you mean plmc\?/,
    );
    expectRefused(await run('run', 'known-truht'), 2, /Did you mean known-truth\?/);
    expectRefused(await run('run', 'words', '--set', 'lenght=4'), 2, /Did you mean length\?/);
  });

  it('numbers out of range: --threads 0', async () => {
    expectRefused(
      await run('potts', 'infer', 'family.fasta', '--threads', '0'),
      2,
      /--threads must be a whole number from 1 to 64, got 0\./,
    );
    expectRefused(
      await run('potts', 'infer', 'family.fasta', '--coupling-penalty', '-1'),
      2,
      /--coupling-penalty must be a number, at least 0, got -1/,
    );
    expectRefused(
      await run('potts', 'infer', 'family.fasta', '--max-steps', 'many'),
      2,
      /--max-steps must be a whole number/,
    );
  });

  it('a folder below a file as output', async () => {
    const outcome = await run('potts', 'infer', 'family.fasta', '--out', 'family.fasta/run');
    expectRefused(
      outcome,
      5,
      /cannot write .*family\.fasta\/run: a part of this path is a file/,
      /--out DIR/,
    );
  });

  it('an output folder in a place where nobody may write', async () => {
    const outcome = await run('potts', 'infer', 'family.fasta', '--out', '/proc/spinformer-run');
    expectRefused(outcome, 5, /cannot write \/proc\/spinformer-run/);
  });

  it('an output folder that holds files', async () => {
    mkdirSync(join(cwd, 'used'));
    write('used/notes.txt', 'mine');
    const outcome = await run('potts', 'infer', 'family.fasta', '--out', 'used');
    expectRefused(outcome, 2, /--out used already holds files/);
    expect(readdirSync(join(cwd, 'used'))).toEqual(['notes.txt']);
  });

  it('a configuration of another command', async () => {
    write('config.json', JSON.stringify({ schema: 1, command: 'attention train', options: {} }));
    expectRefused(
      await run('potts', 'infer', 'family.fasta', '--config', 'config.json'),
      2,
      /belongs to spinformer attention train/,
    );
  });
});

describe('a run that exists', () => {
  const path = join(cwd, 'existing');

  it('is not overwritten, not resumed when done, and shown', async () => {
    const made = await run('potts', 'infer', 'family.fasta', '--out', 'existing', '--json');
    expect(made.code, made.stderr).toBe(0);
    const before = readFileSync(join(path, 'run.json'), 'utf8');
    const again = await run('potts', 'infer', 'family.fasta', '--out', 'existing');
    expect(again).toMatchObject({ code: 2, stdout: '' });
    expect(again.stderr).toMatch(/already holds a run\. Continue it with spinformer runs resume existing/);
    const resumed = await run('runs', 'resume', 'existing');
    expect(resumed).toMatchObject({ code: 2 });
    expect(resumed.stderr).toMatch(/is done, there is nothing to resume/);
    expect(readFileSync(join(path, 'run.json'), 'utf8')).toBe(before);
  });
});

describe('a checkpoint', () => {
  const steps = [
    'attention',
    'train',
    '--generate',
    'set-a',
    '--samples',
    '300',
    '--optimizer',
    'adam',
    '--steps',
    '1000000',
  ];
  const checkpoints = () => join(cwd, 'stopped', 'checkpoints');
  const newest = () =>
    join(
      checkpoints(),
      readdirSync(checkpoints())
        .filter((name) => name.startsWith('step-'))
        .sort()
        .at(-1) as string,
    );

  beforeAll(async () => {
    const outcome = await cli([...steps, '--out', 'stopped'], {
      cwd,
      meanwhile: async (child) => {
        await until(() => existsSync(join(cwd, 'stopped', 'metrics.jsonl')));
        child.kill('SIGINT');
      },
    });
    expect(outcome.code, outcome.stderr).toBe(130);
    expect(outcome.stderr).toMatch(/runs resume stopped/);
  });

  it('that is corrupt is refused', async () => {
    const bytes = readFileSync(newest());
    const damaged = Uint8Array.from(bytes);
    damaged[damaged.length - 5] ^= 1;
    writeFileSync(newest(), damaged);
    const outcome = await run('runs', 'resume', 'stopped');
    expect(outcome).toMatchObject({ code: 3, stdout: '' });
    expect(outcome.stderr).toMatch(/checkpoint .*stopped\/checkpoints\/step-\d+\.safetensors cannot be read/);
    writeFileSync(newest(), bytes);
  });

  it('that belongs to another run, or to another program, is refused', async () => {
    const bytes = readFileSync(newest());
    writeFileSync(
      newest(),
      encodeCheckpoint({
        kind: 'spinformer-run',
        schema: 1,
        digest: '0000',
        step: 1,
        seconds: 1,
        state: null,
      }),
    );
    const other = await run('runs', 'resume', 'stopped');
    expect(other).toMatchObject({ code: 3, stdout: '' });
    expect(other.stderr).toMatch(/belongs to a run with another configuration/);
    writeFileSync(newest(), encodeCheckpoint({ hello: 'world' }));
    const foreign = await run('runs', 'resume', 'stopped');
    expect(foreign).toMatchObject({ code: 3, stdout: '' });
    expect(foreign.stderr).toMatch(/is not one of a spinformer run/);
    writeFileSync(newest(), bytes);
  });
});

const small = join(cwd, 'small-disk');
const mounted = mountSmallDisk();

function mountSmallDisk(): boolean {
  mkdirSync(small);
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]).status === 0;
}

describe('a full disk', () => {
  afterAll(() => {
    if (mounted) spawnSync('umount', [small]);
  });

  it.skipIf(!mounted)(
    `says so, with code 5, and leaves no half-written file${mounted ? '' : ' (skipped: no right to mount a small disk here)'}`,
    async () => {
      const outcome = await run('potts', 'infer', 'family.fasta', '--out', 'small-disk/run');
      expect(outcome).toMatchObject({ code: 5, stdout: '' });
      expect(outcome.stderr).toMatch(/cannot write .*small-disk\/run\/.*: the disk is full/);
      expect(outcome.stderr).not.toMatch(/our bug/);
      const left = existsSync(join(small, 'run')) ? readdirSync(join(small, 'run'), { recursive: true }) : [];
      expect(left.filter((name) => String(name).endsWith('.tmp'))).toEqual([]);
      expect(left.filter((name) => String(name).endsWith('model.safetensors'))).toEqual([]);
    },
  );
});
