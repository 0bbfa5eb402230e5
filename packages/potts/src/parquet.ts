import { DataError } from '@spinformer/numerics';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { checkColumns, type ScoreColumns } from './score-table.ts';

export type { ScoreColumns } from './score-table.ts';

/**
 * A table as an Apache Parquet file (snappy): Float64Array as DOUBLE, Int32Array as INT32, texts as UTF-8 strings.
 *
 * @returns the file, new, owned by the caller.
 * @throws {DataError} for columns of different lengths, or a table without columns.
 * @example
 * ```ts
 * import { writeScoreParquet } from '@spinformer/potts/parquet';
 * await writeFile('contacts.parquet', writeScoreParquet(contactColumns(contactTable(ranked))));
 * ```
 */
export function writeScoreParquet(columns: ScoreColumns): Uint8Array {
  checkColumns('writeScoreParquet', columns);
  if (Object.keys(columns).length === 0)
    throw new DataError('writeScoreParquet: the table has no columns; give at least one.');
  const columnData = Object.entries(columns).map(([name, data]) => ({
    name,
    data: data instanceof Float64Array || data instanceof Int32Array ? data : [...data],
    type: typeOf(data),
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function typeOf(data: ScoreColumns[string]): 'DOUBLE' | 'INT32' | 'STRING' {
  if (data instanceof Float64Array) return 'DOUBLE';
  return data instanceof Int32Array ? 'INT32' : 'STRING';
}

/**
 * Reads a flat Parquet table, uncompressed or snappy: columns of 32-bit integers become Int32Array, other numbers
 * Float64Array, missing ones NaN; the rest texts.
 *
 * @throws {DataError} for a file that is damaged, cut off, or not Parquet.
 */
export async function readScoreParquet(bytes: Uint8Array): Promise<ScoreColumns> {
  const file = new Uint8Array(bytes).buffer;
  try {
    const metadata = parquetMetadata(file);
    const rows = await parquetReadObjects({ file, metadata });
    if (rows.length !== Number(metadata.num_rows)) throw new Error(`${rows.length} rows were found`);
    const fields = metadata.schema.slice(1).filter(({ num_children }) => !num_children);
    return Object.fromEntries(
      fields.map(({ name, type }) => [
        name,
        toColumn(
          rows.map((row) => row[name]),
          type === 'INT32',
        ),
      ]),
    );
  } catch (cause) {
    throw new DataError(
      `readScoreParquet: the file is damaged, cut off or no Parquet table (${(cause as Error).message}). Write it again, ` +
        'with snappy or no compression.',
      { cause },
    );
  }
}

function toColumn(values: readonly unknown[], whole: boolean): ScoreColumns[string] {
  const isNumber = (value: unknown) => typeof value === 'number' || typeof value === 'bigint';
  if (whole && values.every(isNumber)) return Int32Array.from(values, Number);
  const missing = (value: unknown) => value === null || value === undefined;
  if (values.every((value) => isNumber(value) || missing(value)))
    return Float64Array.from(values, (value) => (missing(value) ? Number.NaN : Number(value)));
  return values.map((value) => (missing(value) ? '' : String(value)));
}
