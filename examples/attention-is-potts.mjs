// One layer of factored attention, trained to guess hidden letters, finds the couplings of the Potts model that made
// the letters; so does pseudo-likelihood, and both find the same ones.
//
//   node attention-is-potts.mjs

import {
  factoredAttention,
  parametersFromState,
  relativeCouplingError,
  toPotts,
  trainMasked,
} from '@spinformer/attention';
import { seededRng } from '@spinformer/numerics';
import { drawConfigurations, inferGeneralizedPotts, replicaSetA, toFullModel } from '@spinformer/potts';
import { useBackend, wasm } from '@spinformer/tensor';

useBackend(await wasm());
const rng = seededRng(1);
const truth = toFullModel(replicaSetA({ rng: rng.fork('truth') })); // 20 sites, 10 colours
const data = await drawConfigurations(truth, { chains: 3000, sweeps: 200, rng: rng.fork('data') });

// Masked language modelling.
const layer = factoredAttention({ sites: 20, states: 10, fields: false });
const options = { optimizer: 'lbfgs', precision: 'float64', rng: rng.fork('attention') };
let last;
for await (const tick of trainMasked(layer, data, options)) last = tick;
const attention = await toPotts(layer, parametersFromState(layer, last.state));
console.log(`attention          ${last.status}, loss ${last.metrics.loss.toFixed(4)} nats per hidden letter`);

// Pseudo-likelihood, an independent program.
let solution;
for await (const tick of inferGeneralizedPotts(data, {
  colours: 'learned',
  fields: 'none',
  rng: rng.fork('pseudo-likelihood'),
}))
  solution = tick;
const inferred = toFullModel(solution.model);
console.log(`pseudo-likelihood  ${solution.status}`);

const percent = (error) => `${(100 * error).toFixed(1)} %`;
console.log(
  `attention from the truth          ${percent(relativeCouplingError(attention, truth).symmetrised)}`,
);
console.log(
  `pseudo-likelihood from the truth  ${percent(relativeCouplingError(inferred, truth).symmetrised)}`,
);
const between = Math.sqrt(relativeCouplingError(attention, inferred).symmetrised);
console.log(`one from the other                ${between < 1e-3 ? 'less than 0.1 %' : percent(between)}`);
