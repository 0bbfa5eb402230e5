import { seededRng } from '@spinformer/numerics';
import {
  cpu,
  crossEntropy,
  dispose,
  gather,
  ones,
  permute,
  positionalMix,
  readScalar,
  scope,
  sum,
  type Tensor,
  useBackend,
  valueAndGrad,
  wasm,
} from '@spinformer/tensor';
import { factoredAttention, maskEntries, maskedLoss, trainMasked, uploadBatch } from '../src/index.ts';

const SITES = 128;
const STATES = 21;
const BATCH = 1024;

/** Least CPU milliseconds of a few calls. */
function least(body: () => void, repeats = 9): number {
  let best = Infinity;
  for (let k = 0; k < repeats; k++) {
    const start = process.cpuUsage();
    body();
    best = Math.min(best, since(start));
  }
  return best;
}

function since(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e3;
}

/**
 * Is a step of a factored layer (128 sites, 21 states, 1024 sequences) dominated by its arithmetic? Times its parts on
 * one thread and prints each as a fraction of the whole.
 */
export async function main([threads = '1', backend = 'wasm']: string[]): Promise<void> {
  useBackend(backend === 'cpu' ? cpu() : await wasm({ threads: Number(threads) }));
  const rng = seededRng(1);
  const model = factoredAttention({ sites: SITES, states: STATES });
  const parameters = model.init(rng);
  const values = Int32Array.from({ length: BATCH * SITES }, () => rng.integer(STATES));
  const entries = maskEntries(values, SITES, 'all-sites', rng);
  const batch = uploadBatch(entries, SITES, undefined, 'float32');
  const step = valueAndGrad(maskedLoss(model));
  const whole = least(() => scope(() => readScalar(step(parameters, batch).value)));
  const table = permute(parameters.values!, [2, 0, 1]);
  const columns = gather(table, batch.tokens);
  const mixGrad = valueAndGrad((p: { a: Tensor; v: Tensor }) => sum(positionalMix(p.a, p.v)));
  const lossGrad = valueAndGrad((p: { x: Tensor }) => sum(crossEntropy(p.x, batch.targets)));
  const gatherGrad = valueAndGrad((p: { t: Tensor }) => sum(gather(p.t, batch.tokens)));
  const logits = ones([BATCH, SITES, STATES]);
  const parts = {
    'positional mix, both ways': least(() =>
      scope(() => readScalar(mixGrad({ a: parameters.mixing!, v: columns }, undefined).value)),
    ),
    'cross-entropy, both ways': least(() =>
      scope(() => readScalar(lossGrad({ x: logits }, undefined).value)),
    ),
    'gather and scatter': least(() => scope(() => readScalar(gatherGrad({ t: table }, undefined).value))),
    'masks and upload': least(() =>
      dispose(uploadBatch(maskEntries(values, SITES, 'one', rng), SITES, undefined, 'float32')),
    ),
  };
  const flops = 3 * 2 * BATCH * SITES * SITES * STATES;
  console.log(
    `whole loss and gradient: ${whole.toFixed(1)} ms, ${(flops / whole / 1e6).toFixed(1)} GFLOP/s of mixing`,
  );
  for (const [name, time] of Object.entries(parts))
    console.log(`  ${name}: ${time.toFixed(1)} ms = ${(time / whole).toFixed(2)} of it`);
  const data = { samples: BATCH, sites: SITES, states: STATES, values };
  let best = Infinity;
  let start = process.cpuUsage();
  for await (const _ of trainMasked(model, data, { rng, batch: BATCH, steps: 10, tickEvery: 1 })) {
    best = Math.min(best, since(start));
    start = process.cpuUsage();
  }
  console.log(`training step with batch, Adam and tick: ${(best / whole).toFixed(2)} of that`);
  dispose(parameters, batch, table, columns, logits);
}
