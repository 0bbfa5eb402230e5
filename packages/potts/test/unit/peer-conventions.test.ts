import { DomainError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { dropDuplicates } from '../../src/alignment-duplicates.ts';
import { readAlignment } from '../../src/alignment-read.ts';
import { effectiveSequences, sequenceWeights } from '../../src/alignment-weights.ts';
import { contactScores } from '../../src/contacts.ts';
import { type Peer, peerConventions } from '../../src/peers/conventions.ts';
import { convertPenalty, type PenaltyScale } from '../../src/peers/convert-penalty.ts';
import { automaticIdentity } from '../../src/weights/automatic-identity.ts';
import { positionWeights } from '../../src/weights/position-weights.ts';

const SIZE = { sites: 159, states: 21, effective: 1500 };
const SCALES: PenaltyScale[] = [
  'plm',
  'plm-asymmetric',
  'plmc',
  'ccmpred',
  'gremlin',
  'evcouplings',
  'plmdca',
  'ardca',
];

describe('convertPenalty', () => {
  it.each([
    [{ from: 'ccmpred', to: 'plmc' }, 0.2, 31.6],
    [{ from: 'gremlin', to: 'plmc' }, 0.01, 31.6],
    [{ from: 'gremlin', to: 'ccmpred' }, 0.01, 0.2],
    [{ from: 'plmdca', to: 'plm-asymmetric' }, 0.01, 15],
    [{ from: 'plmdca', to: 'plm' }, 0.01, 30],
    [{ from: 'plmc', to: 'plm-asymmetric' }, 16, 8],
    [{ from: 'plmdca', to: 'plm', of: 'fields' }, 0.01, 30],
  ] as const)('%o: %d is %d', (conversion, value, expected) => {
    expect(convertPenalty(value, { ...conversion, ...SIZE })).toBeCloseTo(expected, 10);
  });

  it('there and back is the same, and going through a third scale makes no difference', () => {
    for (const from of SCALES)
      for (const to of SCALES) {
        const there = convertPenalty(0.3, { from, to, ...SIZE });
        expect(convertPenalty(there, { from: to, to: from, ...SIZE })).toBeCloseTo(0.3, 12);
        const plm = convertPenalty(0.3, { from, to: 'plm', ...SIZE });
        expect(convertPenalty(plm, { from: 'plm', to, ...SIZE })).toBeCloseTo(there, 12);
      }
  });

  it('refuses what is no penalty, no size and no scale', () => {
    const convert = (value: number, change: object) => () =>
      convertPenalty(value, { from: 'plm', to: 'plmc', ...SIZE, ...change });
    expect(convert(-1, {})).toThrow(DomainError);
    expect(convert(1, { effective: 0 })).toThrow(/effective > 0/);
    expect(convert(1, { from: 'hmmer' })).toThrow(/unknown scale 'hmmer'/);
  });
});

describe('peerConventions', () => {
  it.each(['plmc', 'ccmpred', 'gremlin', 'plmdca', 'adabmdca'] as const)('%s is complete', (peer) => {
    const conventions = peerConventions(peer);
    const { fieldPenalty, couplingPenalty } = conventions.penalties(SIZE);
    expect(conventions.peer).toBe(peer);
    expect(fieldPenalty).toBeGreaterThanOrEqual(0);
    expect(couplingPenalty).toBeGreaterThanOrEqual(0);
    expect(conventions.pseudocount(SIZE)).toBeLessThan(1);
  });

  it('names the ones it knows', () => {
    expect(() => peerConventions('hmmer' as Peer)).toThrow(/plmc, ccmpred, gremlin, plmdca, adabmdca/);
  });
});

describe('weights by name', () => {
  // Ten columns; the second sequence agrees with the first in eight, two of which are gaps.
  const alignment = readAlignment('>a\n--AAAAAAAA\n>b\n--AAAAAACC\n>c\nCCCCCCCCCC\n>d\n----------\n', {
    alphabet: 'protein',
  });
  const weigh = (convention: Parameters<typeof sequenceWeights>[1]) => [
    ...sequenceWeights(alignment, convention),
  ];

  it.each([
    ['plmc', [0.5, 0.5, 1, 1]],
    ['gremlin', [1, 1, 1, 1]],
    ['adabmdca', [1, 1, 1, 1]],
    ['none', [1, 1, 1, 1]],
  ] as const)('%s counts a gap as a letter', (convention, expected) => {
    expect(weigh({ convention })).toEqual(expected);
  });

  it('evcouplings and eve count residues of the sequence that is weighed: six of eight', () => {
    expect(weigh({ convention: 'evcouplings' })).toEqual([1, 1, 1, 0]);
    expect(weigh({ convention: 'evcouplings', identity: 0.75 })).toEqual([0.5, 0.5, 1, 0]);
    expect(weigh({ convention: 'eve', identity: 0.75 })).toEqual([1, 1, 1, 0]);
  });

  it('position-based weights share columns among letters, and columns of gaps with nobody', () => {
    // Columns 1–2: c alone. Columns 3–8: A twice, C once. Columns 9–10: A once, C twice.
    const a = (6 * (1 / 4) + 2 * (1 / 2)) / 8;
    const b = (6 * (1 / 4) + 2 * (1 / 4)) / 8;
    const c = (2 + 6 * (1 / 2) + 2 * (1 / 4)) / 10;
    const scale = 4 / (a + b + c);
    const weights = positionWeights(alignment);
    [a, b, c, 0].forEach((weight, m) => {
      expect(weights[m]).toBeCloseTo(weight * scale, 12);
    });
    expect(effectiveSequences(weights)).toBeCloseTo(4, 12);
  });

  it('the automatic identity is that of the mean over pairs', () => {
    const { samples, sites, codes } = alignment;
    let equal = 0;
    for (let m = 0; m < samples; m++)
      for (let n = 0; n < m; n++)
        for (let i = 0; i < sites; i++) if (codes[m * sites + i] === codes[n * sites + i]) equal++;
    const mean = equal / (sites * 6);
    expect(automaticIdentity(alignment)).toBeCloseTo(1 - Math.min(0.5, 0.1216 / mean), 12);
  });
});

describe('dropDuplicates', () => {
  it('keeps the first of each kind, with its name, and says so', () => {
    const twice = readAlignment('>a\nACD\n>b\nAC-\n>c\nACD\n>d\nACE\n', { alphabet: 'protein' });
    const once = dropDuplicates(twice);
    expect(once.names).toEqual(['a', 'b', 'd']);
    expect(once.values).toEqual(Int32Array.from([1, 2, 3, 1, 2, 0, 1, 2, 4]));
    expect(once.warnings.at(-1)).toMatch(/1 sequence dropped/);
    expect(dropDuplicates(once)).toBe(once);
  });
});

describe('scores by convention', () => {
  const model = {
    sites: 3,
    states: 2,
    fields: new Float64Array(6),
    couplings: new Float64Array(36),
  };
  [
    [0, 1, [1, 0, 0, 0]],
    [0, 2, [2, 0, 0, 1]],
    [1, 2, [0, 0, 0, 3]],
  ].forEach((entry) => {
    const [i, j, block] = entry as [number, number, number[]];
    block.forEach((value, k) => {
      const [a, b] = [k >> 1, k & 1];
      model.couplings[((i * 3 + j) * 2 + a) * 2 + b] = value;
      model.couplings[((j * 3 + i) * 2 + b) * 2 + a] = value;
    });
  });

  it('means over the whole matrix take (L − 1)/L of the correction away', () => {
    const raw = contactScores(model, { gauge: 'as-given', correction: 'none' });
    const pairs = contactScores(model, { gauge: 'as-given' });
    const whole = contactScores(model, { gauge: 'as-given', correction: 'apc-with-diagonal' });
    for (const k of [1, 2, 5]) expect(raw[k] - whole[k]).toBeCloseTo(((raw[k] - pairs[k]) * 2) / 3, 12);
  });

  it('CCMpred’s: mean-free blocks without the gap, from zero', () => {
    const scores = contactScores(model, {
      gauge: 'mean-free',
      withoutState: 1,
      correction: 'none',
      fromZero: true,
    });
    // Without state 1 only J(0, 0) less the mean of the block is left.
    const expected = [1 - 1 / 4, 2 - 3 / 4, 3 / 4];
    expect(scores[1]).toBeCloseTo(expected[0] - 0.75, 12);
    expect(scores[2]).toBeCloseTo(expected[1] - 0.75, 12);
    expect(scores[5]).toBeCloseTo(expected[2] - 0.75, 12);
    expect(scores[0]).toBe(0);
  });
});
