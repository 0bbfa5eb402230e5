import { DataError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { readCouplingTable, writeCouplingTable } from '../../src/peers/coupling-table.ts';

describe('coupling tables', () => {
  it('number and letter what they list; pairs that are not listed are NaN', () => {
    const table = readCouplingTable('3 A 9 C 0 1.5\r\n9 C 12 D 0 -0.25\n\n');
    expect(table).toMatchObject({ sites: 3, letters: 'ACD' });
    expect([...table.numbers]).toEqual([3, 9, 12]);
    expect([...table.scores]).toEqual([0, 1.5, Number.NaN, 1.5, 0, -0.25, Number.NaN, -0.25, 0]);
  });

  it('read the header of comma-separated ones', () => {
    const table = readCouplingTable('A_i,i,A_j,j,probability,cn\nA,3,C,9,0.9,1.5\n');
    expect(table.scores[1]).toBe(1.5);
  });

  it('are written with sites numbered from one where nothing else is said', () => {
    expect(writeCouplingTable(Float64Array.of(0, 0.5, 0.5, 0))).toBe('1 - 2 - 0 0.500000\n');
  });

  it.each([
    ['', /the table is empty/],
    ['1 A 2 C 0\n', /line 1 is not of the form/],
    ['1 A 2 C 0 1\n1 A x C 0 1\n', /line 2 is not of the form/],
    ['i,j,cn\n1,2,3\n', /has no column for letterI/],
    ['i,A_i,j,A_j,cn\n1,A,2,C\n', /line 2 is not of the form/],
  ])('%j is refused', (text, message) => {
    expect(() => readCouplingTable(text)).toThrow(DataError);
    expect(() => readCouplingTable(text)).toThrow(message);
  });
});
