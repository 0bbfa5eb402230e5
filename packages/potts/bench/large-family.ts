import { loadavg } from 'node:os';
import { seededRng } from '@spinformer/numerics';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import {
  type InferenceOptions,
  inferCouplings,
  inferenceFootprint,
  sequenceWeightsFast,
} from '../src/index.ts';

const STATES = 21;
/** Chance that a site repeats the letter of the site before it, and that a sequence copies its parent's letter. */
const BOND = 0.3;
const COPY = 0.5;

/** Sequences of a chain with bonds, each a partial copy of an earlier one: as correlated as a family. */
function chainFamily(samples: number, sites: number) {
  const rng = seededRng(1);
  const values = new Int32Array(samples * sites);
  for (let s = 0; s < samples; s++) {
    const parent = rng.integer(s + 1) * sites;
    for (let i = 0; i < sites; i++) {
      const draw = rng.uniform();
      const at = s * sites + i;
      if (i > 0 && draw < BOND) values[at] = values[at - 1];
      else if (parent < s * sites && draw < BOND + COPY) values[at] = values[parent + i];
      else values[at] = rng.integer(STATES);
    }
  }
  return { samples, sites, states: STATES, values, codes: Uint8Array.from(values) };
}

const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)} GiB`;
const rss = () => gibibytes(1024 * process.resourceUsage().maxRSS);

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/**
 * Does a family of 50,000 sequences and 500 columns fit, and how long would it take? Weights, then `steps` ticks of one
 * method; prints what was said beforehand, the peak of resident memory and CPU seconds.
 * Run: node ../../tooling/bench.mjs bench/large-family.ts [method] [steps] [samples] [sites] [threads]
 */
export async function main([
  method = 'plm-asymmetric',
  steps = '2',
  samples = '50000',
  sites = '500',
  threads = '2',
]: string[]): Promise<void> {
  console.log(`${method}, ${samples} × ${sites}, ${threads} threads, load ${loadavg()[0].toFixed(1)}`);
  const runtime = new WasmRuntime({ threads: Number(threads) });
  const family = chainFamily(Number(samples), Number(sites));
  const start = cpuSeconds();
  const weights = sequenceWeightsFast(family, { runtime });
  const seconds = (cpuSeconds() - start).toFixed(1);
  console.log(
    `weights: ${seconds} CPU s, M_eff ${weights.reduce((a, b) => a + b, 0).toFixed(1)}, peak ${rss()}`,
  );
  const options = { method, runtime } as InferenceOptions;
  const need = inferenceFootprint(family.sites, STATES, family.samples, {
    ...options,
    threads: runtime.threads,
  });
  console.log(`said beforehand: ${gibibytes(need.wasm)} WebAssembly + ${gibibytes(need.heap)} heap`);
  const begin = cpuSeconds();
  for await (const { step, metrics, status } of inferCouplings({ ...family, weights }, options)) {
    const done = metrics.sitesDone === undefined ? '' : `, ${metrics.sitesDone} sites`;
    const { objective, evaluations } = metrics;
    console.log(
      `${step} ${status}: ${(cpuSeconds() - begin).toFixed(1)} CPU s, objective ${objective.toFixed(0)}, ` +
        `${evaluations.toFixed(2)} evaluations${done}, peak ${rss()}, WebAssembly ${gibibytes(runtime.bytesInUse)}`,
    );
    if (step >= Number(steps)) break;
  }
  runtime.stop();
}
