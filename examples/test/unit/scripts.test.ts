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
