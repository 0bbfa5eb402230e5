import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Configurations, seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import {
  type AlignmentOptions,
  compareStatistics,
  generateSequences,
  inferBoltzmann,
  type PottsModel,
  readAlignmentBytes,
  sequenceWeightsFast,
} from '../src/index.ts';

const FOLDER = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
/** Columns of more gaps than this are left out where a family has no focus, as adabmDCA's users do. */
const FAMILIES: Readonly<Record<string, readonly [string, AlignmentOptions]>> = {
  pf00014: ['pf00014/PF00014_mgap6.fasta.gz', {}],
  pf00595: ['pf00595/PF00595_mgap6.fasta.gz', {}],
  dhfr: ['dhfr/DHFR.a2m', { focus: 'DYR_ECOLI' }],
  rf00162: ['rna/RF00162.fasta', { alphabet: 'rna' }],
  rf00167: ['rna/MSA_RF00167.fa', { alphabet: 'rna' }],
};

/**
 * Does Boltzmann learning with its defaults converge on families of every size, and do fresh chains confirm it?
 * Run: node ../../tooling/bench.mjs bench/boltzmann-families.ts [family] [seed] [JSON of options] [trace every n steps]
 */
export async function main([
  family = 'pf00014',
  seed = '1',
  json = '{}',
  every = '0',
]: string[]): Promise<void> {
  const runtime = new WasmRuntime({ threads: 1 });
  const [file, reading] = FAMILIES[family];
  const alignment = await readAlignmentBytes(readFileSync(FOLDER + file), reading);
  const data = { ...alignment, weights: sequenceWeightsFast(alignment, { runtime }) };
  const start = process.cpuUsage();
  const options = { ...JSON.parse(json), rng: seededRng(Number(seed)), runtime };
  for await (const { step, metrics, status, remedy, ...tick } of inferBoltzmann(data, options)) {
    const traced = Number(every) > 0 && step % Number(every) === 0;
    if (status === 'running' && !traced) continue;
    const figures = Object.entries(metrics).map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`);
    console.log(
      `${family} seed ${seed} ${json}: ${status}${remedy ? ` (${remedy})` : ''}, ${since(start).toFixed(1)} CPU s, ` +
        `step ${step}, ${figures.join(', ')}, load ${loadavg()[0].toFixed(1)}`,
    );
    if (status !== 'running') await check(tick.model, data, runtime);
  }
  runtime.stop();
}

/** Fresh chains: from the profile, and from the sequences themselves. Where both agree the model mixes. */
async function check(model: PottsModel, data: Configurations, runtime: WasmRuntime): Promise<void> {
  const start = process.cpuUsage();
  for await (const { status, step, sequences, mixing } of generateSequences(model, {
    count: 10_000,
    rng: seededRng(1001),
    runtime,
  })) {
    if (status === 'running') continue;
    const { twoSiteConnected } = compareStatistics(data, sequences, { rng: seededRng(1002), triples: 0 });
    console.log(
      `  fresh chains: ${status}, ${step} sweeps, ${since(start).toFixed(1)} CPU s, Pearson ` +
        `${twoSiteConnected.pearson.toFixed(4)}, remembered ${mixing.remembered.toFixed(3)}, R̂ ${mixing.energy.rHat.toFixed(3)}`,
    );
  }
}

/** CPU seconds of this process since `start`. */
function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
