import { readFileSync } from 'node:fs';
import { citations } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';

describe('citations', () => {
  it('names each key once', () => {
    expect(citations('gaussHermite', 'gaussLegendre')).toEqual(['golub1969']);
    expect(new Set(citations()).size).toBe(citations().length);
  });

  it('are all in CITATIONS.bib', () => {
    const bib = readFileSync(new URL('../../../../CITATIONS.bib', import.meta.url), 'utf8');
    const keys = new Set(Array.from(bib.matchAll(/^@\w+\{(\w+),/gm), (match) => match[1]));
    expect(citations().filter((key) => !keys.has(key))).toEqual([]);
  });
});
