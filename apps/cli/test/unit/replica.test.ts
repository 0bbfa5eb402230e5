import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli, temporaryFolder } from '../support/run-cli.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const run = (...words: string[]) => cli(words, { cwd });
const solve = (...words: string[]) => run('replica', 'solve', ...words);

afterAll(folder.remove);

describe('replica solve', () => {
  it('prints the numbers under the names of the contract', async () => {
    const words = '--problem ising --scenario tilted --alpha 4 --lambda 1 --rho 1 --json'.split(' ');
    const { code, stdout } = await solve(...words);
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ schema: 1, status: 'converged' });
    // The published state of this point, to its seven digits.
    const wanted = { m: 0.6422279, q: 0.5823939, v: 0.3560911, freeEnergy: 1.46601 };
    for (const [name, value] of Object.entries(wanted)) expect(result[name]).toBeCloseTo(value, 6);
    for (const name of ['trainingLoss', 'generalizationLoss', 'reconstructionError', 'seconds'])
      expect(result[name]).toBeTypeOf('number');
  });

  it('takes the covariance of a dense model, and a matrix of colours from JSON or CSV', async () => {
    const correlated = await solve('--covariance', 'sk', '--beta', '0.5', '--json');
    expect(JSON.parse(correlated.stdout).generalizationLoss).toBeCloseTo(0.6609, 4);
    writeFileSync(join(cwd, 'u.csv'), '1,0,0\n0,1,0\n0,0,1\n');
    writeFileSync(join(cwd, 'u.json'), '[[1,0,0],[0,1,0],[0,0,1]]');
    const losses = await Promise.all(
      ['identity', 'u.csv', 'u.json'].map(async (matrix) => {
        const words = [
          '--problem',
          'potts',
          '--colours',
          '3',
          '--rho',
          '4',
          '--colour-matrix',
          matrix,
          '--json',
        ];
        return JSON.parse((await solve(...words)).stdout).generalizationLoss;
      }),
    );
    for (const loss of losses) expect(loss).toBeCloseTo(losses[0], 12);
  });

  it('leaves with code 4 under --strict when the saddle point is not reached, and says what to do', async () => {
    const loose = await solve('--iterations', '2', '--json');
    expect(loose.code).toBe(0);
    expect(JSON.parse(loose.stdout)).toMatchObject({ status: 'step-limit' });
    const strict = await solve('--iterations', '2', '--json', '--strict');
    expect(strict.code).toBe(4);
    expect(strict.stderr).toMatch(/step-limit: .*Raise --iterations/);
  });

  it.each([
    [['--lambda', '-1'], /--lambda must be a number above 0, got -1/],
    [['--lambda', '0'], /--lambda must be a number above 0, got 0/],
    [['--alpha', '-2'], /--alpha must be a number, at least 0, got -2/],
    [['--covariance', 'sk'], /--covariance sk needs the strength of the couplings: add --beta/],
    [['--beta', '1'], /--beta must be a number from 0 to 0\.999, got 1/],
    [['--colour-matrix', 'u.csv'], /belongs to --problem potts/],
    [['--problem', 'potts', '--colours', '1'], /--colours must be a whole number from 2 to 256/],
  ])('refuses %j', async (words, message) => {
    const outcome = await solve(...words);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });

  it('refuses a matrix of the wrong size or with words in it, and one that is not there', async () => {
    writeFileSync(join(cwd, 'four.csv'), '1,0\n0,x\n');
    for (const [file, message] of [
      ['four.csv', /must hold 3 rows of 3 numbers.*It has 2 rows of 2 entries/],
      ['nowhere.csv', /cannot read the colour matrix nowhere\.csv/],
    ] as const) {
      const outcome = await solve('--problem', 'potts', '--colours', '3', '--colour-matrix', file);
      expect(outcome).toMatchObject({ code: 3, stdout: '' });
      expect(outcome.stderr).toMatch(message);
    }
  });
});

describe('replica curve', () => {
  it('keeps figures and tables in a run directory', async () => {
    const words = ['--alphas', '1,4', '--lambdas', '0.1,1', '--out', 'curve', '--json'];
    const { code, stdout } = await run('replica', 'curve', ...words);
    expect(code).toBe(0);
    const { points, unsolved } = JSON.parse(stdout);
    expect(unsolved).toBe(0);
    expect(points.map((point: { load: number; ridge: number }) => [point.load, point.ridge])).toEqual([
      [1, 0.1],
      [4, 0.1],
      [1, 1],
      [4, 1],
    ]);
    // The specification's table: test losses .6141, .5654, .5183, .4305.
    const losses = points.map((point: { generalizationLoss: number }) => point.generalizationLoss.toFixed(4));
    expect(losses).toEqual(['0.6141', '0.5654', '0.5183', '0.4305']);
    for (const file of ['generalization-loss.png', 'generalization-loss.csv', 'reconstruction-error.json'])
      expect(existsSync(join(cwd, 'curve', 'artifacts', `curve-${file}`)), file).toBe(true);
    expect(readFileSync(join(cwd, 'curve', 'CITE.bib'), 'utf8')).toMatch(/rende2024mapping/);
  });

  it.each([
    [['--alphas', '1,-2'], /--alphas must list numbers at least 0 with commas between, got "-2"/],
    [['--lambdas', '1,,2'], /--lambdas must list numbers above 0 with commas between, got ""/],
  ])('refuses %j', async (words, message) => {
    const outcome = await run('replica', 'curve', ...words);
    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(message);
  });
});
