/** One sequence as it stands in a file. */
export interface SequenceRecord {
  readonly name: string;
  /** All letters and gaps, line breaks and white space removed. */
  readonly sequence: string;
  /** 1-based line of the file on which the record begins. */
  readonly line: number;
  /** Where each piece of the sequence stands: its 1-based line and its length, in order. */
  readonly pieces: readonly Piece[];
}

/** A stretch of a sequence on one line. */
export interface Piece {
  readonly line: number;
  readonly length: number;
}

/** What a parser returns: the sequences and, where the format tells, which columns are match columns. */
export interface ParsedAlignment {
  readonly records: readonly SequenceRecord[];
  /** One character per column, gap characters for insert columns (the RF line of Stockholm). */
  readonly reference?: string;
  readonly warnings: readonly string[];
}

/** A record that is still being read. */
export class RecordBuilder {
  readonly name: string;
  readonly line: number;
  readonly #parts: string[] = [];
  readonly #pieces: Piece[] = [];

  constructor(name: string, line: number) {
    this.name = name;
    this.line = line;
  }

  append(text: string, line: number): void {
    const letters = /\s/.test(text) ? text.replace(/\s+/g, '') : text;
    if (letters.length === 0) return;
    this.#parts.push(letters);
    this.#pieces.push({ line, length: letters.length });
  }

  finish(): SequenceRecord {
    return { name: this.name, line: this.line, sequence: this.#parts.join(''), pieces: this.#pieces };
  }
}

/** Line of the file and position among the letters of that line, both 1-based, of a 0-based position in a sequence. */
export function locate(record: SequenceRecord, index: number): { line: number; position: number } {
  let rest = index;
  for (const piece of record.pieces) {
    if (rest < piece.length) return { line: piece.line, position: rest + 1 };
    rest -= piece.length;
  }
  return { line: record.line, position: index + 1 };
}

/** Lines of a text without their ends, whatever these are (LF, CRLF, CR), and without a byte-order mark. */
export function textLines(text: string): string[] {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return body.split(/\r\n|\n|\r/);
}
