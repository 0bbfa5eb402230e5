import { seededRng } from '@spinformer/numerics';

const LETTERS = 'ACDEFGHIKLMNPQRSTVWY';

/** A protein family of random sequences in which neighbouring sites go together, as FASTA. */
export function randomFamily(sequences: number, sites: number, seed = 7): string {
  const rng = seededRng(seed);
  const rows = Array.from({ length: sequences }, (_, k) => {
    let letters = '';
    let last = rng.integer(LETTERS.length);
    for (let i = 0; i < sites; i++) {
      if (rng.uniform() < 0.5) last = rng.integer(LETTERS.length);
      letters += LETTERS[last];
    }
    return `>sequence-${k + 1}\n${letters}`;
  });
  return `${rows.join('\n')}\n`;
}
