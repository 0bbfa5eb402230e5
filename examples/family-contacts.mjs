// Contacts of a sequence family, and how many of them a structure confirms.
//
//   node family-contacts.mjs DHFR.a2m DYR_ECOLI 1RX2.pdb

import { readFile } from 'node:fs/promises';
import {
  contactPrecision,
  contactScores,
  contactTable,
  contactThreshold,
  effectiveSequences,
  inferCouplings,
  mapSites,
  rankContacts,
  readAlignmentBytes,
  readStructure,
  residueDistances,
  sequenceWeightsFast,
} from '@spinformer/potts';

const [, , alignmentFile, focus, structureFile] = process.argv;
if (!structureFile) {
  console.error('usage: node family-contacts.mjs ALIGNMENT FOCUS STRUCTURE');
  process.exit(2);
}

const alignment = await readAlignmentBytes(await readFile(alignmentFile), { focus, gaps: 'ignore' });
const weights = sequenceWeightsFast(alignment);
console.log(`${alignment.samples} sequences, worth ${effectiveSequences(weights).toFixed(1)}`);

let last;
const penalties = { couplingPenalty: 0.1 * (alignment.sites - 1), fieldPenalty: 0.01 };
for await (const tick of inferCouplings({ ...alignment, weights }, penalties)) last = tick;

const { reference } = alignment;
const ranked = rankContacts(contactScores(last.model), { minimumSeparation: 6, ...reference });
for (const { i, j, score } of contactTable(ranked.slice(0, 5), { ...reference }))
  console.log(`${i}–${j}  ${score.toFixed(2)}`);

const { residues } = mapSites(readStructure(await readFile(structureFile, 'utf8')), reference);
const distances = residueDistances(residues, 'cb8');
const precision = contactPrecision(ranked, { distances, threshold: contactThreshold('cb8') });
console.log(
  `right among the first L/5, L/2, L: ${Object.values(precision)
    .map((p) => p.toFixed(2))
    .join(', ')}`,
);
