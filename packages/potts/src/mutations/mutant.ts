import { DataError } from '@spinformer/numerics';

/** One exchange of a letter: `A24G` puts G where the reference has A, at the residue of number 24. */
export interface Substitution {
  readonly from: string;
  /** Residue number in the reference's own numbering. */
  readonly position: number;
  readonly to: string;
}

/** What separates the substitutions of one mutant: ProteinGym writes `:`, EVcouplings `,`. */
const SEPARATORS = /\s*[:;,/+]\s*/;
const WILD_TYPE = /^(_?wt|wild[ -_]?type|)$/i;

/**
 * The substitutions of a mutant: `A24G`, several as `A24G:L30V`, none for `WT`.
 *
 * @throws {DataError} for a text of another form, or a position that is exchanged twice.
 * @example
 * ```ts
 * parseMutant('A24G:L30V'); // [{ from: 'A', position: 24, to: 'G' }, { from: 'L', position: 30, to: 'V' }]
 * ```
 */
export function parseMutant(text: string): Substitution[] {
  const trimmed = text.trim();
  if (WILD_TYPE.test(trimmed)) return [];
  const substitutions = trimmed.split(SEPARATORS).map((part) => parseSubstitution(part, text));
  const positions = substitutions.map(({ position }) => position);
  const twice = positions.find((position, k) => positions.indexOf(position) !== k);
  if (twice !== undefined)
    throw new DataError(`parseMutant: "${text}" changes position ${twice} twice. Name each position once.`);
  return substitutions;
}

function parseSubstitution(part: string, text: string): Substitution {
  const [, from, digits, to] = /^([^\d\s-])(-?\d{1,9})([^\d\s])$/.exec(part) ?? [];
  if (from === undefined)
    throw new DataError(
      `parseMutant: ${JSON.stringify(text.slice(0, 80))} is no mutant of the form A24G or A24G:L30V (letter, residue ` +
        'number, letter).',
    );
  return { from: from.toUpperCase(), position: Number(digits), to: to.toUpperCase() };
}
