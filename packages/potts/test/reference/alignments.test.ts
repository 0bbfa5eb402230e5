import { describe, expect, it } from 'vitest';
import { readAlignment, readAlignmentBytes } from '../../src/alignment-read.ts';
import { effectiveSequences, sequenceWeights } from '../../src/alignment-weights.ts';
import { sequenceWeightsFast } from '../../src/reweighting.ts';
import { minimumMatches } from '../../src/weights/neighbour-rules.ts';
import { hasSharedData, needsData, sharedBytes, sharedText } from '../helpers/shared-data.ts';

describe('real alignments', () => {
  it.skipIf(!hasSharedData).each([
    ['dhfr/DHFR.a2m', {}, { samples: 3616, sites: 171, states: 21, format: 'fasta' }],
    ['pf00014/PF00014_mgap6.fasta.gz', {}, { samples: 13_600, sites: 53, states: 21 }],
    ['rna/RF00162.fasta', {}, { samples: 4757, sites: 107, states: 5 }],
    ['rna/MSA_RF00167.fa', {}, { samples: 2702, sites: 102, states: 5 }],
    ['toy/PF02826.faa', {}, { samples: 2028, sites: 195, states: 21, format: 'fasta' }],
    ['toy/potts3.a2m', { alphabet: '_*^' }, { samples: 500, sites: 60, states: 3 }],
    ['rrm/example_aln.a2m', {}, { samples: 53, sites: 420, format: 'a2m' }],
  ] as const)(`%s${needsData}`, async (path, options, expected) => {
    expect(await readAlignmentBytes(sharedBytes(path), options)).toMatchObject(expected);
  });

  it.skipIf(!hasSharedData)(`DHFR by its focus: 3616 of 3629 sequences, 159 columns${needsData}`, () => {
    const alignment = readAlignment(sharedText('dhfr/DHFR.a2m'), { focus: 'DYR_ECOLI', gaps: 'ignore' });
    expect(alignment).toMatchObject({ samples: 3616, sites: 159, states: 20 });
    expect(alignment.counts).toMatchObject({
      sequencesRead: 3629,
      sequencesWithInvalidLetters: 13,
      columnsOutsideFocus: 12,
    });
    expect(alignment.reference!.letters).toMatch(/^MISLIAALAVDRVIGMENAMPWNLPADLAWFK/);
    expect([...alignment.reference!.residueNumbers]).toEqual(Array.from({ length: 159 }, (_, i) => i + 1));
    // The columns of plmc's own table, which are numbered with the gaps of the focus sequence.
    const numbers = sharedText('dhfr/DHFR.plmc-expected.couplings')
      .trim()
      .split('\n')
      .map((line) => Number(line.split(' ')[0]));
    expect([...alignment.columns].slice(0, -1).map((column) => column + 1)).toEqual([...new Set(numbers)]);
    expect(alignment.warnings[0]).toMatch(
      /^13 of 3629 sequences hold letters outside the protein alphabet \(X 18×/,
    );
  });
});

describe('sequence weights', () => {
  it.skipIf(!hasSharedData)(`equal plmc's on DHFR, sum 1568.1${needsData}`, () => {
    const alignment = readAlignment(sharedText('dhfr/DHFR.a2m'), { focus: 'DYR_ECOLI' });
    const golden = sharedText('dhfr/DHFR.plmc-expected.weights.txt').trim().split('\n').map(Number);
    const weights = sequenceWeights(alignment);
    expect(sequenceWeightsFast(alignment)).toEqual(weights);
    // plmc writes a 0 for every sequence that it dropped, and sixteen digits of the others.
    expect([...weights]).toEqual(golden.filter((weight) => weight > 0));
    expect(effectiveSequences(weights)).toBeCloseTo(1568.1, 1);
  });

  it.skipIf(!hasSharedData)(`CCMpred's rule gives its 1590.9 on DHFR${needsData}`, () => {
    const alignment = readAlignment(sharedText('dhfr/DHFR.a2m'), { focus: 'DYR_ECOLI' });
    expect(effectiveSequences(sequenceWeightsFast(alignment, { convention: 'ccmpred' }))).toBeCloseTo(
      1590.9,
      1,
    );
  });

  it.each([
    ['plmc', 10, 8],
    ['plmc', 159, 128],
    ['gremlin', 10, 9],
    ['gremlin', 159, 128],
    ['ccmpred', 10, 9],
    ['ccmpred', 159, 129],
    ['plmdca', 75, 61],
    ['plmdca', 53, 44],
  ] as const)('%s: %i columns need %i matches', (convention, sites, matches) => {
    expect(minimumMatches(sites, { convention })).toBe(matches);
  });

  it('refuse a divergence taken for an identity in percent', () => {
    expect(() => minimumMatches(10, { identity: 80 })).toThrow(
      /identity is the share of matching columns, in 0…1, got 80/,
    );
    expect(() => minimumMatches(10, { convention: 'x' as never })).toThrow(/convention must be/);
  });

  it('do not change when sequences are permuted, and count gaps as letters', () => {
    const sequences = ['AAAA-', 'AAAC-', 'CCCCC', 'AAAAA'];
    const weigh = (list: string[]) => [
      ...sequenceWeights(readAlignment(list.join('\n'), { alphabet: 'protein' })),
    ];
    expect(weigh(sequences)).toEqual([1 / 3, 1 / 2, 1, 1 / 2]);
    expect(weigh([...sequences].reverse())).toEqual([1 / 2, 1, 1 / 2, 1 / 3]);
  });
});
