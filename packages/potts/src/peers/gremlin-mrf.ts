import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { GAP_LAST } from './ccmpred-text.ts';
import { blockOf, emptyCouplings, forEachPair, placeBlock } from './coupling-blocks.ts';
import type { PottsFileHints, PottsFileMetadata, PottsModelReading } from './peer-file.ts';
import { guessLetters, PROTEIN_GAP_LAST } from './peer-letters.ts';
import { numbersToWrite } from './site-numbers.ts';
import { reorderStates } from './state-order.ts';
import { linesOf, numbersOf, TextBytes, wordsOf } from './text-bytes.ts';

const CALLER = 'readPottsModelFile (gremlin)';

/**
 * Reads the MRF text of GREMLIN_CPP (`-mrf_o`): lines `V[i] h…` and `W[i][j] J…`, where i counts the columns of the
 * alignment from 0 and columns of too many gaps are left out. States are ARNDCQEGHILKMFPSTWYV- (AUCG- for RNA, 01- for
 * binary). A pair without a line has no coupling.
 *
 * @throws {DataError} for a line that does not fit, with its number.
 * @source GREMLIN_CPP, Mrf::save
 */
export function readGremlinMrf(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const { columns, fields } = readFields(bytes);
  const sites = columns.size;
  const states = fields.length / sites;
  const model = { sites, states, fields, couplings: emptyCouplings(CALLER, sites, states) };
  const missing = (sites * (sites - 1)) / 2 - placePairs(model, columns, bytes);
  const guess = guessLetters(CALLER, states, hints, GAP_LAST);
  const { letters } = guess;
  const known = letters === PROTEIN_GAP_LAST;
  return {
    model,
    ...(letters ? { letters } : {}),
    offsets: Int32Array.from(columns.keys(), (column) => column + 1),
    description: { ...(letters ? { letters } : {}), columns: Int32Array.from(columns.keys()) },
    format: 'gremlin',
    warnings: [
      ...(known ? [] : guess.warnings),
      ...(missing > 0 ? [`${missing} pairs have no line in the file; their couplings are zero`] : []),
    ],
  };
}

/** Fields by site, and the site of each column, in the order of the file. */
function readFields(bytes: Uint8Array): { columns: Map<number, number>; fields: Float64Array } {
  const columns = new Map<number, number>();
  const rows: Float64Array[] = [];
  let line = 0;
  for (const text of linesOf(bytes)) {
    line++;
    const [tag, ...words] = text.startsWith('W') ? [] : wordsOf(text);
    if (tag === undefined) continue;
    const column = Number(/^V\[(\d{1,9})\]$/.exec(tag)?.[1] ?? Number.NaN);
    const width = rows[0]?.length ?? words.length;
    if (Number.isNaN(column) || words.length !== width || width < 2)
      throw lineError(line, `should be "V[i]" and ${width} fields, or "W[i][j]" and couplings`);
    if (columns.has(column)) throw lineError(line, `gives the fields of column ${column} a second time`);
    columns.set(column, rows.length);
    rows.push(numbersOf(words, CALLER, line));
  }
  if (rows.length === 0)
    throw new DataError(`${CALLER}: the file has no line "V[i]". Is it an MRF of GREMLIN?`);
  const states = rows[0].length;
  const fields = new Float64Array(rows.length * states);
  rows.forEach((row, site) => {
    fields.set(row, site * states);
  });
  return { columns, fields };
}

/** Reads the lines of couplings into the model; returns how many there are. */
function placePairs(model: PottsModel, columns: ReadonlyMap<number, number>, bytes: Uint8Array): number {
  const { sites, states } = model;
  const seen = new Set<number>();
  let line = 0;
  for (const text of linesOf(bytes)) {
    line++;
    if (!text.startsWith('W')) continue;
    const [tag, ...words] = wordsOf(text);
    const [, first, second] = /^W\[(\d{1,9})\]\[(\d{1,9})\]$/.exec(tag) ?? [];
    const i = columns.get(Number(first));
    const j = columns.get(Number(second));
    if (i === undefined || j === undefined || i === j)
      throw lineError(line, `couples columns that have no fields: ${tag.slice(0, 40)}`);
    if (words.length !== states * states)
      throw lineError(
        line,
        `should hold ${states * states} couplings, got ${words.length}; is the file cut off?`,
      );
    const pair = Math.min(i, j) * sites + Math.max(i, j);
    if (seen.has(pair)) throw lineError(line, `gives the pair ${tag} a second time`);
    seen.add(pair);
    placeBlock(model, i, j, numbersOf(words, CALLER, line));
  }
  return seen.size;
}

function lineError(line: number, what: string): DataError {
  return new DataError(`${CALLER}: line ${line} ${what}.`);
}

/**
 * Writes GREMLIN's MRF text. Sites are written as columns `offsets − 1`; numbers so that they are read back exactly
 * (GREMLIN itself writes six digits).
 *
 * @throws {DataError} for a model whose letters are none of GREMLIN's alphabets.
 */
export function writeGremlinMrf(model: PottsModel, metadata: PottsFileMetadata): Uint8Array {
  const letters = metadata.letters ?? '';
  const order = Object.values(GAP_LAST).find((usual) =>
    [...letters].every((letter) => usual.includes(letter)),
  );
  const ordered = reorderStates(model, letters, order ?? PROTEIN_GAP_LAST);
  const { sites, states, fields } = ordered;
  const columns = numbersToWrite(sites, metadata).map((number) => number - 1);
  const text = new TextBytes();
  for (let i = 0; i < sites; i++)
    text.line(`V[${columns[i]}] ${[...fields.subarray(i * states, (i + 1) * states)].join(' ')}`);
  forEachPair(sites, (i, j) => {
    text.line(`W[${columns[i]}][${columns[j]}] ${[...blockOf(ordered, i, j)].join(' ')}`);
  });
  return text.finish();
}
