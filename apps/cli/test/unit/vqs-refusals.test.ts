import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/run-cli.ts';
import { inside } from '../support/run-inside.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const run = (words: string) => inside(words.split(' '), { cwd });
const CHAIN = 'vqs optimize --lattice chain --size 4 --steps 0 --width 4 --heads 2 --layers 1';

beforeAll(async () => {
  const { code, stderr } = await run(`${CHAIN} --out state -q`);
  expect(code, stderr).toBe(0);
  const file = readFileSync(join(cwd, 'state/artifacts/wave-function.safetensors'));
  mkdirSync(join(cwd, 'damaged/artifacts'), { recursive: true });
  for (const name of ['run.json', 'config.json'])
    writeFileSync(join(cwd, 'damaged', name), readFileSync(join(cwd, 'state', name)));
  writeFileSync(join(cwd, 'damaged/artifacts/wave-function.safetensors'), file.subarray(0, 200));
  mkdirSync(join(cwd, 'unfinished'));
  for (const name of ['run.json', 'config.json'])
    writeFileSync(join(cwd, 'unfinished', name), readFileSync(join(cwd, 'state', name)));
}, 60_000);
afterAll(folder.remove);

const EXACT = 'vqs exact --lattice square --size 4x4';

describe('models that cannot be are refused with code 2, naming option, value and remedy', () => {
  it.each([
    ['vqs exact --size 4x4', /--lattice is missing\. Give --lattice chain, square/],
    ['vqs exact --lattice square', /--size is missing\. Give --size 4x4/],
    ['vqs exact --lattice kagome --size 4x4', /--lattice must be one of chain, .*got kagome/],
    ['vqs exact --lattice square --size 16', /--size must be height and width .*such as 4x4, got "16"/],
    ['vqs exact --lattice chain --size 4x4', /--size must be the sites of the chain, such as 16, got "4x4"/],
    [
      'vqs exact --lattice chain --size 9',
      /--size 9 has an odd number of sites, 9, and no sector of --total-sz 0\. Give an even number of sites, or --total-sz 0\.5/,
    ],
    [
      'vqs exact --lattice square --size 2x4',
      /--size 2x4: .*would be counted twice\. Use more sites along the edge, --j2 0, or --open/,
    ],
    ['vqs exact --lattice chain --size 4 --j2 0.5', /--size 4: .*counted twice\. Use more sites, --j2 0/],
    ['vqs exact --lattice shastry-sutherland --size 5x4', /--size 5x4: .*extents must be even, got 5x4/],
    [`${EXACT} --j2 half`, /--j2 must be a number, got half/],
    [`${EXACT} --j1 NaN`, /--j1 must be a number, got NaN/],
    [`${EXACT} --total-sz 9`, /--total-sz must be a whole number from -8 to 8 on 16 sites, got 9/],
    [`${EXACT} --momentum 1`, /--momentum must be two whole numbers KY,KX .*got "1"/],
    [`${EXACT} --spin-flip even --total-sz 1`, /--spin-flip even needs --total-sz 0, got --total-sz 1/],
    [
      'vqs exact --lattice triangular --size 4x4 --sign-rule marshall',
      /needs two sublattices.*Use none, stripe/,
    ],
    ['vqs exact --lattice square --size 64x64', /--size 64x64 is too large.*Take fewer sites/],
    [`${EXACT} --memory lots`, /--memory must be a size such as 512M or 2G, got "lots"/],
    [
      `${EXACT} --memory 1M`,
      /--size 4x4 \(12,870 configurations\) needs at least 2 MiB .*--memory allows 1M.*raise --memory/,
    ],
  ])('%s', async (words, message) => {
    const { code, stdout, stderr } = await run(words);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
  });

  it('a sector that this machine cannot hold is refused with code 5 and the memory that it needs', async () => {
    const { code, stderr } = await run('vqs exact --lattice square --size 6x6');
    expect(stderr).toMatch(/needs about 946\.61 GiB of memory.*--size 6x6 \(9,075,135,300 configurations\)/);
    expect(code).toBe(5);
  });
});

const OPTIMIZE = 'vqs optimize --lattice square --size 4x4 --out none';

describe('optimisations that cannot be are refused, and nothing is written', () => {
  it.each([
    [`${OPTIMIZE} --patch 3`, /--patch: 3 does not divide the lattice's extent 4\. Take one of 1, 2, 4/],
    [`${OPTIMIZE} --width 10 --heads 4`, /--heads: 4 do not divide the width 10\. Take one of 1, 2, 5, 10/],
    [`${OPTIMIZE} --attention linear`, /--attention must be one of factored, /],
    [`${OPTIMIZE} --samples some`, /--samples must be a whole number, at least 4 or all, got some/],
    [`${OPTIMIZE} --samples 100 --chains 30`, /--chains: 100 samples do not divide into 30 chains/],
    [`${OPTIMIZE} --time soon`, /--time must be a time such as 90s, 5m or 1h30m, got "soon"/],
    [`${OPTIMIZE} --symmetries translation`, /got "translation"\. Did you mean translations\?/],
    [`${OPTIMIZE} --symmetries spin-flip --total-sz 1`, /--symmetries spin-flip needs --total-sz 0/],
    [
      `${OPTIMIZE} --momentum 0,2`,
      /--momentum 0,2 is that of --symmetries translations, got --symmetries none/,
    ],
    [`${OPTIMIZE} --train-only head`, /--train-only head .*Give it with --start RUN/],
    ['vqs optimize --start state --sign-rule stripe --out none', /--sign-rule stripe: .*made with none/],
    ['vqs optimize --start state --train-only tail --out none', /tail/],
    [
      'vqs optimize --lattice square --size 6x6 --samples all --out none',
      /--samples: 'all' would sum 9\.08e\+9/,
    ],
    ['vqs measure state --observables enery', /got "enery"\. Did you mean energy\?/],
    ['vqs measure state --observables fidelity', /fidelity needs another state\. Give it with --with RUN2/],
    ['vqs measure state --observables renyi --region 0,9', /--region must list different sites of 0 … 3/],
  ])('%s', async (words, message) => {
    const { code, stdout, stderr } = await run(words);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(readdirSync(cwd)).not.toContain('none');
  });

  it.each([
    [
      'vqs optimize --start state --width 8 --heads 1 --out none',
      /--start state is a wave function of another architecture than --width 8 \(it has 4\), --heads 1 \(it has 2\)\. Leave these out/,
    ],
    ['vqs optimize --start state --size 6 --out none', /another architecture than --size 6 \(it has 4\)/],
    ['vqs optimize --start damaged --out none', /wave function .*damaged cannot be read/],
    ['vqs optimize --start unfinished --out none', /unfinished has no wave function yet.*runs resume/],
    ['vqs measure nothing', /there is no run nothing/],
  ])('%s: code 3', async (words, message) => {
    const { code, stderr } = await run(words);
    expect(stderr).toMatch(message);
    expect(code).toBe(3);
    expect(readdirSync(cwd)).not.toContain('none');
  });
});
