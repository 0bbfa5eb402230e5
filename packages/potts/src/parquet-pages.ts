import type { ColumnMetaData } from 'hyparquet';
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';

/** Fields of a page's header, by their numbers in the format's Thrift definition. */
const UNCOMPRESSED_SIZE = 'field_2';
const COMPRESSED_SIZE = 'field_3';
const DATA_PAGE = 'field_5';
const DATA_PAGE_V2 = 'field_8';
/** More than this a page of scores never unpacks to: 256 MiB. */
const LARGEST_PAGE = 2 ** 28;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Walks over the pages of a column and checks that their sizes fill it exactly and their values add up, because a
 * reader that trusts a damaged size may never come to an end.
 *
 * @throws {Error} that says what does not fit.
 */
export function checkPages(column: ColumnMetaData, file: Uint8Array): void {
  const begin = Number(column.dictionary_page_offset ?? column.data_page_offset);
  const length = Number(column.total_compressed_size);
  if (!(begin >= 0 && length > 0 && begin + length <= file.length))
    throw new Error('a column lies outside the file');
  const reader = { view: new DataView(file.buffer, file.byteOffset + begin, length), offset: 0 };
  let values = 0;
  while (reader.offset < length) {
    const header: Fields = deserializeTCompactProtocol(reader);
    values += valuesOf(header[DATA_PAGE] ?? header[DATA_PAGE_V2]);
    checkSize(header[UNCOMPRESSED_SIZE], LARGEST_PAGE);
    reader.offset += checkSize(header[COMPRESSED_SIZE], length - reader.offset);
  }
  if (values !== Number(column.num_values)) throw new Error('the pages of a column do not hold its values');
}

/** A dictionary's page has none. */
function valuesOf(page: unknown): number {
  const values = page === undefined ? 0 : (page as Fields)['field_1'];
  if (typeof values === 'number' && values >= 0) return values;
  throw new Error('a page holds no number of values');
}

function checkSize(size: unknown, most: number): number {
  if (typeof size === 'number' && size >= 0 && size <= most) return size;
  throw new Error('the size of a page does not fit');
}
