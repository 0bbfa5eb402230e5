import { DataError } from '@spinformer/numerics';
import { type AtomRecord, StructureBuilder } from './atom-records.ts';
import { type CifToken, cifTokens } from './mmcif-tokens.ts';
import { residueLetter } from './residue-letters.ts';
import type { Structure } from './structure.ts';

const CATEGORY = '_atom_site.';

/**
 * Reads the atom_site loop of an mmCIF file, under the authors' chain names and residue numbers where it has them.
 *
 * @param model the model to read, by its number; default the first.
 * @throws {DataError} for a loop with missing columns or values, a number that cannot be read, or a model that is not
 *   there.
 * @source PDBx/mmCIF dictionary, category atom_site
 */
export function parseMmcif(lines: readonly string[], model?: number): Structure {
  const builder = new StructureBuilder();
  const models = new Set<string>();
  for (const row of atomRows(cifTokens(lines))) {
    const number = row.optional('pdbx_PDB_model_num') ?? '1';
    models.add(number);
    const wanted = model === undefined ? models.size === 1 : Number(number) === model;
    const letter = letterOf(row);
    if (wanted && letter !== null) builder.add(toRecord(row, letter));
  }
  if (model !== undefined && models.size > 0 && !models.has(String(model)))
    throw new DataError(
      `readStructure: there is no model ${model}; the file has models ${[...models].join(', ')}.`,
    );
  return builder.finish();
}

/** Residues of a polymer have a place in its sequence; waters and ligands have none. */
function letterOf(row: AtomRow): string | null {
  const known = residueLetter(row.required('auth_comp_id', 'label_comp_id'));
  const isPolymer = row.optional('group_PDB') !== 'HETATM' || row.optional('label_seq_id') !== null;
  return known ?? (isPolymer ? 'X' : null);
}

function toRecord(row: AtomRow, letter: string): AtomRecord {
  return {
    letter,
    name: row.required('auth_atom_id', 'label_atom_id'),
    element: (row.optional('type_symbol') ?? '').toUpperCase(),
    residueName: row.required('auth_comp_id', 'label_comp_id'),
    chain: row.required('auth_asym_id', 'label_asym_id'),
    residueNumber: row.number('auth_seq_id', 'label_seq_id'),
    insertionCode: row.optional('pdbx_PDB_ins_code') ?? '',
    occupancy: Number(row.optional('occupancy') ?? 0) || 0,
    x: row.number('Cartn_x'),
    y: row.number('Cartn_y'),
    z: row.number('Cartn_z'),
  };
}

/** The rows of the atom_site loop. */
function* atomRows(tokens: Iterable<CifToken>): Generator<AtomRow> {
  let state: 'outside' | 'tags' | 'values' = 'outside';
  let isAtomLoop = false;
  let columns = new Map<string, number>();
  let values: CifToken[] = [];
  for (const token of tokens) {
    const ends = token.keyword || (token.tag && state !== 'tags');
    if (ends) {
      checkComplete(values, columns);
      values = [];
      columns = new Map();
      isAtomLoop = false;
      state = token.text === 'loop_' ? 'tags' : 'outside';
    } else if (token.tag) {
      isAtomLoop = token.text.startsWith(CATEGORY);
      columns.set(token.text, columns.size);
    } else {
      if (state === 'tags') state = 'values';
      if (!isAtomLoop) continue;
      values.push(token);
      if (values.length < columns.size) continue;
      yield new AtomRow(columns, values);
      values = [];
    }
  }
  checkComplete(values, columns);
}

function checkComplete(values: readonly CifToken[], columns: ReadonlyMap<string, number>): void {
  if (values.length === 0) return;
  throw new DataError(
    `readStructure: the atom_site loop ends at line ${values.at(-1)!.line} with ${values.length} of ${columns.size} ` +
      'values. Is the mmCIF file cut off?',
  );
}

class AtomRow {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #values: readonly CifToken[];

  constructor(columns: ReadonlyMap<string, number>, values: readonly CifToken[]) {
    this.#columns = columns;
    this.#values = values;
  }

  /** The value of a column; null where the column is missing or holds `.` or `?`. */
  optional(name: string): string | null {
    const column = this.#columns.get(CATEGORY + name);
    if (column === undefined) return null;
    const { text, quoted } = this.#values[column];
    return !quoted && (text === '.' || text === '?') ? null : text;
  }

  /** The first of the named columns that has a value. */
  required(...names: string[]): string {
    for (const name of names) {
      const value = this.optional(name);
      if (value !== null) return value;
    }
    throw new DataError(
      `readStructure: line ${this.#values[0].line} of the mmCIF file has no ${CATEGORY}${names.at(-1)}.`,
    );
  }

  number(...names: string[]): number {
    const text = this.required(...names);
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw new DataError(
      `readStructure: line ${this.#values[0].line} has ${names[0]} ${JSON.stringify(text)}, which is no number.`,
    );
  }
}
