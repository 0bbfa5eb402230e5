import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import {
  inferCouplings,
  pseudolikelihood,
  readAlignment,
  readPlmcParameters,
  sequenceWeightsFast,
} from '../src/index.ts';

const ALIGNMENT = fileURLToPath(new URL('../../../../shared/data/dhfr/DHFR.a2m', import.meta.url));
const PENALTIES = { fieldPenalty: 0.01, couplingPenalty: 16 };

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU seconds of finished child processes, from the shell's own accounting. */
function timedPlmc(program: string, parameters: string): number | undefined {
  const flags = `-le 16.0 -lh 0.01 -m 100 -t 0.2 -g -f DYR_ECOLI -n 1 -o ${parameters}`;
  const command = `TIMEFORMAT='%U %S'; time ${program} ${flags} ${ALIGNMENT} >/dev/null 2>&1`;
  const { status, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return stderr
    .trim()
    .split(/\s+/)
    .reduce((sum, seconds) => sum + Number(seconds), 0);
}

/** plmc's CPU seconds on one thread, and the true objective of the parameters that it leaves. */
function peer(data: Parameters<typeof pseudolikelihood>[1]) {
  const program = process.env.SPINFORMER_PLMC ?? 'plmc';
  const folder = mkdtempSync(join(tmpdir(), 'plmc-'));
  try {
    const parameters = join(folder, 'parameters');
    const seconds = timedPlmc(program, parameters);
    if (seconds === undefined || !existsSync(parameters)) return undefined;
    const { model } = readPlmcParameters(readFileSync(parameters));
    return { seconds, objective: pseudolikelihood(model, data, PENALTIES).objective };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * How much less time than plmc does symmetric pseudo-likelihood take on one thread, to an objective as low as plmc's
 * after its hundred iterations (E. coli DHFR, -le 16 -lh 0.01 -g)? plmc is run when it is on the PATH or named by
 * SPINFORMER_PLMC, and is never built here. Run: node ../../tooling/bench.mjs bench/plm.ts [threads]
 */
export async function main([threads = '1']: string[]): Promise<void> {
  if (!existsSync(ALIGNMENT)) return console.log(`skipped: ${ALIGNMENT} is not there`);
  console.log(`${threads} threads, load ${loadavg()[0].toFixed(1)}`);
  const begin = cpuSeconds();
  const alignment = readAlignment(readFileSync(ALIGNMENT, 'utf8'), { focus: 'DYR_ECOLI', gaps: 'ignore' });
  const runtime = new WasmRuntime({ threads: Number(threads) });
  const data = { ...alignment, weights: sequenceWeightsFast(alignment, { runtime }) };
  console.log(`reading and weighting: ${(cpuSeconds() - begin).toFixed(2)} CPU s`);
  const other = peer(data);
  const goal = other?.objective ?? 165_889;
  const start = cpuSeconds();
  for await (const { metrics } of inferCouplings(data, { ...PENALTIES, tolerance: 0, runtime })) {
    if (metrics.objective > goal) continue;
    const seconds = cpuSeconds() - start;
    console.log(
      `ours: ${seconds.toFixed(2)} CPU s, ${metrics.evaluations} evaluations, ${metrics.objective.toFixed(1)}`,
    );
    if (other) {
      console.log(`plmc: ${other.seconds.toFixed(2)} CPU s, ${other.objective.toFixed(1)}`);
      console.log(`ratio ${(other.seconds / seconds).toFixed(1)}, load ${loadavg()[0].toFixed(1)}`);
    } else console.log('plmc is not on the PATH and SPINFORMER_PLMC is not set: no ratio.');
    break;
  }
  runtime.stop();
}
