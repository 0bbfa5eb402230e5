import { decode, encode } from '@msgpack/msgpack';
import { DataError } from '@spinformer/numerics';
import type { PottsModel } from '../model.ts';
import { ccmpredModel, ccmpredReading } from './ccmpred-text.ts';
import { blockOf, emptyCouplings, forEachPair, placeBlock } from './coupling-blocks.ts';
import type { PottsFileHints, PottsFileMetadata, PottsModelReading } from './peer-file.ts';

const CALLER = 'readPottsModelFile (ccmpred-msgpack)';
const FORMAT = 'ccm-1';
/** The file has no number of states: CCMpred knows proteins only. */
const STATES = 21;

/**
 * Reads the msgpack file of CCMpred (`-b`) and CCMgen (`.braw`): `x_single` [sites, 20] and one `x` [21, 21] for each
 * pair, states ARNDCQEGHILKMFPSTWYV and the gap, whose field is zero.
 *
 * @throws {DataError} for a file that is damaged, cut off or holds something else.
 * @source CCMpred, write_raw_msgpack in src/io.c
 */
export function readCcmpredMsgpack(bytes: Uint8Array, hints: PottsFileHints): PottsModelReading {
  const file = decodeMap(bytes);
  const sites = file['ncol'];
  const single = file['x_single'];
  if (typeof sites !== 'number' || !Number.isInteger(sites) || sites < 1)
    throw new DataError(`${CALLER}: ncol must be a whole number of sites, got ${JSON.stringify(sites)}.`);
  const width = STATES - 1;
  if (!isNumbers(single, sites * width))
    throw new DataError(`${CALLER}: x_single must hold ${sites} × ${width} numbers. Is the file damaged?`);
  const fields = Float64Array.from({ length: sites * STATES }, (_, k) =>
    k % STATES === width ? 0 : single[Math.floor(k / STATES) * width + (k % STATES)],
  );
  const model = { sites, states: STATES, fields, couplings: emptyCouplings(CALLER, sites, STATES) };
  placePairs(model, file['x_pair']);
  const notes = file['meta'] === undefined ? undefined : { meta: JSON.stringify(file['meta']) };
  return ccmpredReading(model, 'ccmpred-msgpack', notes, hints);
}

function decodeMap(bytes: Uint8Array): Record<string, unknown> {
  let file: unknown;
  try {
    file = decode(bytes);
  } catch (cause) {
    throw new DataError(`${CALLER}: the file is damaged or cut off (${(cause as Error).message}).`, {
      cause,
    });
  }
  if (!isMap(file) || file['format'] !== FORMAT)
    throw new DataError(`${CALLER}: this msgpack file is none of CCMpred's: its format is not "${FORMAT}".`);
  return file;
}

function placePairs(model: PottsModel, pairs: unknown): void {
  const { sites } = model;
  const expected = (sites * (sites - 1)) / 2;
  const entries = isMap(pairs) ? Object.entries(pairs) : [];
  const seen = new Set<number>();
  for (const [name, pair] of entries) {
    const { i, j, x } = isMap(pair) ? pair : {};
    const inside = isSite(i, sites) && isSite(j, sites) && i < j;
    if (!inside || !isNumbers(x, STATES * STATES))
      throw new DataError(
        `${CALLER}: the pair "${name}" should hold i < j < ${sites} and ${STATES} × ${STATES} numbers. Is the file damaged?`,
      );
    seen.add(i * sites + j);
    placeBlock(model, i, j, x);
  }
  if (seen.size !== expected || entries.length !== expected)
    throw new DataError(
      `${CALLER}: the file holds ${seen.size} of the ${expected} pairs of its ${sites} sites. Is it damaged?`,
    );
}

/**
 * Writes CCMpred's msgpack file: float32 where the couplings are, otherwise float64. Fields are relative to the gap's.
 *
 * @throws {DataError} for a model whose letters are not the twenty amino acids, with or without gap.
 */
export function writeCcmpredMsgpack(model: PottsModel, metadata: PottsFileMetadata): Uint8Array {
  const { model: ordered, fields } = ccmpredModel(model, metadata);
  const pairs: Record<string, { i: Integer; j: Integer; x: number[] }> = {};
  forEachPair(ordered.sites, (i, j) => {
    pairs[`${i}/${j}`] = { i: BigInt(i), j: BigInt(j), x: [...blockOf(ordered, i, j)] };
  });
  const file = { format: FORMAT, ncol: BigInt(ordered.sites), x_single: [...fields], x_pair: pairs };
  return encode(file, {
    useBigInt64: true,
    forceIntegerToFloat: true,
    forceFloat32: ordered.couplings instanceof Float32Array,
  });
}

/** Whole numbers go in as bigint, because the encoder is told to write every number as a float. */
type Integer = bigint;

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSite(value: unknown, sites: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < sites;
}

function isNumbers(value: unknown, length: number): value is number[] {
  return (
    Array.isArray(value) &&
    value.length === length &&
    value.every((x) => typeof x === 'number' && Number.isFinite(x))
  );
}
