import { describe, expect, it } from 'vitest';
import { readAlignment } from '../../src/alignment-read.ts';
import { rankContacts } from '../../src/contacts.ts';
import { contactPrecision, contactTable } from '../../src/contacts-precision.ts';
import { readCouplingTable, writeCouplingTable } from '../../src/peers/coupling-table.ts';
import { readDistanceTable } from '../../src/structure/distance-table.ts';
import { type ContactCriterion, contactThreshold, residueDistances } from '../../src/structure/distances.ts';
import { readStructure } from '../../src/structure/read-structure.ts';
import { mapSites } from '../../src/structure/site-mapping.ts';
import { chainLetters } from '../../src/structure/structure.ts';
import { hasSharedData, needsData, sharedText } from '../helpers/shared-data.ts';

/** Precision of plmc's published couplings, to the three digits that were published with them. */
const PUBLISHED_DIGITS = 3;

describe.skipIf(!hasSharedData)(`DHFR against its structure 1RX2${needsData}`, () => {
  const load = () => {
    const { reference } = readAlignment(sharedText('dhfr/DHFR.a2m'), { focus: 'DYR_ECOLI' });
    const structure = readStructure(sharedText('dhfr/1RX2.pdb'));
    const table = readCouplingTable(sharedText('dhfr/DHFR.plmc-expected.couplings'));
    return { reference: reference!, structure, table, mapping: mapSites(structure, reference!) };
  };

  it('one chain of 159 residues, and every site found by its number', () => {
    const { structure, mapping } = load();
    expect(structure.chains.map(({ id, residues }) => [id, residues.length])).toEqual([['A', 159]]);
    expect(mapping).toMatchObject({ method: 'numbers', covered: 159 });
    // The structure has Asp at 37, the alignment Asn.
    expect(mapping.identity).toBeGreaterThan(0.99);
  });

  it('aligning the sequences finds the same residues as the numbers', () => {
    const { reference, structure, mapping } = load();
    const aligned = mapSites(structure, { letters: reference.letters });
    expect(aligned.method).toBe('sequence');
    expect(aligned.residues).toEqual(mapping.residues);
  });

  it.each([
    ['cb8', [0.839, 0.823, 0.711]],
    ['heavy5', [0.903, 0.873, 0.742]],
  ] as const)('precision of plmc’s couplings, %s', (criterion: ContactCriterion, [fifth, half, whole]) => {
    const { table, mapping } = load();
    const ranked = rankContacts(table.scores, { minimumSeparation: 6 });
    const distances = residueDistances(mapping.residues, criterion);
    const precision = contactPrecision(ranked, { distances, threshold: contactThreshold(criterion) });
    expect(precision['L/5']).toBeCloseTo(fifth, PUBLISHED_DIGITS);
    expect(precision['L/2']).toBeCloseTo(half, PUBLISHED_DIGITS);
    expect(precision.L).toBeCloseTo(whole, PUBLISHED_DIGITS);
  });

  it('plmc’s table is read and written back byte for byte, and labels contacts', () => {
    const { table, reference, mapping } = load();
    const text = writeCouplingTable(table.scores, { residueNumbers: table.numbers, letters: table.letters });
    expect(text).toBe(sharedText('dhfr/DHFR.plmc-expected.couplings'));
    expect(table.letters).toBe(reference.letters);
    const ranked = rankContacts(table.scores, {
      minimumSeparation: 6,
      residueNumbers: reference.residueNumbers,
    });
    const distances = residueDistances(mapping.residues, 'cb8');
    const [best] = contactTable(ranked, {
      residueNumbers: reference.residueNumbers,
      letters: reference.letters,
      distances,
    });
    expect(best.letterI).toBe(reference.letters[best.i - 1]);
    expect(best.distance).toBeLessThan(8);
    expect(chainLetters(mapping.chain)).toHaveLength(159);
  });
});

describe.skipIf(!hasSharedData)(`other tables${needsData}`, () => {
  it('the distances of PF00014', () => {
    const distances = readDistanceTable(sharedText('pf00014/PF00014_struct.dat'), 53);
    expect(distances[10 * 53 + 34]).toBe(1.957165);
    expect(distances[34 * 53 + 10]).toBe(1.957165);
  });

  it('the tables of EVcouplings, six columns and comma-separated', () => {
    const plain = readCouplingTable(sharedText('rrm/PABP_YEAST_ECs.txt'));
    const csv = readCouplingTable(sharedText('rrm/PABP_YEAST_CouplingScores.csv'));
    expect(plain.sites).toBeGreaterThan(70);
    const site = (table: typeof csv, number: number) => table.numbers.indexOf(number);
    const score = csv.scores[site(csv, 129) * csv.sites + site(csv, 131)];
    expect(score).toBe(2.978298);
    expect(plain.scores[site(plain, 129) * plain.sites + site(plain, 131)]).toBe(score);
    expect(csv.letters[site(csv, 129)]).toBe('F');
  });
});
