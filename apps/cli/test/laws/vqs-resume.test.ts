import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli, temporaryFolder, until } from '../support/run-cli.ts';
import { inside } from '../support/run-inside.ts';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);

const SMALL = 'vqs optimize --lattice chain --size 8 --j2 0.5 --seed 5 --width 8 --heads 2 --layers 1 -q';
const SAMPLED = `${SMALL} --samples 64 --chains 16 --steps 120`;
const SUMMED = `${SMALL} --steps 2`;

const run = async (words: string) => {
  const outcome = await inside(words.split(' '), { cwd });
  expect(outcome.code, outcome.stderr).toBe(0);
  return outcome;
};
const read = (...path: string[]) => readFileSync(join(cwd, ...path));
const record = (name: string) => JSON.parse(read(name, 'run.json').toString());
const lines = (name: string) => read(name, 'metrics.jsonl').toString().split('\n').length;

function expectSame(whole: string, parts: string, names: readonly string[]): void {
  for (const name of names) {
    if (name.endsWith('.jsonl')) expect(read(parts, name).toString()).toBe(read(whole, name).toString());
    else expect(read(parts, name).equals(read(whole, name)), name).toBe(true);
  }
}

describe('an optimisation that was stopped and resumed is the one that was never stopped, byte by byte', () => {
  it('after Ctrl-C, and after kill -9 while it was resumed', async () => {
    await run(`${SAMPLED} --out whole`);
    const metrics = join(cwd, 'parts', 'metrics.jsonl');
    const stopped = await inside(`${SAMPLED} --out parts`.split(' '), {
      cwd,
      interruptWhen: () => existsSync(metrics),
    });
    expect(stopped.code, stopped.stderr).toBe(130);
    const before = lines('parts');
    const killed = await cli(['runs', 'resume', 'parts'], {
      cwd,
      meanwhile: async (child) => {
        await until(() => lines('parts') > before || child.exitCode !== null);
        child.kill('SIGKILL');
      },
    });
    expect(killed.code, killed.stderr).toBe(null);
    expect(record('parts').status).toBe('running');
    await run('runs resume parts -q');
    expect(record('parts').status).toBe('done');
    expectSame('whole', 'parts', [
      ...['artifacts/wave-function.safetensors', 'artifacts/optimization-energy.csv'],
      ...['metrics.jsonl', 'config.json'],
    ]);
  }, 120_000);

  it('after its --time was over, again and again', async () => {
    await run(`${SUMMED} --out summed`);
    const first = await run(`${SUMMED} --time 0.001s --out timed`);
    expect(first.stderr).toMatch(/The time of --time 0\.001s is over\. Go on with \S+ runs resume timed/);
    expect(record('timed').status).toBe('interrupted');
    expect(existsSync(join(cwd, 'timed', 'artifacts', 'report.html'))).toBe(true);
    await run('runs resume timed -q');
    expect(JSON.parse(read('timed', 'summary.json').toString())).toMatchObject({
      ...{ steps: 1, status: 'step-limit' },
    });
    await run('runs resume timed -q');
    expect(record('timed').status).toBe('done');
    expectSame('summed', 'timed', ['artifacts/wave-function.safetensors', 'metrics.jsonl']);
  }, 60_000);
});
