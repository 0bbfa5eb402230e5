import type { Alignment } from '@spinformer/potts';

/** An alignment as text: names and sequences, gaps as `-`; A2M and A3M have match columns only. */
export function alignmentText(alignment: Alignment, format: string): string {
  const rows = sequencesOf(alignment);
  if (format === 'aln') return `${rows.map(({ letters }) => letters).join('\n')}\n`;
  if (format === 'stockholm') return stockholm(rows);
  return rows.map(({ name, letters }) => `>${name}\n${letters}\n`).join('');
}

interface NamedSequence {
  readonly name: string;
  readonly letters: string;
}

function sequencesOf({ names, samples, sites, codes, alphabet }: Alignment): NamedSequence[] {
  return Array.from({ length: samples }, (_, s) => ({
    name: names[s],
    letters: Array.from(codes.subarray(s * sites, (s + 1) * sites), (code) => alphabet.symbols[code]).join(
      '',
    ),
  }));
}

/** Names in Stockholm have no spaces, and stand in one column. */
function stockholm(rows: readonly NamedSequence[]): string {
  const names = rows.map(({ name }) => name.split(/\s/)[0]);
  const width = Math.max(...names.map((name) => name.length));
  const lines = rows.map(({ letters }, k) => `${names[k].padEnd(width)} ${letters}`);
  return `# STOCKHOLM 1.0\n${lines.join('\n')}\n//\n`;
}
