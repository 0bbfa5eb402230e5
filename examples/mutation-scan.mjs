// What mutations do: couplings of a family against a deep mutational scan, beside sites on their own.
//
//   node mutation-scan.mjs PF00595_mgap6.fasta.gz DLG4_RAT_Ranganathan2012.csv CRIPT

import { readFile } from 'node:fs/promises';
import {
  alignToFamily,
  compareWithScan,
  independentModel,
  inferCouplings,
  parseMutant,
  readAlignmentBytes,
  readMutationScan,
  scoreMutants,
  sequenceWeightsFast,
} from '@spinformer/potts';

const [, , alignmentFile, scanFile, column] = process.argv;
if (!scanFile) {
  console.error('usage: node mutation-scan.mjs ALIGNMENT SCAN [COLUMN]');
  process.exit(2);
}

const alignment = await readAlignmentBytes(await readFile(alignmentFile));
const family = { ...alignment, weights: sequenceWeightsFast(alignment) };
const scan = readMutationScan(await readFile(scanFile, 'utf8'), column ? { column } : {});

// The wild type is what the names of the mutants start from: I314V says that 314 is I.
const letters = new Map(scan.mutants.flatMap(parseMutant).map(({ position, from }) => [position, from]));
const positions = [...letters.keys()].sort((a, b) => a - b);
const sequence = positions.map((position) => letters.get(position)).join('');
const wildType = alignToFamily(sequence, family, { firstResidue: positions[0] });

let last;
for await (const tick of inferCouplings(family, { method: 'plm-asymmetric' })) last = tick;

for (const [name, model] of [
  ['couplings', last.model],
  ['sites alone', independentModel(family)],
]) {
  const { scores } = scoreMutants(model, wildType, scan.mutants, family);
  const { spearman, compared } = compareWithScan(scores, scan.measured);
  console.log(`${name.padEnd(11)}  Spearman ${spearman.toFixed(3)} over ${compared} mutants`);
}
