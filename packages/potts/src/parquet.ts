import { crc32, DataError } from '@spinformer/numerics';
import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { checkPages } from './parquet-pages.ts';
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
  const checksum = dataChecksum(new Uint8Array(parquetWriteBuffer({ columnData })));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata: [{ key: CHECKSUM, value: checksum }] }));
}

/** Our own entry of the footer, because pages have no checksum: a flipped bit would pass for another number. */
const CHECKSUM = 'spinformer.crc32';
const MAGIC_BYTES = 4;
const TRAILER_BYTES = 8;

/** CRC-32 of everything between the first four bytes and the footer. */
function dataChecksum(file: Uint8Array): string {
  const trailer = new DataView(file.buffer, file.byteOffset + file.length - TRAILER_BYTES, TRAILER_BYTES);
  const end = file.length - TRAILER_BYTES - trailer.getUint32(0, true);
  return String(crc32(file.subarray(MAGIC_BYTES, Math.max(MAGIC_BYTES, end))) >>> 0);
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
    checkFooter(metadata, new Uint8Array(file));
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

/** @throws {Error} where the footer does not fit the file, or the checksum that we write does not fit the data. */
function checkFooter(metadata: FileMetaData, file: Uint8Array): void {
  const checksum = metadata.key_value_metadata?.find(({ key }) => key === CHECKSUM)?.value;
  if (checksum !== undefined && checksum !== dataChecksum(file)) throw new Error('its checksum is wrong');
  for (const { columns, num_rows } of metadata.row_groups)
    for (const { meta_data } of columns) {
      if (meta_data === undefined || meta_data.num_values !== num_rows)
        throw new Error('a column does not hold one value for each row');
      checkPages(meta_data, file);
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
