import { DataError, seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { readAlignment } from '../../../src/alignment-read.ts';
import { energy } from '../../../src/energy.ts';
import { alignToFamily } from '../../../src/mutations/align-to-family.ts';
import { independentModel, siteConservation } from '../../../src/mutations/independent-model.ts';
import { parseMutant } from '../../../src/mutations/mutant.ts';
import { mutationEffects } from '../../../src/mutations/mutation-effects.ts';
import { compareWithScan, readMutationScan } from '../../../src/mutations/mutation-scan.ts';
import { scoreMutants, shiftReference } from '../../../src/mutations/score-mutants.ts';
import { randomModel } from '../../helpers/random-models.ts';

const letters = '-ACDE';
const model = randomModel(seededRng(7), 4, 5);
const reference = { letters: 'AC-D', residueNumbers: Int32Array.of(10, 11, 0, 13) };
/** States of the reference. */
const wildType = [1, 2, 0, 3];
/** Sums of a dozen terms of size one, in float64. */
const ROUNDING = 12;

describe('mutants', () => {
  it('are read from one substitution, several, or none', () => {
    expect(parseMutant('A24G')).toEqual([{ from: 'A', position: 24, to: 'G' }]);
    for (const text of ['a24g:L-3V', 'A24G,L-3V', ' A24G ; L-3V '])
      expect(parseMutant(text).map(({ position }) => position)).toEqual([24, -3]);
    for (const text of ['WT', '_wt', 'wild-type', '']) expect(parseMutant(text)).toEqual([]);
  });

  it.each(['A24', '24G', 'A24GG', 'Ala24Gly', 'A24G:'])('%j is refused', (text) => {
    expect(() => parseMutant(text)).toThrow(/is no mutant of the form A24G/);
  });

  it('may change a position once', () => {
    expect(() => parseMutant('A24G:A24C')).toThrow(/changes position 24 twice/);
  });
});

describe('effects', () => {
  it('are energy differences, of all single substitutions', () => {
    const { energyChanges, siteMeans, configuration } = mutationEffects(model, reference, { letters });
    expect([...configuration]).toEqual(wildType);
    const base = energy(model, Int32Array.from(wildType))[0];
    for (let site = 0; site < 4; site++)
      for (let state = 0; state < 5; state++) {
        const mutant = Int32Array.from(wildType.with(site, state));
        expect(energyChanges[site * 5 + state]).toBeCloseTo(energy(model, mutant)[0] - base, ROUNDING);
      }
    const others = [2, 3, 4].map((state) => energyChanges[state]);
    expect(siteMeans[0]).toBeCloseTo(others.reduce((a, b) => a + b) / 3, ROUNDING);
  });

  it('of several substitutions feel one another, in any order', () => {
    const mutants = ['WT', 'A10D', 'A10D:C11E:D13A', 'D13A:C11E:A10D'];
    const { scores } = scoreMutants(model, reference, mutants, { letters });
    const [base, one, three] = [wildType, [3, 2, 0, 3], [3, 4, 0, 1]].map(
      (states) => energy(model, Int32Array.from(states))[0],
    );
    expect(scores[0]).toBe(0);
    expect(scores[1]).toBeCloseTo(base - one, ROUNDING);
    expect(scores[2]).toBeCloseTo(base - three, ROUNDING);
    expect(scores[3]).toBeCloseTo(base - three, ROUNDING);
  });

  it('are not given where the model has no site or state', () => {
    const result = scoreMutants(model, reference, ['A12D', 'A10*', 'A10D:F99A'], { letters });
    expect([...result.scores]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(result).toMatchObject({ unmodelledPositions: [12, 99], unmodelled: 3 });
  });

  it('name a mutant that starts from another letter, and the shift that would help', () => {
    const score = (mutants: string[]) => scoreMutants(model, reference, mutants, { letters });
    expect(() => score(['A10D', 'D11A'])).toThrow(
      /D11A starts from D, but the reference has C at 11 \(1 of 2 .* another protein/,
    );
    expect(() => score(['A11D', 'C12A', 'D14E'])).toThrow(/residue numbers are raised by 1/);
    expect(scoreMutants(model, shiftReference(reference, 1), ['A11D'], { letters }).scores[0]).toBe(
      score(['A10D']).scores[0],
    );
  });

  it('refuse letters and references that do not fit', () => {
    expect(() => mutationEffects(model, reference, { letters: 'ACDE' })).toThrow(
      /has 5 states, but letters "ACDE"/,
    );
    expect(() => mutationEffects(model, { letters: 'AC' }, { letters })).toThrow(
      /has 2 letters, the model 4 sites/,
    );
    expect(() => mutationEffects(model, { letters: 'ACXD' }, { letters })).toThrow(/has "X" at site 2/);
  });
});

describe('the independent model', () => {
  const alignment = readAlignment('>a\nAC\n>b\nAC\n>c\nAD\n>d\nA-\n', { alphabet: '-ACD', gaps: 'ignore' });

  it('has the log-frequencies as fields, gaps aside', () => {
    const { fields, couplings } = independentModel(alignment, { pseudocount: 3 });
    const expected = [5 / 7, 1 / 7, 1 / 7, 1 / 6, 3 / 6, 2 / 6].map(Math.log);
    fields.forEach((field, k) => {
      expect(field).toBeCloseTo(expected[k], ROUNDING);
    });
    expect(couplings.every((coupling) => coupling === 0)).toBe(true);
    expect(() => independentModel(alignment, { pseudocount: 0 })).toThrow(/pseudocount must be a positive/);
  });

  it('knows how conserved its sites are', () => {
    const [first, second] = siteConservation(alignment);
    expect(first).toBeCloseTo(Math.log2(3), ROUNDING);
    expect(second).toBeCloseTo(
      Math.log2(3) + (2 / 3) * Math.log2(2 / 3) + (1 / 3) * Math.log2(1 / 3),
      ROUNDING,
    );
  });
});

describe('a sequence is aligned to the profile of a family', () => {
  const family = readAlignment('>a\nMKVLAWGDEP\n>b\nMKVLAWGDEP\n>c\nMRVIAWGNEP\n>d\nMKVLSWGD-P\n', {
    alphabet: 'protein',
  });

  it('with its insertions, deletions and overhanging ends', () => {
    const member = alignToFamily('GGMKVLAWGCCCDEPTT', family, { firstResidue: 100 });
    expect(member.letters).toBe('MKVLAWGDEP');
    expect(member.unmodelled).toEqual([100, 101, 109, 110, 111, 115, 116]);
    expect([...member.residueNumbers]).toEqual([102, 103, 104, 105, 106, 107, 108, 112, 113, 114]);
  });

  it('or refused', () => {
    expect(() => alignToFamily('MKVLAB', family)).toThrow(/has "B" at position 6/);
    expect(() => alignToFamily('', family)).toThrow(DataError);
  });
});

describe('a scan', () => {
  it('is read from tables of EVcouplings, DeepSequence and ProteinGym', () => {
    const plain = readMutationScan('mutant,linear,log\r\nG126A,0.7,-0.5\r\nG126C,,NA\r\n');
    expect(plain).toMatchObject({
      mutants: ['G126A', 'G126C'],
      column: 'linear',
      columns: ['linear', 'log'],
    });
    expect([...plain.measured]).toEqual([0.7, Number.NaN]);
    const gym = readMutationScan('mutant,mutated_sequence,DMS_score_bin,DMS_score\nA1G:C2D,GD,1,0.25\n');
    expect(gym).toMatchObject({ mutants: ['A1G:C2D'], column: 'DMS_score' });
    const quoted = readMutationScan('effect\tmutant\n1.5\t"A1G,C2D"\n', { column: 'effect' });
    expect(quoted.mutants).toEqual(['A1G,C2D']);
  });

  it.each([
    ['', /the table is empty/],
    ['position,score\n1,2\n', /no column of mutants/],
    ['mutant,note\nA1G,good\n', /no column "of numbers"/],
    ['mutant,score\nA1G\n', /line 2 has 1 cells, the header 2/],
    ['mutant,score\n"A1G,1\n', /line 2 has an opening quote/],
  ])('%j is refused', (text, message) => {
    expect(() => readMutationScan(text)).toThrow(message);
  });

  it('names a value that is no number', () => {
    expect(() => readMutationScan('mutant,s\nA1G,high\n', { column: 's' })).toThrow(
      /line 2 has "high" in column s/,
    );
  });

  it('is compared by ranks, over what both know', () => {
    const agreement = compareWithScan(
      Float64Array.of(1, 2, 3, Number.NaN),
      Float64Array.of(10, 20, Number.NaN, 5),
    );
    expect(agreement).toMatchObject({ compared: 2, unpredicted: 1, unmeasured: 1 });
    expect(agreement.spearman).toBeCloseTo(1, ROUNDING);
  });
});
