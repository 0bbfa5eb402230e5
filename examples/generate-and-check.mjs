// Learns a model from sequences, generates new ones, and asks whether they have the statistics of the old ones.
// The sequences come from a known model, so that the answer is known, too.
//
//   node generate-and-check.mjs

import { seededRng } from '@spinformer/numerics';
import {
  drawConfigurations,
  generateSequences,
  inferBoltzmann,
  latticePotts,
  modelCheck,
} from '@spinformer/potts';

const rng = seededRng(1);
const truth = latticePotts({ shape: [12], states: 4, coupling: 0.9 }); // a ring of 12 sites, four letters
const data = await drawConfigurations(truth, { chains: 10000, sweeps: 200, rng: rng.fork('data') });

let learned;
for await (const tick of inferBoltzmann(data, { chains: 4000, targetPearson: 0.97, rng: rng.fork('learn') }))
  learned = tick;
console.log(`learned    ${learned.status} after ${learned.step} steps`);

let generated;
for await (const tick of generateSequences(learned.model, { count: 4000, rng: rng.fork('generate') }))
  generated = tick;
const { sweeps, remembered } = generated.metrics;
console.log(
  `generated  ${sweeps} sweeps, ${(100 * Math.max(0, remembered)).toFixed(0)} % remembered of half of them`,
);

const { statistics } = await modelCheck(data, generated.sequences, {
  model: learned.model,
  rng: rng.fork('check'),
});
for (const name of ['twoSite', 'twoSiteConnected', 'threeSiteConnected'])
  console.log(
    `${name.padEnd(18)}  Pearson ${statistics[name].pearson.toFixed(3)}, slope ${statistics[name].slope.toFixed(3)}`,
  );
