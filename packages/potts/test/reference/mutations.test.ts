import { describe, expect, it } from 'vitest';
import { readAlignmentBytes } from '../../src/alignment-read.ts';
import { inferCouplings } from '../../src/inference/infer-couplings.ts';
import { alignToFamily } from '../../src/mutations/align-to-family.ts';
import { independentModel } from '../../src/mutations/independent-model.ts';
import { parseMutant } from '../../src/mutations/mutant.ts';
import { compareWithScan, readMutationScan } from '../../src/mutations/mutation-scan.ts';
import { scoreMutants } from '../../src/mutations/score-mutants.ts';
import { sequenceWeightsFast } from '../../src/reweighting.ts';
import { hasSharedData, needsData, sharedBytes, sharedText } from '../helpers/shared-data.ts';
import { lastTick } from '../support/random-data.ts';

/** Rank correlation that another group's fit of the same family reaches, and that of independent sites. */
const LEAST_SPEARMAN = 0.52;
const MOST_INDEPENDENT = 0.43;

describe.skipIf(!hasSharedData)(`binding of PSD95-PDZ3 mutants to CRIPT${needsData}`, () => {
  it('is predicted by couplings with the default settings, better than by independent sites', async () => {
    const scan = readMutationScan(sharedText('pf00595/DLG4_RAT_Ranganathan2012.csv'), { column: 'CRIPT' });
    const alignment = await readAlignmentBytes(sharedBytes('pf00595/PF00595_mgap6.fasta.gz'), {
      gaps: 'ignore',
    });
    const family = { ...alignment, weights: sequenceWeightsFast(alignment) };
    const wildType = alignToFamily(wildTypeOf(scan.mutants), family, { firstResidue: 311 });
    const agreement = (model: Parameters<typeof scoreMutants>[0]) => {
      const { scores, unmodelledPositions } = scoreMutants(model, wildType, scan.mutants, family);
      expect(unmodelledPositions).toEqual(wildType.unmodelled);
      return compareWithScan(scores, scan.measured);
    };
    const { model } = await lastTick(inferCouplings(family));
    const fitted = agreement(model!);
    expect(fitted).toMatchObject({ compared: 1560, unpredicted: 100 });
    expect(fitted.spearman).toBeGreaterThanOrEqual(LEAST_SPEARMAN);
    expect(agreement(independentModel(family)).spearman).toBeLessThan(MOST_INDEPENDENT);
  });
});

/** The residues that the scan starts from, in order. */
function wildTypeOf(mutants: readonly string[]): string {
  const letters = new Map(mutants.flatMap(parseMutant).map(({ position, from }) => [position, from]));
  return [...letters.keys()]
    .sort((a, b) => a - b)
    .map((position) => letters.get(position))
    .join('');
}
