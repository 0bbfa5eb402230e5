import { type Configurations, DataError } from '@spinformer/numerics';

/** What {@link writeFasta} needs beside the configurations. */
export interface FastaOptions {
  /** `letters[state]`; an {@link Alignment} brings its own. */
  readonly letters: string;
  /** Default: numbers from 1. */
  readonly names?: readonly string[];
  /** Written for a missing entry, −1. Default '-'. */
  readonly gap?: string;
}

/**
 * Configurations as FASTA text, one line per sequence: generated sequences for other programs.
 *
 * @throws {DataError} for a state without a letter.
 * @example
 * ```ts
 * writeFasta({ samples: 1, sites: 3, states: 2, values: Int32Array.of(0, 1, -1) }, { letters: 'AB' }); // '>1\nAB-\n'
 * ```
 */
export function writeFasta(
  { samples, sites, values }: Pick<Configurations, 'samples' | 'sites' | 'values'>,
  { letters, names, gap = '-' }: FastaOptions,
): string {
  const symbols = [...letters];
  const lines: string[] = [];
  for (let m = 0; m < samples; m++) {
    lines.push(`>${names?.[m] ?? m + 1}`);
    const sequence = Array.from(values.subarray(m * sites, (m + 1) * sites), (state, i) => {
      const letter = state === -1 ? gap : symbols[state];
      if (letter === undefined)
        throw new DataError(
          `writeFasta: state ${state} of sample ${m}, site ${i} has no letter in "${letters}".`,
        );
      return letter;
    });
    lines.push(sequence.join(''));
  }
  return lines.map((line) => `${line}\n`).join('');
}
