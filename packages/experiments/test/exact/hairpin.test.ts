import { seededRng } from '@spinformer/numerics';
import { cpu, useBackend } from '@spinformer/tensor';
import { expect, it } from 'vitest';
import { type FamilyResult, family, resolveConfig } from '../../src/index.ts';

it('finds the base pairs of the synthetic family, by couplings and by attention', async () => {
  useBackend(cpu());
  const config = resolveConfig(family, 'quick');
  let result: FamilyResult | undefined;
  for await (const tick of family.run(config, { rng: seededRng(5) })) result = tick.result;
  // Ten pairs bind, and L/5 = 7 pairs are asked for: all must be right.
  expect(result?.precision?.['L/5']).toBe(1);
  expect(result?.attentionPrecision?.['L/5']).toBe(1);
  expect(result?.contacts.slice(0, 10).every(({ contact }) => contact)).toBe(true);
});
