import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRng } from '@spinformer/numerics';
import { inferBoltzmann, sequenceWeightsFast } from '@spinformer/potts';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { family } from '../shared/families.mjs';
import { measure, measureProgram } from '../shared/measure.mjs';
import { pipPeer } from '../shared/pip-peer.mjs';
import { plainFasta } from '../shared/plain-fasta.mjs';
import { row, seconds } from '../shared/report.mjs';

const TARGET = 0.95;
const PACKAGES = ['adabmDCA==1.0.0', 'torch==2.15.0'];
/** Steps of the peer that are timed beyond its first: the whole way takes it hours. */
const PEER_STEPS = 3;

async function learn(data, threads) {
  const runtime = new WasmRuntime({ threads });
  let last;
  for await (last of inferBoltzmann(data, { rng: seededRng(1), runtime, targetPearson: TARGET }));
  runtime.stop();
  return last;
}

/** Seconds of a step of adabmDCA on one thread, and its correlation after the last one; undefined without it. */
async function peerStep(file) {
  const programs = pipPeer('adabmdca', PACKAGES);
  if (!programs) return undefined;
  const env = { OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
  const run = async (steps) => {
    const folder = mkdtempSync(join(tmpdir(), 'adabmdca-'));
    const args = [
      'train',
      '-d',
      file,
      '-o',
      join(folder, 'out'),
      '--device',
      'cpu',
      '--nepochs',
      String(steps),
    ];
    const found = await measureProgram(join(programs, 'adabmDCA'), args, { env });
    rmSync(folder, { recursive: true });
    return found;
  };
  const [one, more] = [await run(1), await run(1 + PEER_STEPS)];
  const correlation = [...more.output.matchAll(/Pearson (-?[\d.]+)/g)].at(-1)?.[1];
  return { cpu: (more.cpu - one.cpu) / PEER_STEPS, correlation };
}

/** Boltzmann learning of PF00014 until the connected two-site correlations agree to 0.95. */
export async function* boltzmannCase() {
  const { file, alignment } = await family('pf00014/PF00014_mgap6.fasta.gz');
  const data = { ...alignment, weights: sequenceWeightsFast(alignment) };
  const peer = await peerStep(plainFasta(file));
  for (const threads of [1, 2]) {
    const { value, wall, cpu } = await measure(() => learn(data, threads));
    const { metrics, step } = value;
    const many = threads > 1 ? 's' : '';
    const said = `${seconds(cpu)} of CPU, ${seconds(wall)} wall, ${step} steps, Pearson ${metrics.pearson.toFixed(4)}`;
    const what = `PF00014, Boltzmann learning to Pearson ${TARGET}, ${threads} thread${many}`;
    if (!peer || threads > 1) {
      yield row(what, said);
      continue;
    }
    const beside = `adabmDCA: ${seconds(peer.cpu)} of CPU for each step, Pearson ${peer.correlation} after ${1 + PEER_STEPS}`;
    yield row(what, said, `${beside}; ours is done in ${(cpu / peer.cpu).toFixed(1)} of its steps`);
  }
}
