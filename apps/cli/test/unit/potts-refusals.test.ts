import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomFamily } from '../support/families.ts';
import { temporaryFolder } from '../support/run-cli.ts';
import { inside } from '../support/run-inside.ts';

const folder = temporaryFolder();
const cwd = folder.path;
const write = (name: string, content: string | Uint8Array) => writeFileSync(join(cwd, name), content);
const run = (words: string) => inside(words.split(' '), { cwd });

beforeAll(async () => {
  write('family.fasta', randomFamily(60, 8));
  write('other.fasta', randomFamily(20, 5));
  write('two.fasta', '>a\nACDEFGHI\n>b\nACDEFGHI\n');
  write('words.txt', 'this is no file of any program\n');
  write('weights.txt', '1\n1\n1\n');
  write('bad-weights.txt', '1\nmany\n');
  write('empty.dat', '');
  write('broken.gz', gzipSync(randomFamily(60, 8)).subarray(0, 200));
  write('scan.csv', 'mutant,fitness\nA1C,1\nA1D,2\n');
  const { code, stderr } = await run(
    'potts infer family.fasta --method mean-field --out model --write plmc -q',
  );
  expect(code, stderr).toBe(0);
  const params = readFileSync(join(cwd, 'model', 'artifacts', 'model.params'));
  write('cut.params', params.subarray(0, params.length - 100));
}, 60_000);
afterAll(folder.remove);

describe('options that cannot be are refused with code 2, and nothing is written', () => {
  it.each([
    [
      'potts infer family.fasta --like plmc --method gaussian',
      /--like plmc is --method plm, got --method gaussian/,
    ],
    [
      'potts infer family.fasta --heads 3',
      /--heads belongs to --method factored-attention, got --method plm/,
    ],
    ['potts infer family.fasta --chains 50', /--chains belongs to --method boltzmann, got --method plm/],
    [
      'potts infer family.fasta --method boltzmann --tolerance 1',
      /--tolerance belongs to --method plm or plm-asymmetric/,
    ],
    ['potts infer family.fasta --method gaussian --coupling-penalty 1', /--coupling-penalty belongs to/],
    [
      'potts infer family.fasta --method plm-asymmetric --group-penalty 1',
      /--group-penalty belongs to --method plm,/,
    ],
    [
      'potts infer family.fasta --write plmcc',
      /--write must list formats out of .*got "plmcc"\. Did you mean plmc\?/,
    ],
    [
      'potts infer family.fasta --identity automatic',
      /--identity must be a number above 0 and at most 1 or auto, got automatic/,
    ],
    [
      'potts infer family.fasta --pseudocount 2 --method gaussian',
      /--pseudocount must be a number from 0 to 1/,
    ],
    [
      'potts contacts model --distances a --structure b',
      /--structure and --distances say the same thing twice/,
    ],
    ['potts contacts model --chain A', /--chain names a chain of --structure/],
    [
      'potts contacts model --score direct-information --gauge as-given',
      /direct-information depends on no gauge/,
    ],
    ['potts compare model model', /the same model twice/],
    ['potts compare model', /needs B/],
    [
      'potts compare model model/artifacts/model.params --min-separation 8',
      /--min-separation 8 leaves 0 pairs/,
    ],
    ['potts show model --pair 3', /--pair must be two site numbers with a comma between/],
    ['potts show model --pair 3,99', /the model has no site 99; its sites run from 1 to 8/],
    ['potts show model --pair 3,3', /give two different sites/],
    ['potts mutations model --column fitness', /--column names a column of --dms FILE/],
    ['potts mutations model --mutants A1C --dms scan.csv', /both say what to score/],
    ['potts mutations model --first-residue 3', /--first-residue numbers the residues of --sequence/],
    ['potts mutations model --mutants A1C,', /--mutants has an empty entry/],
    ['potts generate model --fixed A9', /the model has no site 9; its sites run from 1 to 8/],
    ['potts generate model --fixed B3', /B is none of the model's letters/],
    ['potts generate model --fixed 3', /write V13,G121/],
    ['potts generate model --temperature 0', /--temperature must be a number above 0/],
    ['potts check model/artifacts/model.params', /name its alignment with --alignment FILE/],
    ['potts entropy model --method exact', /--method exact enumerates at most 2\^22 configurations/],
    ['potts sample', /needs a MODEL, or --lattice SHAPE/],
    ['potts sample model --lattice 4x4', /takes MODEL or --lattice, not both/],
    ['potts sample model --kernel wolff', /--kernel wolff takes a --lattice/],
    ['potts sample --lattice 8by8', /--lattice must be sides with x between, such as 64x64/],
    ['potts sample --lattice 0x4', /--lattice must be sides/],
    ['potts sample --lattice 99999x99999', /at most \d+ can be sampled/],
    ['potts sample --lattice 4x4x4', /--coupling critical is known for two sides only/],
    ['potts sample --lattice 8 --geometry triangular --coupling 1', /--geometry triangular needs two sides/],
    ['potts sample --lattice 4x4 --temper 1', /--temper must list at least two inverse temperatures/],
    [
      'potts sample --lattice 4x4 --temper 1,2 --kernel wolff',
      /--temper goes with heat-bath, metropolis or checkerboard/,
    ],
    ['potts sample --lattice 4x4 --samples 10', /errors need at least 8/],
    ['potts convert model out.xyz', /the ending of out\.xyz tells no format\. Name it with --to/],
    ['potts convert model family.fasta', /OUT family\.fasta exists already/],
    ['potts convert family.fasta new.npz', /cannot make a model \(npz\) of an alignment/],
    ['potts energies model family.fasta --out weights.txt', /--out weights\.txt exists already/],
  ])('%s', async (words, message) => {
    const before = readdirSync(cwd);
    const outcome = await run(words);
    expect(outcome, outcome.stderr).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toMatch(/\n\s+at |our bug/);
    expect(readdirSync(cwd)).toEqual(before);
  });
});

describe('input that is not what it should be is refused: code 3, or 2 where a word of the command names it', () => {
  it.each([
    [
      'potts infer family.fasta --weights weights.txt',
      /weights\.txt has 3 weights, the alignment 60 sequences/,
    ],
    ['potts infer family.fasta --weights bad-weights.txt', /weight 2 is "many"/],
    ['potts infer family.fasta --weights nowhere.txt', /cannot read nowhere\.txt: there is no such file/],
    ['potts infer broken.gz', /gzip|damaged|cut off/i],
    ['potts show cut.params', /cut\.params: .*damaged or cut off/],
    ['potts show words.txt', /words\.txt/],
    ['potts show nowhere', /there is no run nowhere/],
    ['potts contacts model --distances words.txt', /line 1 must hold four numbers/],
    ['potts contacts model --distances empty.dat', /empty\.dat is empty/],
    ['potts contacts model --structure words.txt', /structure|atoms|PDB/i],
    ['potts energies model other.fasta', /other\.fasta has 5 columns, the model has 8 sites/],
    ['potts mutations model --dms words.txt', /readMutationScan/],
    [
      'potts mutations model --dms scan.csv --column speed',
      /there is no column "speed"; the table has mutant, fitness/,
    ],
    ['potts mutations model --mutants Z0', /Z0/],
    ['potts mutations model --sequence two.fasta', /holds 2 sequences; --sequence takes a file with one/],
    ['potts generate model --fixed ACD', /template has 3 letters, the model 8 sites/],
    ['potts convert words.txt out.npz --from plmc', /words\.txt/],
    ['potts convert words.txt out.csv --from table', /readCouplingTable/],
    ['potts check model --samples other.fasta', /other\.fasta has 5 columns, the model has 8 sites/],
  ])('%s', async (words, message) => {
    const outcome = await run(words);
    expect(outcome.stdout).toBe('');
    expect([2, 3], outcome.stderr).toContain(outcome.code);
    expect(outcome.stderr).toMatch(message);
    expect(outcome.stderr).not.toMatch(/\n\s+at |our bug/);
    expect(existsSync(join(cwd, 'runs'))).toBe(false);
  });
});
