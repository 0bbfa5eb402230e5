import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRng } from '@spinformer/numerics';
import { inferCouplings, sampleChains, sequenceWeightsFast, writeAlignment } from '@spinformer/potts';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { family } from '../shared/families.mjs';
import { findProgram } from '../shared/find-program.mjs';
import { measure, measureProgram } from '../shared/measure.mjs';
import { row } from '../shared/report.mjs';

const CHAINS = 1000;
const SWEEPS = 100;
/** Sweeps between draws in the peer's two runs, whose difference leaves out all but the sampling. */
const PEER_SWEEPS = [2, 12];
const PEER_STEPS = 2;

const rate = (updates, cpu) => `${(updates / cpu / 1e6).toFixed(2)} M updates/s`;

/** CPU seconds of adabmDCA's Gibbs sampler for one site update. */
async function peerUpdate(program, file, sites) {
  const seconds = [];
  for (const sweeps of PEER_SWEEPS) {
    const folder = mkdtempSync(join(tmpdir(), 'adabmdca-'));
    const counts = [
      '-s',
      CHAINS,
      '-n',
      1,
      '-e',
      sweeps,
      '-t',
      1,
      '-L',
      '-i',
      PEER_STEPS,
      '-m',
      1000,
      '-c',
      0.99,
    ];
    const args = ['-f', file, '-a', join(folder, 'out'), '-k', 'g', '-G', ...counts];
    seconds.push((await measureProgram(program, args.map(String))).cpu);
    rmSync(folder, { recursive: true });
  }
  const updates = (PEER_SWEEPS[1] - PEER_SWEEPS[0]) * CHAINS * sites * PEER_STEPS;
  return (seconds[1] - seconds[0]) / updates;
}

/** Heat-bath updates a second and thread on a model of DHFR with 21 states. */
export async function* samplingCase() {
  const { alignment } = await family('dhfr/DHFR.a2m', { focus: 'DYR_ECOLI', gaps: 'state' });
  const runtime = new WasmRuntime({ threads: 1 });
  const data = { ...alignment, weights: sequenceWeightsFast(alignment, { runtime }) };
  let last;
  for await (last of inferCouplings(data, { couplingPenalty: 16, maximumSteps: 3, runtime }));
  const { sites, states } = alignment;
  const options = { chains: CHAINS, sweeps: SWEEPS, rng: seededRng(1), runtime };
  const drawn = async () => {
    for await (const _ of sampleChains(last.model, options));
  };
  const { cpu } = await measure(drawn);
  runtime.stop();
  const updates = CHAINS * SWEEPS * sites;
  const what = `heat-bath, L = ${sites}, q = ${states}, ${CHAINS} chains, 1 thread`;
  const program = findProgram('adabmDCAc', 'SPINFORMER_ADABMDCAC');
  if (!program) return yield row(what, rate(updates, cpu));
  const folder = mkdtempSync(join(tmpdir(), 'adabmdca-'));
  const file = join(folder, 'family.fasta');
  writeFileSync(file, writeAlignment(alignment, 'fasta', alignment));
  const each = await peerUpdate(program, file, sites);
  rmSync(folder, { recursive: true });
  yield row(what, rate(updates, cpu), `adabmDCA (C++): ${rate(1, each)}`, (each * updates) / cpu);
}
