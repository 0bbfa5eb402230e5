import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../..', import.meta.url));
const family = fileURLToPath(new URL('../../../../shared/data/dhfr', import.meta.url));
const why = existsSync(family) ? '' : ' (skipped: ../shared/data/dhfr is not here)';

function run(script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' });
}

it('attention-is-potts.mjs: attention and pseudo-likelihood agree', () => {
  const said = run('attention-is-potts.mjs');
  expect(said).toMatch(/^attention +converged/m);
  expect(said).toMatch(/^pseudo-likelihood +converged/m);
  expect(said).toMatch(/one from the other +less than 0\.1 %/);
});

it.skipIf(why !== '')(`family-contacts.mjs: contacts of a real family${why}`, () => {
  const said = run('family-contacts.mjs', `${family}/DHFR.a2m`, 'DYR_ECOLI', `${family}/1RX2.pdb`);
  expect(said).toContain('3616 sequences, worth 1568.1');
  expect(said).toMatch(/L\/5, L\/2, L: 0\.8\d, 0\.8\d, 0\.7\d/);
});

const pdz = fileURLToPath(new URL('../../../../shared/data/pf00595', import.meta.url));
const whyPdz = existsSync(pdz) ? '' : ' (skipped: ../shared/data/pf00595 is not here)';

it.skipIf(whyPdz !== '')(`mutation-scan.mjs: couplings predict better than sites alone${whyPdz}`, () => {
  const said = run(
    'mutation-scan.mjs',
    ...[`${pdz}/PF00595_mgap6.fasta.gz`, `${pdz}/DLG4_RAT_Ranganathan2012.csv`, 'CRIPT'],
  );
  expect(said).toMatch(/couplings +Spearman 0\.5[2-9]\d over 1560 mutants/);
  expect(said).toMatch(/sites alone +Spearman 0\.4[0-3]\d/);
});

it('generate-and-check.mjs: generated sequences have the correlations of the data', () => {
  const said = run('generate-and-check.mjs');
  expect(said).toMatch(/^learned +converged/m);
  expect(said).toMatch(/^twoSiteConnected +Pearson 0\.9[5-9]/m);
});

/** No seed is chosen for it: at most so many standard errors between cluster updates and Onsager. */
const STANDARD_ERRORS = 4;

it('ising-onsager.mjs: clusters find the exact energies', () => {
  const lines = [...run('ising-onsager.mjs').matchAll(/E = (-0\.(\d+))\((\d+)\) {2}Onsager (-[\d.]+)/g)];
  expect(lines).toHaveLength(4);
  for (const [, mean, digits, error, exact] of lines)
    expect(Math.abs(Number(mean) - Number(exact))).toBeLessThan(
      STANDARD_ERRORS * Number(error) * 10 ** -digits.length,
    );
});

it('frustrated-magnet.mjs: the transformer comes within half a percent of the exact energy, from above', () => {
  const said = run('frustrated-magnet.mjs');
  const [, energy, exact] = /transformer (\S+) +exact (\S+)/.exec(said) ?? [];
  expect(Number(exact)).toBeCloseTo(-0.52862, 5);
  expect(Number(energy)).toBeGreaterThan(Number(exact));
  expect(Number(energy)).toBeLessThan(0.995 * Number(exact));
});
