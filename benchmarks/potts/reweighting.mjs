import { effectiveSequences, sequenceWeightsFast } from '@spinformer/potts';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { family } from '../shared/families.mjs';
import { findProgram } from '../shared/find-program.mjs';
import { measure, measureProgram } from '../shared/measure.mjs';
import { plainFasta } from '../shared/plain-fasta.mjs';
import { row, seconds } from '../shared/report.mjs';

const COUNTED = /Effective number of samples:\s*([\d.]+)/;

/** Sequence weights of the PDZ family at 80 % identity, one thread; plmc is stopped once it has said its count. */
export async function* reweightingCase() {
  const { file, alignment } = await family('pf00595/PF00595_mgap6.fasta.gz', { gaps: 'state' });
  const runtime = new WasmRuntime({ threads: 1 });
  const ours = await measure(() => effectiveSequences(sequenceWeightsFast(alignment, { runtime })));
  runtime.stop();
  const what = `PF00595, weights of ${alignment.samples} sequences, 1 thread`;
  const said = `${seconds(ours.cpu)}, ${ours.value.toFixed(1)} effective`;
  const plmc = findProgram('plmc', 'SPINFORMER_PLMC');
  if (!plmc) return yield row(what, said);
  const args = ['-n', '1', '-m', '1', '-o', '/dev/null', plainFasta(file)];
  const peer = await measureProgram(plmc, args, { until: (line) => COUNTED.test(line) });
  const count = COUNTED.exec(peer.output)?.[1];
  yield row(what, said, `plmc: ${seconds(peer.cpu)}, ${count} effective`, peer.cpu / ours.cpu);
}
