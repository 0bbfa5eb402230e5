import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import {
  type Alignment,
  compareStatistics,
  generateSequences,
  inferBoltzmann,
  nearestNatural,
  readAlignmentBytes,
  sequenceWeightsFast,
} from '../src/index.ts';

const FAMILY = fileURLToPath(
  new URL('../../../../shared/data/pf00014/PF00014_mgap6.fasta.gz', import.meta.url),
);
const TARGET = 0.95;
/** Steps of the peer that are timed: whole runs take it hours on two cores. */
const PEER_STEPS = 3;

/**
 * How long does Boltzmann learning of PF00014 take to a Pearson correlation of 0.95, and how far is adabmDCA by then?
 * Run: node ../../tooling/bench.mjs bench/boltzmann.ts [threads]
 * The peer is timed for a few steps where ADABMDCA names its command (a virtual environment's bin/adabmDCA).
 */
export async function main([threads = '1']: string[]): Promise<void> {
  const runtime = new WasmRuntime({ threads: Number(threads) });
  console.log(`${threads} threads, load ${loadavg()[0].toFixed(1)}`);
  const alignment = await readAlignmentBytes(readFileSync(FAMILY));
  const data = { ...alignment, weights: sequenceWeightsFast(alignment, { runtime }) };
  const seconds = await learnAndCheck(data, runtime);
  const peer = process.env.ADABMDCA && timePeer(process.env.ADABMDCA, threads);
  if (peer)
    console.log(
      `adabmDCA: ${peer.seconds.toFixed(1)} CPU s a step, Pearson ${peer.pearson} after ${PEER_STEPS} steps; ` +
        `ours is at ${TARGET} after ${(seconds / peer.seconds).toFixed(2)} of its steps`,
    );
  runtime.stop();
}

/** CPU seconds of this process since `start`. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

async function learnAndCheck(data: Alignment, runtime: WasmRuntime): Promise<number> {
  const rng = seededRng(1);
  const start = process.cpuUsage();
  for await (const { step, metrics, status, model } of inferBoltzmann(data, {
    rng,
    runtime,
    targetPearson: TARGET,
  })) {
    if (status === 'running') continue;
    const seconds = since(start);
    const { pearson, slope, sweeps } = metrics;
    console.log(
      `learning: ${status}, ${seconds.toFixed(2)} CPU s, ${step} steps, ${sweeps} sweeps of 10,000 chains, ` +
        `Pearson ${pearson.toFixed(4)}, slope ${slope.toFixed(3)}`,
    );
    await check(model, data, runtime);
    return seconds;
  }
  return Number.NaN;
}

/** Fresh chains from uniform starts: is the correlation that of the model, or of chains that were led to it? */
async function check(model: Parameters<typeof generateSequences>[0], data: Alignment, runtime: WasmRuntime) {
  const start = process.cpuUsage();
  for await (const tick of generateSequences(model, {
    count: 10_000,
    rng: seededRng(2),
    runtime,
    sweeps: 200,
  })) {
    const generated = since(start);
    const { twoSiteConnected, threeSiteConnected } = compareStatistics(data, tick.sequences, {
      rng: seededRng(3),
    });
    const { summary } = nearestNatural(tick.sequences, data, { runtime });
    console.log(
      `fresh chains: ${tick.step} sweeps in ${generated.toFixed(2)} CPU s, remembered ${tick.mixing.remembered.toFixed(3)}, ` +
        `R̂ ${tick.mixing.energy.rHat.toFixed(3)}; Pearson two sites ${twoSiteConnected.pearson.toFixed(4)}, three ` +
        `${threeSiteConnected?.pearson.toFixed(4)}; nearest natural ${summary.meanIdentity.toFixed(3)}, ${summary.copies} copies`,
    );
  }
}

function timePeer(command: string, threads: string): { seconds: number; pearson: string } {
  const folder = mkdtempSync(join(tmpdir(), 'adabmdca-'));
  const family = join(folder, 'family.fasta');
  writeFileSync(family, gunzipSync(readFileSync(FAMILY)));
  const run = (epochs: number) => {
    const args = [
      'train',
      '-d',
      family,
      '-o',
      join(folder, 'out'),
      '--device',
      'cpu',
      '--nepochs',
      String(epochs),
    ];
    const env = { ...process.env, OMP_NUM_THREADS: threads, MKL_NUM_THREADS: threads };
    const timed = spawnSync('/usr/bin/env', ['bash', '-c', 'time "$0" "$@"', command, ...args], {
      env: { ...env, TIMEFORMAT: 'cpu=%U+%S' },
      encoding: 'utf8',
    });
    const [, user, system] = /cpu=([\d.]+)\+([\d.]+)/.exec(timed.stderr) ?? [];
    const pearsons = [...timed.stderr.matchAll(/Pearson (-?[\d.]+)/g)];
    return { seconds: Number(user) + Number(system), pearson: pearsons.at(-1)?.[1] ?? '?' };
  };
  const [one, more] = [run(1), run(1 + PEER_STEPS)];
  rmSync(folder, { recursive: true });
  return { seconds: (more.seconds - one.seconds) / PEER_STEPS, pearson: more.pearson };
}
