import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bayesOptimalProblem, citations, isingProblem } from '../../src/index.ts';

const bibliography = readFileSync(new URL('../../../../CITATIONS.bib', import.meta.url), 'utf8');

it('every key is in CITATIONS.bib', () => {
  const options = { load: 1, teacherVariance: 1, scenario: 'tilted' } as const;
  const keys = [
    ...citations(),
    ...isingProblem({ ...options, ridge: 1 }).citations,
    ...bayesOptimalProblem(options).citations,
  ];
  for (const key of keys) expect(bibliography).toContain(`{${key},`);
});

it('names the methods that were used', () => {
  expect(citations('isingProblem')).toEqual(['rende2024mapping', 'bachschmid2017']);
});
