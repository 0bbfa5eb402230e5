import {
  type ContactRow,
  type CouplingTable,
  contactColumns,
  rankContacts,
  writeCouplingTable,
  writeScoreTable,
} from '@spinformer/potts';

/** Pairs of a table, strongest first, as CSV, TSV or Parquet under EVcouplings' names, or as plmc's six columns. */
export async function scoreTableFile(table: CouplingTable, format: string): Promise<string | Uint8Array> {
  if (format === 'table') {
    const { scores, numbers, letters } = table;
    return writeCouplingTable(scores, { residueNumbers: numbers, letters });
  }
  const columns = contactColumns(rowsOf(table));
  if (format !== 'parquet') return writeScoreTable(columns, format === 'csv' ? ',' : '\t');
  const { writeScoreParquet } = await import('@spinformer/potts/parquet');
  return writeScoreParquet(columns);
}

/** Pairs that are not listed stay out. */
function rowsOf({ scores, numbers, letters }: CouplingTable): ContactRow[] {
  const listed = scores.map((score) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score));
  return rankContacts(listed)
    .filter(({ score }) => score !== Number.NEGATIVE_INFINITY)
    .map(({ i, j, score }) => ({
      i: numbers[i],
      j: numbers[j],
      letterI: letters[i],
      letterJ: letters[j],
      score,
    }));
}
