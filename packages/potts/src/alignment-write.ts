import { ConfigError, type Configurations, DataError } from '@spinformer/numerics';
import type { AlignmentFormat } from './formats/detect.ts';

/** What the writers need beside the configurations. */
export interface FastaOptions {
  /** `letters[state]`; an {@link Alignment} brings its own. */
  readonly letters: string;
  /** Default: numbers from 1. */
  readonly names?: readonly string[];
  /** Written for a missing entry, −1. Default '-'. */
  readonly gap?: string;
}

/** Sequences to write: an alignment, or generated configurations. */
export type WrittenSequences = Pick<Configurations, 'samples' | 'sites' | 'values'>;

/**
 * Configurations as FASTA text, one line per sequence: generated sequences for other programs.
 *
 * @throws {DataError} for a state without a letter.
 * @example
 * ```ts
 * writeFasta({ samples: 1, sites: 3, states: 2, values: Int32Array.of(0, 1, -1) }, { letters: 'AB' }); // '>1\nAB-\n'
 * ```
 */
export function writeFasta(sequences: WrittenSequences, options: FastaOptions): string {
  return writeAlignment(sequences, 'fasta', options);
}

/**
 * Configurations as the text of an alignment. All columns are match columns, so that FASTA, A2M and A3M are the same
 * text with `-` for a gap; Stockholm marks them by its RF line; plain text has one sequence a line and no names
 * (CCMpred's `.aln`).
 *
 * @throws {DataError} for a state without a letter, names that do not fit in number, or lower-case letters in A2M, A3M
 *   and Stockholm, where they would be insert states.
 * @throws {ConfigError} for an unknown format.
 * @example
 * ```ts
 * await writeFile('family.sto', writeAlignment(alignment, 'stockholm', alignment));
 * ```
 */
export function writeAlignment(
  sequences: WrittenSequences,
  format: AlignmentFormat,
  options: FastaOptions,
): string {
  checkOptions(sequences, format, options);
  const names = Array.from({ length: sequences.samples }, (_, m) => options.names?.[m] ?? String(m + 1));
  const lines = names.map((_, m) => lettersOf(sequences, m, options, format !== 'fasta'));
  if (format === 'plain') return lines.map((letters) => `${letters}\n`).join('');
  if (format === 'stockholm') return stockholm(names.map(oneWord), lines, sequences.sites);
  return lines.map((letters, m) => `>${names[m].replace(/[\r\n]+/g, ' ')}\n${letters}\n`).join('');
}

function checkOptions({ samples }: WrittenSequences, format: AlignmentFormat, options: FastaOptions): void {
  if (!['fasta', 'a2m', 'a3m', 'stockholm', 'plain'].includes(format))
    throw new ConfigError(
      `writeAlignment: format must be one of fasta, a2m, a3m, stockholm, plain, got ${JSON.stringify(format)}.`,
    );
  if (options.names && options.names.length !== samples)
    throw new DataError(
      `writeAlignment: ${samples} sequences need as many names, got ${options.names.length}.`,
    );
  if (format !== 'fasta' && format !== 'plain' && /[a-z]/.test(options.letters))
    throw new DataError(
      `writeAlignment: lower-case letters, as in "${options.letters}", are insert states in ${format}. Write 'fasta'.`,
    );
}

function lettersOf(
  { sites, values }: WrittenSequences,
  sample: number,
  { letters, gap = '-' }: FastaOptions,
  dashes: boolean,
): string {
  return Array.from(values.subarray(sample * sites, (sample + 1) * sites), (state, i) => {
    const letter = state === -1 ? gap : letters[state];
    if (letter === undefined)
      throw new DataError(
        `writeAlignment: state ${state} of sample ${sample}, site ${i} has no letter in "${letters}".`,
      );
    return dashes && letter === '.' ? '-' : letter;
  }).join('');
}

/** Names end at white space, and `#` and `//` begin other lines. */
function oneWord(name: string): string {
  return (
    name
      .trim()
      .replace(/\s+/g, '_')
      .replace(/^#/, '_')
      .replace(/^\/\/$/, '_') || '_'
  );
}

function stockholm(names: readonly string[], lines: readonly string[], sites: number): string {
  const width = names.reduce((most, name) => Math.max(most, name.length), '#=GC RF'.length);
  const rows = names.map((name, m) => `${name.padEnd(width)} ${lines[m]}\n`).join('');
  return `# STOCKHOLM 1.0\n${rows}${'#=GC RF'.padEnd(width)} ${'x'.repeat(sites)}\n//\n`;
}
