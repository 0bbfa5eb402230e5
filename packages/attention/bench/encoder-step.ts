import { seededRng } from '@spinformer/numerics';
import { dispose, readScalar, scope, useBackend, valueAndGrad, wasm } from '@spinformer/tensor';
import { maskEntries, maskedLoss, standardEncoder, uploadBatch } from '../src/index.ts';

const SITES = 25;
const STATES = 27;
const BATCH = 512;
const LAYERS = 4;
const WIDTH = 72;

/**
 * What does a training step of the standard encoder cost (4 layers, width 72, 12 heads, 512 sequences of 25 tokens), and
 * how near is it to the matrix products in it? Least CPU time of a few steps. Argument: threads (1).
 */
export async function main([threads = '1']: string[]): Promise<void> {
  useBackend(await wasm({ threads: Number(threads) }));
  const rng = seededRng(1);
  const model = standardEncoder({ sites: SITES, states: STATES, layers: LAYERS, heads: 12, width: WIDTH });
  const parameters = model.init(rng);
  const values = Int32Array.from({ length: BATCH * SITES }, () => rng.integer(STATES));
  const batch = uploadBatch(maskEntries(values, SITES, 'one', rng), SITES, undefined, 'float32');
  const step = valueAndGrad(maskedLoss(model));
  let best = Infinity;
  for (let k = 0; k < 8; k++) {
    const start = process.cpuUsage();
    scope(() => readScalar(step(parameters, batch).value));
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e3);
  }
  const rows = BATCH * SITES;
  const flops = 3 * 2 * rows * (LAYERS * (12 * WIDTH * WIDTH + 2 * SITES * WIDTH) + WIDTH * STATES);
  console.log(`loss and gradient: ${best.toFixed(0)} ms of CPU, ${(flops / best / 1e6).toFixed(1)} GFLOP/s`);
  dispose(parameters, batch);
}
