import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/run-cli.ts';
import { inside } from '../support/run-inside.ts';

const folder = temporaryFolder();
const cwd = folder.path;
afterAll(folder.remove);

async function json(words: string): Promise<Record<string, never>> {
  const { code, stdout, stderr } = await inside([...words.split(' '), '--json', '-q'], { cwd });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Rounding of an energy that Lanczos found to 1e-11 of |H|. */
const EXACT = 10;
/** Energies of a full sum with parameters in float32, at a state whose energy is second order in its error. */
const CONVERGED = 1e-4;

describe('vqs exact', () => {
  it('4x4 at J2 = 0.5: the energy of the literature, correlations and the Marshall sign', async () => {
    const answer = await json('vqs exact --lattice square --size 4x4 --j2 0.5');
    expect(Object.keys(answer)).toEqual([
      ...['schema', 'energyPerSite', 'energies', 'dimension', 'correlations', 'marshallSign', 'seconds'],
    ]);
    expect(answer.energyPerSite).toBeCloseTo(-0.52862020946218, EXACT);
    expect(answer.dimension).toBe(12870);
    expect(answer.marshallSign).toBeCloseTo(0.97453806, 8);
    expect(answer.correlations[1]).toMatchObject({ dx: 1, dy: 0 });
  });

  it('the sector of all symmetries holds the ground state', async () => {
    const sector = '--momentum 0 --spin-flip even --point-group';
    const answer = await json(`vqs exact --lattice chain --size 12 --j2 0.5 ${sector}`);
    expect(answer.energyPerSite).toBeCloseTo(-0.375, EXACT);
    expect(Number(answer.dimension)).toBeLessThan(100);
  });

  it('dimers of Shastry-Sutherland, triangles without a Marshall sign, an open XXZ chain with a sign rule', async () => {
    const dimers = await json('vqs exact --lattice shastry-sutherland --size 4x4 --j1 0.5 --j2 1');
    expect(dimers.energyPerSite).toBeCloseTo(-0.375, EXACT);
    const triangle = await json('vqs exact --lattice triangular --size 3x4');
    expect(triangle).not.toHaveProperty('marshallSign');
    // Two sites: J(SˣSˣ + SʸSʸ + Δ SᶻSᶻ) has −½ − Δ/4 and ½ − Δ/4.
    const pair = 'vqs exact --lattice chain --size 2 --open --anisotropy 2 --sign-rule marshall --states 2';
    const { energies } = await json(pair);
    expect(energies[0]).toBeCloseTo(-1, EXACT);
    expect(energies[1]).toBeCloseTo(0, EXACT);
  });

  it('tells people the units', async () => {
    const { stdout } = await inside('vqs exact --lattice chain --size 8 --j2 0.5 -q'.split(' '), { cwd });
    expect(stdout).toMatch(/energy per site +-0\.375000000000 +S·S units/);
    expect(stdout).toMatch(/-1\.500000000000 +in Pauli matrices, as NetKet/);
  });
});

describe('vqs optimize and vqs measure', () => {
  const run = 'vqs optimize --lattice chain --size 8 --j2 0.2 --seed 1 --width 8 --heads 2 --layers 1';
  let first: Record<string, never>;

  beforeAll(async () => {
    first = await json(`${run} --steps 60 --out first`);
  }, 60_000);

  it('reaches the exact energy and says how far it is', () => {
    expect(Object.keys(first)).toEqual([
      ...['schema', 'run', 'energyPerSite', 'exactEnergyPerSite', 'relativeError', 'vScore', 'parameters'],
      ...['steps', 'seconds', 'status'],
    ]);
    expect(Number(first.relativeError)).toBeLessThan(CONVERGED);
    expect(first.energyPerSite).toMatchObject({ standardError: 0 });
    const artifacts = [
      ...[
        'wave-function.safetensors',
        'report.html',
        'optimization-energy.png',
        'optimization-attention.csv',
      ],
      ...['optimization-relative-error.svg', 'optimization-structure-factor.png'],
    ];
    for (const name of artifacts) expect(existsSync(join(cwd, 'first/artifacts', name)), name).toBe(true);
    expect(readFileSync(join(cwd, 'first/CITE.bib'), 'utf8')).not.toMatch(/not in this version/);
  });

  it('measures what was optimised: the energy of the run, the exact state, sum rules', async () => {
    const observables = '--observables energy,structure-factor,correlations,dimers,marshall,renyi';
    const found = await json(`vqs measure first ${observables} --with exact`);
    expect(found.energyPerSite).toEqual(first.energyPerSite);
    const { mean } = found.fidelity as { mean: number };
    expect(mean).toBeGreaterThan(0.999);
    const factors = found.structureFactor as { value: number }[];
    // Σ_k S(k) = ¾ · sites.
    expect(factors.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(6, 8);
    const dimers = found.dimers as { mean: number }[];
    expect(dimers).toHaveLength(8);
    expect(found.files).toHaveLength(6);
  }, 60_000);

  it('samples agree with the full sum within their errors', async () => {
    const { energyPerSite } = await json('vqs measure first --observables energy --samples 1024 --seed 3');
    const { mean, standardError } = energyPerSite as { mean: number; standardError: number };
    const { mean: exact } = first.energyPerSite as { mean: number };
    expect(Math.abs(mean - exact)).toBeLessThan(5 * standardError + 1e-12);
  }, 60_000);

  it('goes on at another coupling with only the head moving', async () => {
    const second = await json('vqs optimize --start first --j2 0.3 --train-only head --steps 5 --out second');
    const { options } = JSON.parse(readFileSync(join(cwd, 'second/config.json'), 'utf8'));
    expect(options).toMatchObject({ lattice: 'chain', size: '8', width: 8, j2: 0.3, trainOnly: 'head' });
    expect(second.parameters).toBe(first.parameters);
    const [before, after] = ['first', 'second'].map((name) =>
      readFileSync(join(cwd, name, 'artifacts/optimization-attention.csv'), 'utf8'),
    );
    expect(after).toBe(before);
  }, 60_000);

  it('projects on symmetries, by sampling, and measures the projected state', async () => {
    const words = `${run} --symmetries translations,point-group,spin-flip --samples 64 --steps 4 --patch 2 --out projected`;
    const { vScore } = await json(words);
    expect(Number(vScore)).toBeGreaterThan(0);
    const { energyPerSite } = await json('vqs measure projected --observables energy --samples all');
    expect((energyPerSite as { mean: number }).mean).toBeLessThan(0);
  }, 60_000);
});
