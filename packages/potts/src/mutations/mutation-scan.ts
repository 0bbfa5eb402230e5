import { DataError, type Floats, spearman } from '@spinformer/numerics';
import { textLines } from '../formats/record.ts';
import { parseDelimited } from './delimited.ts';

/** A deep mutational scan: mutants and what was measured of them. */
export interface MutationScan {
  readonly mutants: readonly string[];
  /** [mutants], the measured column; NaN where nothing was measured. */
  readonly measured: Floats<'mutants'>;
  /** Name of the measured column. */
  readonly column: string;
  /** All columns of numbers, which `column` may name. */
  readonly columns: readonly string[];
}

/** Options of {@link readMutationScan}. */
export interface MutationScanOptions {
  /** Column of the measured values; default `DMS_score`, otherwise the first column of numbers. */
  readonly column?: string;
  /** Column of the mutants; default `mutant`, `mutants`, `mutation`, `mutations` or `variant`. */
  readonly mutantColumn?: string;
}

const MUTANT_COLUMNS = ['mutant', 'mutants', 'mutation', 'mutations', 'variant'];
const MISSING = /^(na|nan|null|-|)$/i;

/**
 * Reads a deep mutational scan: a table with a header, separated by commas, semicolons or tabs, with a column of mutants
 * (`A24G`, or `A24G:L30V`) and columns of numbers, as EVcouplings, DeepSequence and ProteinGym write them.
 *
 * @throws {DataError} for a table without such columns, a line of another width, or a value that is no number, with its
 *   line.
 */
export function readMutationScan(text: string, options: MutationScanOptions = {}): MutationScan {
  const { header, rows } = parseDelimited(textLines(text), 'readMutationScan');
  const at = mutantColumn(header, options.mutantColumn);
  const columns = header.filter((_, k) => k !== at && rows.every(({ cells }) => isValue(cells[k])));
  const column = options.column ?? columns.find((name) => name === 'DMS_score') ?? columns[0];
  const value = column === undefined ? -1 : header.indexOf(column);
  if (value < 0)
    throw new DataError(
      `readMutationScan: there is no column ${JSON.stringify(column ?? 'of numbers')}; the table has ${header.join(', ')}.`,
    );
  const measured = Float64Array.from(rows, ({ cells, line }) => numberOf(cells[value], header[value], line));
  return { mutants: rows.map(({ cells }) => cells[at].trim()), measured, column, columns };
}

function mutantColumn(header: readonly string[], given: string | undefined): number {
  const names = given === undefined ? MUTANT_COLUMNS : [given];
  const at = header.findIndex((name) => names.includes(given === undefined ? name.toLowerCase() : name));
  if (at >= 0) return at;
  throw new DataError(
    `readMutationScan: no column of mutants (${names.join(', ')}) among ${header.join(', ')}. Name it by mutantColumn.`,
  );
}

function isValue(cell: string): boolean {
  return MISSING.test(cell.trim()) || Number.isFinite(Number(cell));
}

function numberOf(cell: string, column: string, line: number): number {
  if (MISSING.test(cell.trim())) return Number.NaN;
  const value = Number(cell);
  if (Number.isFinite(value)) return value;
  throw new DataError(
    `readMutationScan: line ${line} has ${JSON.stringify(cell.slice(0, 40))} in column ${column}, which is no number.`,
  );
}

/** How predictions agree with a scan. */
export interface ScanAgreement {
  /** Rank correlation over the mutants that have both; NaN for fewer than two. */
  readonly spearman: number;
  readonly compared: number;
  /** Mutants without a prediction, and without a measurement. */
  readonly unpredicted: number;
  readonly unmeasured: number;
}

/** Spearman's rank correlation of predicted and measured values, over the mutants that have both. */
export function compareWithScan(predicted: Floats<'mutants'>, measured: Floats<'mutants'>): ScanAgreement {
  const both = [...predicted.keys()].filter((k) => !Number.isNaN(predicted[k]) && !Number.isNaN(measured[k]));
  const pick = (values: Float64Array) => Float64Array.from(both, (k) => values[k]);
  return {
    spearman: both.length < 2 ? Number.NaN : spearman(pick(predicted), pick(measured)),
    compared: both.length,
    unpredicted: predicted.filter(Number.isNaN).length,
    unmeasured: measured.filter(Number.isNaN).length,
  };
}
