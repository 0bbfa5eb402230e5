import { DataError, DomainError, seededRng } from '@spinformer/numerics';
import { cpu, useBackend } from '@spinformer/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AnyExperiment, family, resolveConfig, words } from '../../src/index.ts';

/** Phases that a run passes before it refuses. */
async function refusal(experiment: AnyExperiment, settings: Record<string, unknown>) {
  const phases: string[] = [];
  const config = resolveConfig(experiment, 'quick', settings);
  try {
    for await (const { phase } of experiment.run(config, { rng: seededRng(1) })) phases.push(phase);
  } catch (error) {
    return { error: error as Error, phases: new Set(phases) };
  }
  throw new Error('nothing was refused');
}

const ALIGNMENT = '>a\nACGU\n>b\nACGA\n>c\nUCGA\n';

describe('what cannot work is refused before the long part of a run', () => {
  beforeAll(() => useBackend(cpu()));

  it('an alignment that is none', async () => {
    const { error, phases } = await refusal(family, { alignment: '' });
    expect(error).toBeInstanceOf(DataError);
    expect(phases).toEqual(new Set(['reading the family']));
  });

  it('a structure that is none', async () => {
    const { error, phases } = await refusal(family, { alignment: ALIGNMENT, structure: 'no atoms here' });
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(/Is it a PDB or mmCIF file\?/);
    expect(phases).toEqual(new Set(['reading the family']));
  });

  it('a text without words of the length', async () => {
    const { error } = await refusal(words, { text: 'too short', length: 8 });
    expect(error).toBeInstanceOf(DataError);
  });

  it('words whose pairs allow too many strings', async () => {
    const text = Array.from({ length: 2000 }, (_, k) =>
      (k * 7919 + 1_000_003).toString(26).replace(/\d/g, 'x'),
    );
    const { error, phases } = await refusal(words, {
      text: text.map((word) => word.slice(0, 4).padEnd(4, 'a')).join(' '),
      maximumStrings: 1000,
    });
    expect(error).toBeInstanceOf(DomainError);
    expect(error.message).toMatch(/Raise minimumCount/);
    expect(phases).toEqual(new Set(['counting words']));
  });
});
