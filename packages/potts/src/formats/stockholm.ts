import { DataError } from '@spinformer/numerics';
import { type ParsedAlignment, RecordBuilder } from './record.ts';

const HEADER = /^#\s*STOCKHOLM\s+1/i;

/** Whether a text begins as a Stockholm file does. */
export function isStockholm(lines: readonly string[]): boolean {
  return HEADER.test(lines.find((line) => line.trim() !== '') ?? '');
}

/**
 * Reads a Stockholm alignment, interleaved or not, with its `#=GC RF` line where there is one. Only the first alignment
 * of a file with several is read, with a warning.
 *
 * @throws {DataError} for a line that is neither annotation nor `name sequence`.
 */
export function parseStockholm(lines: readonly string[]): ParsedAlignment {
  const reader = new StockholmReader();
  let index = 0;
  for (; index < lines.length && !reader.finished; index++) reader.readLine(lines[index].trim(), index + 1);
  const more = lines.slice(index).some((line) => HEADER.test(line));
  const warnings = more ? ['the file holds more than one Stockholm alignment; only the first was read'] : [];
  return reader.result(warnings);
}

class StockholmReader {
  finished = false;
  readonly #builders: RecordBuilder[] = [];
  readonly #byKey = new Map<string, RecordBuilder>();
  #inBlock = new Map<string, number>();
  #reference = '';

  readLine(text: string, line: number): void {
    if (text === '') this.#inBlock = new Map();
    else if (text === '//') this.finished = true;
    else if (text.startsWith('#')) this.#reference += /^#=GC\s+RF\s+(\S+)$/.exec(text)?.[1] ?? '';
    else this.#readSequence(text, line);
  }

  result(warnings: readonly string[]): ParsedAlignment {
    const records = this.#builders.map((builder) => builder.finish());
    return { records, warnings, ...(this.#reference === '' ? {} : { reference: this.#reference }) };
  }

  /** The k-th line of a name within a block continues the k-th sequence of that name: duplicates stay apart. */
  #readSequence(text: string, line: number): void {
    const words = text.split(/\s+/);
    if (words.length !== 2)
      throw new DataError(
        `readAlignment: line ${line} of a Stockholm file must hold a name and a sequence, got ${words.length} words.`,
      );
    const [name, letters] = words;
    const occurrence = this.#inBlock.get(name) ?? 0;
    this.#inBlock.set(name, occurrence + 1);
    const key = `${occurrence} ${name}`;
    let builder = this.#byKey.get(key);
    if (!builder) {
      builder = new RecordBuilder(name, line);
      this.#byKey.set(key, builder);
      this.#builders.push(builder);
    }
    builder.append(letters, line);
  }
}
