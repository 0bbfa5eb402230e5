import { ConfigError, DataError } from '@spinformer/numerics';
import type { Alignment, AlignmentOptions } from './alignment.ts';
import { type Columns, checkEven, chooseColumns, matchRows, type Row } from './alignment-columns.ts';
import { encodeRows } from './alignment-encode.ts';
import { filterColumns, filterSequences, selectColumns } from './alignment-filter.ts';
import { type Alphabet, alphabet, guessAlphabet } from './alphabet.ts';
import type { DetectedAlignment } from './formats/detect.ts';

const DEFAULTS = {
  gaps: 'state',
  invalid: 'drop',
  invalidColumns: 'kept',
  maxSequenceGaps: 1,
  maxColumnGaps: 1,
  emptyColumns: 'error',
  minimumSequences: 2,
} as const;

/** Options of {@link readAlignment} with every default filled in. */
export type ResolvedOptions = AlignmentOptions & Required<Pick<AlignmentOptions, keyof typeof DEFAULTS>>;

/** Turns parsed records into an {@link Alignment}: columns, codes, filters, states. */
export function buildAlignment(parsed: DetectedAlignment, given: AlignmentOptions): Alignment {
  const options = resolveOptions(given);
  const rows = matchRows(parsed);
  checkCount(rows.length, 0, options, 'the alignment');
  checkEven(rows, parsed.format);
  const letters = resolveAlphabet(options.alphabet, rows);
  checkStates(letters, options.gaps);
  const chosen = chooseColumns(parsed, rows, options, letters);
  const encoded = encodeRows(rows, chosen.columns, letters, options);
  const sequences = filterSequences(encoded, letters, options);
  checkCount(
    sequences.kept.length,
    rows.length,
    options,
    'after dropping sequences the alignment',
    encoded.example,
  );
  const columns = filterColumns(sequences, chosen.columns, letters, options);
  const warnings = [
    ...parsed.warnings,
    ...chosen.warnings,
    ...encoded.warnings,
    ...sequences.warnings,
    ...columns.warnings,
  ];
  return assemble(parsed, letters, options, { rows, chosen, encoded, sequences, columns }, warnings);
}

interface Parts {
  readonly rows: readonly Row[];
  readonly chosen: Columns;
  readonly encoded: ReturnType<typeof encodeRows>;
  readonly sequences: ReturnType<typeof filterSequences>;
  readonly columns: ReturnType<typeof filterColumns>;
}

function assemble(
  parsed: DetectedAlignment,
  letters: Alphabet,
  { gaps }: ResolvedOptions,
  { rows, chosen, encoded, sequences, columns }: Parts,
  warnings: readonly string[],
): Alignment {
  const kept = Int32Array.from(columns.kept);
  const states = stateTable(letters, gaps);
  const codes = selectColumns(sequences.codes, chosen.columns.length, kept);
  return Object.freeze({
    samples: sequences.kept.length,
    sites: kept.length,
    states: states.letters.length,
    values: Int32Array.from(codes, (code) => states.ofCode[code]),
    names: sequences.kept.map((index) => rows[index].record.name),
    alphabet: letters,
    letters: states.letters,
    gaps,
    codes,
    columns: kept.map((site) => chosen.columns[site]),
    ...(chosen.reference ? { reference: selectReference(chosen.reference, kept) } : {}),
    format: parsed.format,
    counts: Object.freeze({
      sequencesRead: rows.length,
      sequencesWithInvalidLetters: encoded.invalid.length,
      sequencesWithTooManyGaps: sequences.tooManyGaps,
      lettersReadAsGaps: encoded.lettersReadAsGaps,
      columnsRead: rows[0].letters.length,
      columnsOutsideFocus: rows[0].letters.length - chosen.columns.length,
      columnsWithTooManyGaps: columns.tooManyGaps,
      columnsEmpty: columns.empty,
    }),
    warnings,
  });
}

function selectReference(reference: NonNullable<Columns['reference']>, kept: Int32Array) {
  return {
    name: reference.name,
    letters: Array.from(kept, (site) => reference.letters[site]).join(''),
    residueNumbers: kept.map((site) => reference.residueNumbers[site]),
  };
}

function stateTable(letters: Alphabet, gaps: 'state' | 'ignore'): { letters: string; ofCode: Int32Array } {
  const symbols = [...letters.symbols];
  const skip = gaps === 'ignore' ? letters.gapCode : -1;
  let next = 0;
  const ofCode = Int32Array.from(symbols, (_, code) => (code === skip ? -1 : next++));
  return { letters: symbols.filter((_, code) => code !== skip).join(''), ofCode };
}

function resolveAlphabet(given: AlignmentOptions['alphabet'], rows: readonly Row[]): Alphabet {
  if (given === undefined) return guessAlphabet(rows.map((row) => row.letters));
  return typeof given === 'string' ? alphabet(given) : given;
}

function checkStates(letters: Alphabet, gaps: 'state' | 'ignore'): void {
  const states = letters.symbols.length - (gaps === 'ignore' && letters.gapCode >= 0 ? 1 : 0);
  if (states < 2)
    throw new ConfigError(
      `readAlignment: the alphabet ${JSON.stringify(letters.symbols)} leaves ${states} state once gaps are ignored; ` +
        "at least 2 are needed. Use gaps: 'state' or an alphabet of more letters.",
    );
}

function resolveOptions(given: AlignmentOptions): ResolvedOptions {
  const options = { ...DEFAULTS, ...dropUndefined(given) };
  for (const name of ['maxSequenceGaps', 'maxColumnGaps'] as const)
    if (!(options[name] >= 0 && options[name] <= 1))
      throw new ConfigError(`readAlignment: ${name} is a share of gaps in 0…1, got ${options[name]}.`);
  checkChoice('gaps', options.gaps, ['state', 'ignore']);
  checkChoice('invalid', options.invalid, ['drop', 'gap', 'error']);
  checkChoice('invalidColumns', options.invalidColumns, ['kept', 'all']);
  checkChoice('emptyColumns', options.emptyColumns, ['error', 'drop', 'keep']);
  checkChoice('format', options.format ?? 'auto', ['auto', 'fasta', 'a2m', 'a3m', 'stockholm', 'plain']);
  return options;
}

function dropUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new ConfigError(
      `readAlignment: ${name} must be one of ${choices.join(', ')}, got ${JSON.stringify(value)}.`,
    );
}

function checkCount(
  count: number,
  read: number,
  options: ResolvedOptions,
  subject: string,
  example = '',
): void {
  if (count >= options.minimumSequences && count > 0) return;
  const holds = count === 1 ? 'one sequence' : `${count === 0 ? 'no' : count} sequences`;
  const of = read > count ? ` of ${read}${example === '' ? '' : ` (${example})`}` : '';
  const remedy =
    read > count
      ? 'Check the alphabet and the filters.'
      : 'Couplings cannot be inferred from it: give an alignment of a family.';
  throw new DataError(
    `readAlignment: ${subject} holds ${holds}${of}; at least ${Math.max(1, options.minimumSequences)} are needed. ${remedy}`,
  );
}
