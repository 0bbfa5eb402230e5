/** A word of a CIF file. */
export interface CifToken {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** Whether it stood in quotes or a text field, and so is a value whatever it looks like. */
  readonly quoted: boolean;
  /** Whether it is a data name, as `_atom_site.id`. */
  readonly tag: boolean;
  /** Whether it is `loop_`, `data_…`, `save_…`, `stop_` or `global_`; in lower case. */
  readonly keyword: boolean;
}

/** Quoted words end at a quote before white space; `#` begins a comment; everything else ends at white space. */
const WORD = /'((?:[^']|'(?=\S))*)'(?=\s|$)|"((?:[^"]|"(?=\S))*)"(?=\s|$)|(#.*)|(\S+)/g;
const KEYWORD = /^(loop_|stop_|global_|data_|save_)/i;

/**
 * Cuts a CIF file into words: quotes, text fields between lines that begin with `;`, and comments are understood.
 *
 * @source CIF 1.1 syntax, International Union of Crystallography
 */
export function* cifTokens(lines: readonly string[]): Generator<CifToken> {
  for (let index = 0; index < lines.length; index++) {
    let text = lines[index];
    if (text.startsWith(';')) {
      const start = index;
      const field = [text.slice(1)];
      while (++index < lines.length && !lines[index].startsWith(';')) field.push(lines[index]);
      yield { text: field.join('\n'), line: start + 1, quoted: true, tag: false, keyword: false };
      text = (lines[index] ?? ';').slice(1);
    }
    yield* lineTokens(text, index + 1);
  }
}

function* lineTokens(text: string, line: number): Generator<CifToken> {
  for (const [, single, double, comment, bare] of text.matchAll(WORD)) {
    if (comment !== undefined) continue;
    if (bare === undefined) {
      yield { text: single ?? double, line, quoted: true, tag: false, keyword: false };
      continue;
    }
    const keyword = KEYWORD.test(bare);
    yield {
      text: keyword ? bare.toLowerCase() : bare,
      line,
      quoted: false,
      tag: bare.startsWith('_'),
      keyword,
    };
  }
}
