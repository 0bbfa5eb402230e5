import { readFileSync } from 'node:fs';
import { contactScores, inferCouplings, readAlignmentBytes, sequenceWeightsFast } from '@spinformer/potts';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { dataFile } from '../shared/families.mjs';
import { measure } from '../shared/measure.mjs';
import { row, seconds } from '../shared/report.mjs';

/** From the file to a contact map by one regression per site. */
async function contactMap(file, threads) {
  const runtime = new WasmRuntime({ threads });
  const alignment = await readAlignmentBytes(readFileSync(file), { focus: 'DYR_ECOLI', gaps: 'ignore' });
  const data = { ...alignment, weights: sequenceWeightsFast(alignment, { runtime }) };
  let last;
  for await (last of inferCouplings(data, { method: 'plm-asymmetric', couplingPenalty: 8, runtime }));
  runtime.stop();
  return contactScores(last.model);
}

/** The time from a file to a contact map. */
export async function* contactMapCase() {
  const file = dataFile('dhfr/DHFR.a2m');
  if (!file) throw new Error('dhfr/DHFR.a2m is not there: set SPINFORMER_DATA to the folder that holds it.');
  for (const threads of [1, 2]) {
    const { wall, cpu } = await measure(() => contactMap(file, threads));
    const many = threads > 1 ? 's' : '';
    yield row(
      `DHFR, file to contact map, plm-asymmetric, ${threads} thread${many}`,
      `${seconds(wall)} (${seconds(cpu)} of CPU)`,
    );
  }
}
