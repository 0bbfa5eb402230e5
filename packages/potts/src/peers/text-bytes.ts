import { DataError } from '@spinformer/numerics';

/** How much text is decoded at a time, in bytes: parameter files may be longer than a string can be. */
const WINDOW = 1 << 20;
const LINE_FEED = 10;

/** The lines of a UTF-8 text, whatever their ends, without a byte-order mark; the text is decoded piece by piece. */
export function* linesOf(bytes: Uint8Array): Generator<string> {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length; ) {
    const window = Math.min(bytes.length, at + WINDOW);
    const last = bytes.subarray(at, window).lastIndexOf(LINE_FEED);
    const next = last >= 0 ? at + last : bytes.indexOf(LINE_FEED, window);
    const end = next < 0 ? bytes.length : next + 1;
    const text = decoder.decode(bytes.subarray(at, end));
    yield* (text.endsWith('\n') ? text.slice(0, text.endsWith('\r\n') ? -2 : -1) : text).split(/\r\n|\n|\r/);
    at = end;
  }
}

/** A text that grows into bytes, because a whole parameter file may be longer than a string can be. */
export class TextBytes {
  readonly #encoder = new TextEncoder();
  readonly #chunks: Uint8Array[] = [];
  #lines: string[] = [];
  #length = 0;

  line(text: string): void {
    this.#lines.push(text, '\n');
    this.#length += text.length;
    if (this.#length > WINDOW) this.#flush();
  }

  finish(): Uint8Array {
    this.#flush();
    const all = new Uint8Array(this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all;
  }

  #flush(): void {
    this.#chunks.push(this.#encoder.encode(this.#lines.join('')));
    this.#lines = [];
    this.#length = 0;
  }
}

/**
 * The numbers of a line, separated by white space.
 *
 * @throws {DataError} that names the line and the word that is no finite number.
 */
export function numbersOf(words: readonly string[], caller: string, line: number): Float64Array {
  return Float64Array.from(words, (word) => finiteNumber(word, caller, line));
}

/** @throws {DataError} that names the line and the word. */
export function finiteNumber(word: string, caller: string, line: number): number {
  const value = Number(word);
  if (Number.isFinite(value) && word !== '') return value;
  throw new DataError(
    `${caller}: line ${line} holds ${JSON.stringify(word.slice(0, 40))} where a finite number should stand. ` +
      'Is the file damaged?',
  );
}

/** The words of a line; none of an empty one. */
export function wordsOf(line: string): string[] {
  const text = line.trim();
  return text === '' ? [] : text.split(/\s+/);
}
