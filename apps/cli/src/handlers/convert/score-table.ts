import { type CouplingTable, rankContacts } from '@spinformer/potts';
import { csv } from '../../figures/csv.ts';

/** Pairs of a table with their scores, strongest first, as CSV (EVcouplings' columns), TSV or plmc's six columns. */
export function scoreTableText(table: CouplingTable, format: string): string {
  const { scores, numbers, letters } = table;
  const listed = scores.map((score) => (Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score));
  const pairs = rankContacts(listed).filter(({ score }) => score !== Number.NEGATIVE_INFINITY);
  const rows = pairs.map(({ i, j, score }) => ({
    i: numbers[i],
    A_i: letters[i],
    j: numbers[j],
    A_j: letters[j],
    fn: 0,
    cn: score,
  }));
  if (format === 'csv') return csv(rows);
  const separator = format === 'tsv' ? '\t' : ' ';
  const lines = rows.map((row) => Object.values(row).join(separator));
  const head = format === 'tsv' ? [Object.keys(rows[0]).join(separator)] : [];
  return `${[...head, ...lines].join('\n')}\n`;
}
