import {
  type CouplingTable,
  readCouplingTable,
  readText,
  type ScoreColumns,
  writeScoreTable,
} from '@spinformer/potts';
import type { InputFile } from '../../run/read-input.ts';

/** A score table of any format that is converted. */
export async function readTable({ bytes }: InputFile, format: string): Promise<CouplingTable> {
  if (format === 'parquet') {
    const { readScoreParquet } = await import('@spinformer/potts/parquet');
    return readCouplingTable(asCsv(await readScoreParquet(bytes)));
  }
  const text = await readText(bytes);
  return readCouplingTable(format === 'tsv' ? text.replaceAll('\t', ',') : text);
}

function asCsv(columns: ScoreColumns): string {
  return writeScoreTable(columns, ',');
}
