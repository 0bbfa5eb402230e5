import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFamily } from '../support/families.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { inside } from '../support/run-inside.ts';

const folder = temporaryFolder();
const cwd = folder.path;

beforeAll(() => writeFileSync(join(cwd, 'family.fasta'), randomFamily(300, 24)));
afterAll(folder.remove);

/** Runs a command once undisturbed and once with an interrupt, resumed. */
async function twice(words: string, name: string): Promise<void> {
  const whole = await inside([...words.split(' '), '--out', `${name}-whole`, '--quiet'], { cwd });
  expect(whole.code, whole.stderr).toBe(0);
  const stopped = join(cwd, `${name}-stopped`);
  const interrupted = await inside([...words.split(' '), '--out', `${name}-stopped`, '--quiet'], {
    cwd,
    interruptWhen: () => existsSync(join(stopped, 'run.json')),
  });
  expect(interrupted.code, interrupted.stderr).toBe(130);
  expect(JSON.parse(readFileSync(join(stopped, 'run.json'), 'utf8')).status).toBe('interrupted');
  const resumed = await inside(['runs', 'resume', `${name}-stopped`, '--quiet'], { cwd });
  expect(resumed.code, resumed.stderr).toBe(0);
}

function expectSame(name: string, files: readonly string[]): void {
  for (const file of [...files, 'metrics.jsonl', 'config.json']) {
    const [expected, actual] = ['whole', 'stopped'].map((kind) =>
      readFileSync(join(cwd, `${name}-${kind}`, file)),
    );
    expect(actual.equals(expected), file).toBe(true);
  }
}

describe('a run that was interrupted and resumed is the run that was never stopped, byte by byte', () => {
  it('potts infer --method boltzmann', async () => {
    const words = 'potts infer family.fasta --method boltzmann --chains 200 --target 0.999 --max-steps 30';
    await twice(words, 'boltzmann');
    expectSame('boltzmann', ['artifacts/model.safetensors']);
  });

  it('potts sample --lattice', async () => {
    await twice('potts sample --lattice 24x24 --states 3 --samples 1600 --every 4', 'lattice');
    expectSame('lattice', ['artifacts/configurations.npz', 'artifacts/lattice-energies.csv']);
  });

  it('potts sample --lattice --temper', async () => {
    await twice('potts sample --lattice 16x16 --temper 0.8,1,1.2 --samples 800 --every 4', 'tempered');
    expectSame('tempered', ['artifacts/configurations.npz', 'artifacts/lattice-energy.csv']);
  });

  it('potts entropy --method ais', async () => {
    const { code, stderr } = await inside(
      'potts infer family.fasta --method mean-field --out model --quiet'.split(' '),
      { cwd },
    );
    expect(code, stderr).toBe(0);
    await twice('potts entropy model --method ais --chains 100 --steps 400', 'entropy');
    expectSame('entropy', ['artifacts/entropy.json']);
  });
});
