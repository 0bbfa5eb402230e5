// Four short studies for Node, a page and a web worker. What they yield is counted,
// what they find is reduced to a digest of its bytes.
import { factoredAttention, trainMasked } from '@spinformer/attention';
import { seededRng } from '@spinformer/numerics';
import { drawConfigurations, inferCouplings, latticePotts, sampleChains } from '@spinformer/potts';
import { useBackend, wasm } from '@spinformer/tensor';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { j1j2, optimizeState, square, transformerState } from '@spinformer/transformer-vqs';

const truth = latticePotts({ shape: [12], states: 4, coupling: 0.8, periodic: false });

const studies = {
  async sample(runtime) {
    const rng = seededRng(1);
    const options = { chains: 512, sweeps: 60, thinning: 20, energies: true, rng, runtime };
    return last(sampleChains(truth, options), ({ configurations, energies }) => [
      configurations.values,
      energies,
    ]);
  },
  async infer(runtime) {
    const data = await drawConfigurations(truth, { chains: 1500, sweeps: 60, rng: seededRng(2), runtime });
    const ticks = inferCouplings(data, { couplingPenalty: 1, runtime });
    return last(ticks, ({ model }) => [model.fields, model.couplings]);
  },
  async attention(runtime) {
    const data = await drawConfigurations(truth, { chains: 1000, sweeps: 60, rng: seededRng(3), runtime });
    const layer = factoredAttention({ sites: 12, states: 4 });
    const options = { rng: seededRng(4), steps: 40, batch: 250, tickEvery: 10 };
    return last(trainMasked(layer, data, options), ({ state }) => arrays(state));
  },
  async wave() {
    const lattice = square(4);
    const state = transformerState({ lattice, patch: 2, width: 8, heads: 2, layers: 1 });
    const ticks = optimizeState(j1j2(lattice, { j2: 0.5 }), state, {
      rng: seededRng(5),
      steps: 2,
      samples: 256,
    });
    let energy;
    const result = await last(ticks, (tick) => {
      energy = tick.energy.mean;
      return [Float64Array.of(energy), ...arrays(tick.state)];
    });
    return { ...result, energy };
  },
};

/**
 * Runs every study on a runtime of its own.
 * @param options of the runtime: `threads`, `relaxed`; with `helped`, not before a worker thread has come to help, which
 *   on a busy machine may take longer than the studies.
 * @returns digests and counts of ticks by study, and who computed.
 */
export async function runStudies({ helped, ...options }) {
  const runtime = new WasmRuntime(options);
  useBackend(await wasm({ runtime }));
  while (helped && runtime.chunksByWorkers === 0) await studies.infer(runtime);
  const results = {};
  for (const [name, study] of Object.entries(studies)) results[name] = await study(runtime);
  const { threads, shared, relaxed, chunksByWorkers } = runtime;
  runtime.stop();
  return { results, threads, shared, relaxed, chunksByWorkers };
}

/**
 * Samples without end until a timer stops it, as a button would.
 * @returns the last status.
 */
export async function stopEndlessStudy() {
  const stop = new AbortController();
  const options = { chains: 64, sweeps: 1e9, thinning: 1e9, rng: seededRng(6), signal: stop.signal };
  setTimeout(() => stop.abort());
  const { status } = await last(sampleChains(truth, options), ({ configurations }) => [
    configurations.values,
  ]);
  return status;
}

async function last(ticks, find) {
  let count = 0;
  let tick;
  for await (tick of ticks) count++;
  return { ticks: count, status: tick.status, digest: digest(find(tick)) };
}

/** Every typed array in plain data, in the order of its keys. */
function arrays(value) {
  if (ArrayBuffer.isView(value)) return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.keys(value)
    .sort()
    .flatMap((key) => arrays(value[key]));
}

/** FNV-1a, twice, of all bytes. */
function digest(parts) {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (const { buffer, byteOffset, byteLength } of parts)
    for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte ^ (a >>> 24), 0x01000193);
    }
  return [a, b].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
