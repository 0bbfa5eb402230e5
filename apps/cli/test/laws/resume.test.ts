import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFamily } from '../support/families.ts';
import { cli, temporaryFolder, until } from '../support/run-cli.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const TRAINING = [
  'attention',
  'train',
  '--generate',
  'set-a',
  '--samples',
  '300',
  '--optimizer',
  'adam',
  '--steps',
  '600',
  '--seed',
  '5',
];
const INFERENCE = [
  'potts',
  'infer',
  'family.fasta',
  '--coupling-penalty',
  '0.01',
  '--tolerance',
  '1e-9',
  '--max-steps',
  '200',
];
const EXPERIMENT = [
  ...['run', 'known-truth', '--set', 'sites=8', '--set', 'states=5', '--set', 'trainSamples=400'],
  ...['--set', 'testSamples=300', '--set', 'sampleSizes=[200,400]'],
];

beforeAll(() => writeFileSync(join(cwd, 'family.fasta'), randomFamily(200, 50)));
afterAll(folder.remove);

/** Runs a command once undisturbed and once with an interrupt, resumed; both folders. */
async function twice(words: readonly string[], name: string): Promise<readonly [string, string]> {
  const whole = await cli([...words, '--out', `${name}-whole`], { cwd });
  expect(whole.code, whole.stderr).toBe(0);
  const stopped = join(cwd, `${name}-stopped`);
  const interrupted = await cli([...words, '--out', `${name}-stopped`], {
    cwd,
    meanwhile: async (child) => {
      await until(() => existsSync(join(stopped, 'metrics.jsonl')));
      child.kill('SIGINT');
    },
  });
  expect(interrupted.code, interrupted.stderr).toBe(130);
  expect(interrupted.stderr).toMatch(
    new RegExp(`is saved\\. Go on with:\\n {2}spinformer runs resume ${name}-stopped`),
  );
  expect(JSON.parse(readFileSync(join(stopped, 'run.json'), 'utf8')).status).toBe('interrupted');
  expect(existsSync(join(stopped, 'summary.json'))).toBe(false);
  const resumed = await cli(['runs', 'resume', `${name}-stopped`], { cwd });
  expect(resumed.code, resumed.stderr).toBe(0);
  return [join(cwd, `${name}-whole`), stopped];
}

function expectSame(folders: readonly [string, string], names: readonly string[]): void {
  const [whole, stopped] = folders;
  for (const name of names) {
    const [expected, actual] = [whole, stopped].map((path) => readFileSync(join(path, name)));
    // Text is compared as text, so that a failure shows the line.
    if (name.endsWith('.jsonl')) expect(actual.toString()).toBe(expected.toString());
    else expect(actual.equals(expected), name).toBe(true);
  }
}

describe('a run that was interrupted and resumed is the run that was never stopped, byte by byte', () => {
  it('attention train', async () => {
    expectSame(await twice(TRAINING, 'training'), [
      'artifacts/parameters.safetensors',
      'metrics.jsonl',
      'config.json',
    ]);
  });

  it('potts infer', async () => {
    expectSame(await twice(INFERENCE, 'inference'), [
      'artifacts/model.safetensors',
      'metrics.jsonl',
      'config.json',
    ]);
  });

  it('run known-truth', async () => {
    const folders = await twice(EXPERIMENT, 'experiment');
    expectSame(folders, ['artifacts/known-truth.json', 'metrics.jsonl', 'config.json']);
  });

  it('a changed input is refused', async () => {
    const stopped = join(cwd, 'changed');
    const { code } = await cli([...INFERENCE, '--out', 'changed'], {
      cwd,
      meanwhile: async (child) => {
        await until(() => existsSync(join(stopped, 'metrics.jsonl')));
        child.kill('SIGTERM');
      },
    });
    expect(code).toBe(130);
    writeFileSync(join(cwd, 'family.fasta'), randomFamily(200, 50, 8));
    const outcome = await cli(['runs', 'resume', 'changed'], { cwd });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(/family\.fasta has changed since the run began/);
  });
});
