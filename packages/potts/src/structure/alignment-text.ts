/** Letters of an alignment shown on one line. */
const LETTERS_A_LINE = 60;

/**
 * A pairwise alignment as text for people: both sequences under one another, gaps as `-`, and between them `|` where the
 * letters agree.
 *
 * @param partners for each letter of `a` the position in `b`, or −1, as {@link alignPair} gives them.
 * @param names of the two, padded to one width.
 * @returns lines of sixty letters in groups of three, without a last line feed.
 */
export function alignmentText(
  a: string,
  b: string,
  partners: ArrayLike<number>,
  names: readonly [string, string] = ['a', 'b'],
): string {
  const [top, bottom] = spread(a, b, partners);
  const between = Array.from(top, (letter, k) => (letter === bottom[k] && letter !== '-' ? '|' : ' '));
  const width = Math.max(names[0].length, names[1].length);
  const lines: string[] = [];
  for (let at = 0; at < top.length; at += LETTERS_A_LINE) {
    const part = (letters: readonly string[]) => letters.slice(at, at + LETTERS_A_LINE).join('');
    lines.push(`${names[0].padEnd(width)}  ${part(top)}`);
    lines.push(`${' '.repeat(width)}  ${part(between)}`.trimEnd());
    lines.push(`${names[1].padEnd(width)}  ${part(bottom)}`);
  }
  return lines.join('\n');
}

/** Both sequences with gaps, letter by letter. */
function spread(a: string, b: string, partners: ArrayLike<number>): [string[], string[]] {
  const top: string[] = [];
  const bottom: string[] = [];
  let next = 0;
  const overhang = (until: number) => {
    for (; next < until; next++) {
      top.push('-');
      bottom.push(b[next]);
    }
  };
  [...a].forEach((letter, i) => {
    if (partners[i] >= 0) overhang(partners[i]);
    top.push(letter);
    bottom.push(partners[i] >= 0 ? b[next++] : '-');
  });
  overhang(b.length);
  return [top, bottom];
}
