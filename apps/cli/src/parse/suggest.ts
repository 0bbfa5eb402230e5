/** Number of single-letter edits (swaps of neighbours count once) between two words. */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0][j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}

/**
 * The known word that `typed` was probably meant to be; undefined where nothing is near. A word that begins with what
 * was typed, or the other way round, counts as near.
 */
export function suggest(typed: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 0.5;
  for (const word of known) {
    const extends_ = typed.length >= 3 && (word.startsWith(typed) || typed.startsWith(word));
    const distance = Math.min(editDistance(typed, word), extends_ ? 1.5 : Number.POSITIVE_INFINITY);
    if (distance >= bestDistance) continue;
    best = word;
    bestDistance = distance;
  }
  return best;
}
