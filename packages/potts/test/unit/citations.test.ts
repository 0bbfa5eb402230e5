import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { citations } from '../../src/citations.ts';

it('every key stands in CITATIONS.bib', () => {
  const bibliography = readFileSync(new URL('../../../../CITATIONS.bib', import.meta.url), 'utf8');
  for (const key of citations()) expect(bibliography).toContain(`{${key},`);
  expect(citations(['contacts', 'pseudolikelihood'])).toEqual([
    'dunn2008apc',
    'ekeberg2013plmdca',
    'besag1975',
    'aurell2012',
  ]);
});
