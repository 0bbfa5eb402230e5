import { DataError } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import { readScoreParquet, writeScoreParquet } from '../../src/parquet.ts';
import { readCouplingTable } from '../../src/peers/coupling-table.ts';
import { contactColumns, readScoreTable, writeScoreTable } from '../../src/score-table.ts';

const rows = [
  { i: 3, letterI: 'A', j: 9, letterJ: 'C', score: 0.1 + 0.2, distance: 4.25 },
  { i: 3, letterI: 'A', j: 12, letterJ: 'D', score: -1e-9 },
];
const columns = contactColumns(rows);

describe('a table of scores', () => {
  it('keeps every digit as text, and is a coupling table too', () => {
    for (const separator of ['\t', ',', ';'] as const)
      expect(readScoreTable(writeScoreTable(columns, separator))).toEqual({
        ...columns,
        i: Float64Array.of(3, 3),
        j: Float64Array.of(9, 12),
      });
    expect(readCouplingTable(writeScoreTable(columns, ',')).scores[1]).toBe(0.1 + 0.2);
  });

  it('keeps texts with separators and quotes', () => {
    const odd = { mutant: ['A1G,C2D', 'say "no"'], score: Float64Array.of(1, Number.NaN) };
    expect(readScoreTable(writeScoreTable(odd, ','))).toEqual(odd);
  });

  it('keeps every bit and type as Parquet', async () => {
    expect(await readScoreParquet(writeScoreParquet(columns))).toEqual(columns);
    const long = { x: Float64Array.from({ length: 5000 }, (_, k) => Math.sin(k)) };
    expect(await readScoreParquet(writeScoreParquet(long))).toEqual(long);
  });

  it('is refused where it is ragged, damaged or nothing', async () => {
    expect(() => writeScoreTable({ a: ['x'], b: [] })).toThrow(/column "b" has 0 rows, but "a" has 1/);
    expect(() => writeScoreParquet({})).toThrow(/has no columns/);
    expect(() => readScoreTable('a\tb\n1\n')).toThrow(/line 2 has 1 cells/);
    const bytes = writeScoreParquet(columns);
    for (const bad of [bytes.subarray(0, 60), bytes.subarray(8), new Uint8Array(0)])
      await expect(readScoreParquet(bad)).rejects.toThrow(DataError);
  });
});
