import { DataError, type Floats } from '@spinformer/numerics';
import { textLines } from '../formats/record.ts';

/** One line of a table of evolutionary couplings. */
export interface CouplingRow {
  /** Number of the first residue, as the table gives it. */
  readonly i: number;
  readonly letterI: string;
  readonly j: number;
  readonly letterJ: string;
  readonly score: number;
}

/** A table of couplings as a matrix. */
export interface CouplingTable {
  readonly sites: number;
  /** [sites], ascending: the numbers that occur in the table. */
  readonly numbers: Int32Array;
  /** One letter per site. */
  readonly letters: string;
  /** [sites, sites], symmetric, zero diagonal; NaN for pairs that are not listed. */
  readonly scores: Floats<'sites sites'>;
}

const PLMC_COLUMNS = 6;

/**
 * Reads a table of couplings: plmc's six columns `i A_i j A_j 0 score`, or the comma-separated table of EVcouplings with
 * a header that names `i`, `A_i`, `j`, `A_j` and `cn` (or `score`). In plmc's own tables the numbers are columns of the
 * alignment counted from the start of the region, also where the focus sequence has gaps.
 *
 * @throws {DataError} for a line that cannot be read, with its number, or a table without lines.
 */
export function readCouplingTable(text: string): CouplingTable {
  const lines = textLines(text);
  const rows = lines[0]?.includes(',') ? readCsv(lines) : readPlmc(lines);
  if (rows.length === 0) throw new DataError('readCouplingTable: the table is empty.');
  return toTable(rows);
}

function readPlmc(lines: readonly string[]): CouplingRow[] {
  return lines.flatMap((line, index) => {
    const words = line.trim().split(/\s+/);
    if (words[0] === '') return [];
    const [i, letterI, j, letterJ, , score] = words;
    return [toRow({ i, letterI, j, letterJ, score }, words.length === PLMC_COLUMNS, index)];
  });
}

function readCsv(lines: readonly string[]): CouplingRow[] {
  const header = lines[0].split(',').map((name) => name.trim());
  const column = (...names: string[]) => header.findIndex((name) => names.includes(name));
  const at = {
    i: column('i'),
    letterI: column('A_i'),
    j: column('j'),
    letterJ: column('A_j'),
    score: column('cn', 'score'),
  };
  const missing = Object.entries(at).find(([, index]) => index < 0);
  if (missing)
    throw new DataError(
      `readCouplingTable: the header ${JSON.stringify(lines[0])} has no column for ${missing[0]}; i, A_i, j, A_j and cn are needed.`,
    );
  return lines.slice(1).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const words = line.split(',');
    const row = {
      i: words[at.i],
      letterI: words[at.letterI],
      j: words[at.j],
      letterJ: words[at.letterJ],
      score: words[at.score],
    };
    return [toRow(row, words.length === header.length, index + 1)];
  });
}

function toRow(words: Record<keyof CouplingRow, string>, complete: boolean, index: number): CouplingRow {
  const row = { ...words, i: Number(words.i), j: Number(words.j), score: Number(words.score) };
  if (complete && Number.isInteger(row.i) && Number.isInteger(row.j) && !Number.isNaN(row.score)) return row;
  throw new DataError(
    `readCouplingTable: line ${index + 1} is not of the form "i A_i j A_j 0 score" or as its header says.`,
  );
}

function toTable(rows: readonly CouplingRow[]): CouplingTable {
  const letterOf = new Map<number, string>();
  for (const { i, letterI, j, letterJ } of rows) letterOf.set(i, letterI).set(j, letterJ);
  const numbers = Int32Array.from(letterOf.keys()).sort();
  const siteOf = new Map(Array.from(numbers, (number, site) => [number, site]));
  const sites = numbers.length;
  const scores = new Float64Array(sites * sites).fill(Number.NaN);
  for (let i = 0; i < sites; i++) scores[i * sites + i] = 0;
  for (const row of rows) {
    const i = siteOf.get(row.i)!;
    const j = siteOf.get(row.j)!;
    scores[i * sites + j] = scores[j * sites + i] = row.score;
  }
  return { sites, numbers, letters: Array.from(numbers, (number) => letterOf.get(number)).join(''), scores };
}

/**
 * Scores as plmc's table: `i A_i j A_j 0 score`, one line for every pair i < j, six decimals.
 *
 * @param scores [sites, sites].
 * @param labels.residueNumbers default numbers from 1; `labels.letters` default '-'.
 */
export function writeCouplingTable(
  scores: Floats<'sites sites'>,
  labels: { residueNumbers?: ArrayLike<number>; letters?: string } = {},
): string {
  const sites = Math.sqrt(scores.length);
  const label = (site: number) =>
    `${labels.residueNumbers?.[site] ?? site + 1} ${labels.letters?.[site] ?? '-'}`;
  const lines: string[] = [];
  for (let i = 0; i < sites; i++)
    for (let j = i + 1; j < sites; j++)
      lines.push(`${label(i)} ${label(j)} 0 ${scores[i * sites + j].toFixed(6)}\n`);
  return lines.join('');
}
