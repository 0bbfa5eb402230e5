// spinformer's potts package and the programs that people use today, side by side:
//   node benchmarks/potts/run.mjs [case …]
// Peers are used where they are found: plmc, plmc64 (its 64-bit build), ccmpred and adabmDCAc (the C++ program) on the
// PATH or named by SPINFORMER_PLMC, SPINFORMER_PLMC64, SPINFORMER_CCMPRED and SPINFORMER_ADABMDCAC. adabmDCA's Python
// version is installed by pip, pinned, into .cache/peers (or the folder that SPINFORMER_PEERS names).
import { table } from '../shared/report.mjs';
import { boltzmannCase } from './boltzmann.mjs';
import { ccmpredCase } from './ccmpred.mjs';
import { contactMapCase } from './contact-map.mjs';
import { plmcCase } from './plmc.mjs';
import { reweightingCase } from './reweighting.mjs';
import { samplingCase } from './sampling.mjs';

const CASES = {
  plmc: plmcCase,
  ccmpred: ccmpredCase,
  'contact-map': contactMapCase,
  reweighting: reweightingCase,
  sampling: samplingCase,
  boltzmann: boltzmannCase,
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in CASES));
if (unknown.length > 0) {
  console.error(`There is no case ${unknown.join(', ')}. The cases are ${Object.keys(CASES).join(', ')}.`);
  process.exit(2);
}
const rows = [];
for (const name of chosen.length > 0 ? chosen : Object.keys(CASES)) {
  try {
    for await (const found of CASES[name]()) {
      rows.push(found);
      console.error(Object.values(found).join(' · '));
    }
  } catch (error) {
    console.error(`${name}: left out. ${error.message}`);
  }
}
console.log(table(rows));
