import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { DataError, DomainError, ShapeError, seededRng } from '@spinformer/numerics';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { AlignmentOptions } from '../../src/alignment.ts';
import { readAlignmentBytes } from '../../src/alignment-read.ts';
import { writeAlignment } from '../../src/alignment-write.ts';
import { readText } from '../../src/formats/bytes.ts';
import { pottsModel } from '../../src/model.ts';
import { readMutationScan } from '../../src/mutations/mutation-scan.ts';
import { readScoreParquet, writeScoreParquet } from '../../src/parquet.ts';
import { readCouplingTable, writeCouplingTable } from '../../src/peers/coupling-table.ts';
import { POTTS_FILE_FORMATS } from '../../src/peers/peer-file.ts';
import { readPottsModelFile } from '../../src/peers/read-potts-model-file.ts';
import { writePottsModelFile } from '../../src/peers/write-potts-model-file.ts';
import { readScoreTable, writeScoreTable } from '../../src/score-table.ts';
import { readDistanceTable } from '../../src/structure/distance-table.ts';
import { readStructure } from '../../src/structure/read-structure.ts';
import { randomModel } from '../helpers/random-models.ts';
import { hasSharedData, needsData, sharedBytes } from '../helpers/shared-data.ts';
import { mutate } from '../support/mutate.ts';

/** Reads a file; what it makes of it must survive writing and reading again. */
type Check = (bytes: Uint8Array) => Promise<void>;

const checkAlignment = alignmentWith();

function alignmentWith(letters?: string): Check {
  const given = { emptyColumns: 'keep', ...(letters ? { alphabet: letters } : {}) } as const;
  return (bytes) => checkRead(bytes, given);
}

async function checkRead(bytes: Uint8Array, given: AlignmentOptions): Promise<void> {
  const alignment = await readAlignmentBytes(bytes, given);
  const { letters, alphabet, samples, sites, states, values, names } = alignment;
  expect(values.length).toBe(samples * sites);
  expect(values.every((state) => state >= 0 && state < states)).toBe(true);
  const again = writeAlignment(alignment, 'fasta', { letters, names });
  const options = { alphabet, emptyColumns: 'keep', format: 'fasta' } as const;
  expectSame((await readAlignmentBytes(encode(again), options)).values, values);
}

/** As `toEqual`, which takes a second for a million numbers. */
function expectSame(a: ArrayLike<number>, b: ArrayLike<number>): void {
  expect(a.length).toBe(b.length);
  let different = 0;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) different++;
  expect(different).toBe(0);
}

const checkModelFile: Check = async (bytes) => {
  const reading = readPottsModelFile(bytes);
  pottsModel(reading.model);
  const again = readPottsModelFile(writePottsModelFile(reading.model, 'npz', reading));
  expectSame(again.model.couplings, reading.model.couplings);
};

const text = (check: (text: string) => void): Check => {
  return async (bytes) => check(await readText(bytes));
};

const checkCouplings = text((table) => {
  const { scores, letters, numbers } = readCouplingTable(table);
  expect(scores.length).toBe(numbers.length ** 2);
  if (letters.length === numbers.length && !/\s/.test(letters))
    expect(writeCouplingTable(scores, { letters, residueNumbers: numbers })).toBeTypeOf('string');
});

const checkScan = text((table) => {
  const { mutants, measured } = readMutationScan(table);
  expect(measured.length).toBe(mutants.length);
});

const checkTable = text((table) => {
  const columns = readScoreTable(table);
  expect(readScoreTable(writeScoreTable(columns))).toEqual(columns);
});

const checkStructure = text((file) => {
  const { chains } = readStructure(file);
  for (const { residues } of chains)
    for (const { atoms } of residues)
      for (const { x, y, z } of atoms) expect([x, y, z].every(Number.isFinite)).toBe(true);
});

/** Sites of PF00014. */
const DISTANCE_SITES = 53;

const checkDistances = text((table) => {
  expect(readDistanceTable(table, DISTANCE_SITES).length).toBe(DISTANCE_SITES ** 2);
});

const checkParquet: Check = async (bytes) => {
  const columns = await readScoreParquet(bytes);
  expect(await readScoreParquet(writeScoreParquet(columns))).toEqual(columns);
};

/** As other programs write it: two pages of a dictionary and a plain column, no checksum. */
function foreignParquet(): Uint8Array {
  const words = Array.from({ length: 40 }, (_, k) => 'abcd'[k % 4].repeat(3));
  const values = Float64Array.from(words, (_, k) => Math.sin(k));
  const columnData = [
    { name: 'word', data: words, type: 'STRING' as const },
    { name: 'value', data: values, type: 'DOUBLE' as const },
  ];
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 20 }));
}

/** Only these say what is wrong with a file; anything else is our mistake. */
async function refusesOrReads(check: Check, bytes: Uint8Array): Promise<void> {
  try {
    await check(bytes);
  } catch (error) {
    if (!(error instanceof DataError || error instanceof ShapeError || error instanceof DomainError))
      throw error;
    expect(error.message).toMatch(/^[a-zA-Z ]+( \([a-z0-9-]+\))?: .{10}/);
  }
}

function encode(letters: string): Uint8Array {
  return new TextEncoder().encode(letters);
}

const MUTANTS = 400;
const SEED = 20_261_122;

async function damage(check: Check, bytes: Uint8Array, name: string): Promise<void> {
  const rng = seededRng(SEED).fork(name);
  await check(bytes);
  for (let k = 0; k < MUTANTS; k++) {
    const mutant = mutate(bytes, rng);
    try {
      await refusesOrReads(check, mutant);
    } catch (cause) {
      throw new Error(`mutant ${k} of ${name}: ${JSON.stringify(Buffer.from(mutant).toString('latin1'))}`, {
        cause,
      });
    }
  }
}

const small = randomModel(seededRng(3), 3, 4);
const protein = randomModel(seededRng(4), 2, 21);
const PROTEIN = '-ACDEFGHIKLMNPQRSTVWY';

describe.each(POTTS_FILE_FORMATS)(`${MUTANTS} damaged model files`, (format) => {
  it(`of ${format} are refused or read as what they say`, async () => {
    const wide = format.startsWith('ccmpred') || format === 'gremlin';
    const bytes = writePottsModelFile(wide ? protein : small, format, { letters: wide ? PROTEIN : 'ACGU' });
    await damage(checkModelFile, bytes, format);
  });
});

const plmc = JSON.parse(
  readFileSync(new URL('../../../../references/potts/plmc-small.json', import.meta.url), 'utf8'),
);

describe(`${MUTANTS} damaged files`, () => {
  it.each<[string, Check, Uint8Array]>([
    ['plmc’s parameters', checkModelFile, Buffer.from(plmc.parameters, 'base64')],
    ['plmc’s table', checkCouplings, encode(plmc.couplingTable)],
    ['a score table', checkTable, encode('i,A_i,j,A_j,cn\n1,A,2,"C,D",0.5\n3,E,4,F,\n')],
    [
      'Parquet',
      checkParquet,
      writeScoreParquet({ i: Int32Array.of(1, 2), s: Float64Array.of(0.1, 2), t: ['a', 'b'] }),
    ],
    ['Parquet without checksum', checkParquet, foreignParquet()],
    ['gzip', checkAlignment, gzipSync('>a\nACDEF\n>b\nAC-EW\n>c\nGCDEF\n')],
    [
      'Stockholm',
      checkAlignment,
      encode('# STOCKHOLM 1.0\na/1-4 ACDEf.\nb     A-DE.y\n#=GC RF xxxx..\n//\n'),
    ],
  ])('of %s are refused or read as what they say', async (name, check, bytes) => {
    await damage(check, bytes, name);
  });
});

/** Whole lines, or whole sequences, from the beginning of a real file. */
function head(path: string, bytes: number): Uint8Array {
  const all = sharedBytes(path);
  const fasta = all[0] === '>'.charCodeAt(0);
  return all.subarray(0, fasta ? all.lastIndexOf('>'.charCodeAt(0), bytes) : all.lastIndexOf(10, bytes) + 1);
}

describe.skipIf(!hasSharedData)(`${MUTANTS} damaged real files${needsData}`, () => {
  it.each<[string, Check, number]>([
    ['dhfr/DHFR.a2m', checkAlignment, 1800],
    ['rna/RF00162.fasta', checkAlignment, 1800],
    ['toy/PF02826.faa', checkAlignment, 3000],
    ['toy/potts3.a2m', alignmentWith('_*^'), 600],
    ['dhfr/1RX2.pdb', checkStructure, 80_000],
    ['dhfr/DHFR.plmc-expected.couplings', checkCouplings, 1500],
    ['rrm/PABP_YEAST_CouplingScores.csv', checkCouplings, 1500],
    ['pf00595/DLG4_RAT_Ranganathan2012.csv', checkScan, 1500],
    ['pf00014/PF00014_struct.dat', checkDistances, 1500],
  ])('of %s are refused or read as what they say', async (path, check, size) => {
    await damage(check, path.endsWith('.pdb') ? atoms(sharedBytes(path)) : head(path, size), path);
  });
});

/** A few residues of a PDB file. */
function atoms(bytes: Uint8Array): Uint8Array {
  const lines = new TextDecoder().decode(bytes).split('\n');
  return encode(
    lines
      .filter((line) => line.startsWith('ATOM'))
      .slice(0, 30)
      .join('\n'),
  );
}

describe('anything at all', () => {
  const checks = {
    checkAlignment,
    checkModelFile,
    checkCouplings,
    checkScan,
    checkTable,
    checkStructure,
    checkDistances,
    checkParquet,
  };

  it.each(Object.entries(checks))('%s', async (_, check) => {
    const line = fc.array(
      fc.constantFrom('>', 'A', '-', '.', ' ', 'J', 'h', 'V[0]', '0', '1.5', '1e9', '\n', '\t', ',', '#'),
    );
    const junk = fc.oneof(
      line.map((parts) => encode(parts.join(''))),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(junk, (bytes) => refusesOrReads(check, bytes)),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('an endless line is refused or read at once', async () => {
    const long = encode(`>a\n${'A'.repeat(2_000_000)}`);
    for (const check of Object.values(checks)) await refusesOrReads(check, long);
  });
});
