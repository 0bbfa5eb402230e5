import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pearson } from '@spinformer/numerics';
import {
  contactScores,
  effectiveSequences,
  inferCouplings,
  peerConventions,
  sequenceWeightsFast,
  writeAlignment,
} from '@spinformer/potts';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { family } from '../shared/families.mjs';
import { findProgram } from '../shared/find-program.mjs';
import { measure, measureProgram } from '../shared/measure.mjs';
import { row, seconds } from '../shared/report.mjs';

const FAMILIES = [
  { name: 'DHFR', file: 'dhfr/DHFR.a2m', reading: { focus: 'DYR_ECOLI' } },
  { name: 'PF00014', file: 'pf00014/PF00014_mgap6.fasta.gz', reading: {} },
];

/** Weights, fit and scores by CCMpred's conventions, from the encoded alignment on. */
async function scoresOf(alignment, threads) {
  const { weights: rule, method, penalties, score } = peerConventions('ccmpred');
  const runtime = new WasmRuntime({ threads });
  const weights = sequenceWeightsFast(alignment, { ...rule, runtime });
  const size = { ...alignment, effective: effectiveSequences(weights) };
  const data = { ...alignment, weights };
  let last;
  for await (last of inferCouplings(data, { method, ...penalties(size), runtime }));
  runtime.stop();
  const { gap, ...options } = score;
  const gapState = alignment.letters.indexOf('-');
  const without = gap === 'left-out' && gapState >= 0 ? { withoutState: gapState } : {};
  return contactScores(last.model, { ...options, ...without });
}

/** Scores that CCMpred wrote, [sites, sites]. */
const readMatrix = (file) => Float64Array.from(readFileSync(file, 'utf8').trim().split(/\s+/), Number);

/** Numbers above the diagonal. */
function upper(scores, sites) {
  const found = [];
  for (let i = 0; i < sites; i++) for (let j = i + 1; j < sites; j++) found.push(scores[i * sites + j]);
  return Float64Array.from(found);
}

/** The whole of CCMpred's work by its own conventions and stopping rule: weights, fit, corrected scores. */
export async function* ccmpredCase() {
  const program = findProgram('ccmpred', 'SPINFORMER_CCMPRED');
  for (const { name, file, reading } of FAMILIES) {
    const { alignment } = await family(file, { ...reading, ...peerConventions('ccmpred').alignment });
    const ours = await measure(() => scoresOf(alignment, 1));
    const what = `${name}, contact scores by CCMpred's conventions, 1 thread`;
    if (!program) {
      yield row(what, seconds(ours.cpu));
      continue;
    }
    const folder = mkdtempSync(join(tmpdir(), 'ccmpred-'));
    try {
      const [input, output] = ['family.aln', 'scores.mat'].map((file) => join(folder, file));
      writeFileSync(input, writeAlignment(alignment, 'plain', alignment));
      const peer = await measureProgram(program, ['-t', '1', '-n', '50', input, output]);
      if (!existsSync(output)) throw new Error(`ccmpred wrote no scores: ${peer.output.slice(-300)}`);
      const { sites } = alignment;
      const alike = pearson(upper(ours.value, sites), upper(readMatrix(output), sites));
      const said = `${seconds(ours.cpu)}, scores correlate ${alike.toFixed(4)}`;
      yield row(what, said, `CCMpred: ${seconds(peer.cpu)}`, peer.cpu / ours.cpu);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
