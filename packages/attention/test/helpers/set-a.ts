import type { Configurations, Rng } from '@spinformer/numerics';
import type { GeneralisedPottsLike } from '../../src/from-potts.ts';
import { zeroSumMatrix } from '../../src/relative-coupling-error.ts';

/**
 * A generalised Potts model with J_ij ~ N(0, beta²/sites), symmetric, and U = (B + Bᵀ)/√2 with Gaussian B, zero-sum:
 * Set A of the golden numbers for sites = 20, states = 10, beta = 1.
 */
export function gaussianPotts(sites: number, states: number, beta: number, rng: Rng): GeneralisedPottsLike {
  const siteCouplings = new Float64Array(sites * sites);
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      const coupling = (beta / Math.sqrt(sites)) * rng.normal();
      siteCouplings[i * sites + j] = coupling;
      siteCouplings[j * sites + i] = coupling;
    }
  }
  const b = Float64Array.from({ length: states * states }, () => rng.normal());
  const goe = b.map((x, k) => (x + b[(k % states) * states + Math.floor(k / states)]) / Math.SQRT2);
  return { sites, states, siteCouplings, colourCouplings: zeroSumMatrix(goe, states) };
}

/** logit_i(a) = h_i(a) + Σ_j J_ij U(a, s_j), written into `logits`. */
export function siteLogits(
  model: GeneralisedPottsLike,
  s: Int32Array,
  row: number,
  i: number,
  logits: Float64Array,
): void {
  const { sites, states, siteCouplings, colourCouplings, fields } = model;
  for (let a = 0; a < states; a++) logits[a] = fields ? fields[i * states + a] : 0;
  for (let j = 0; j < sites; j++) {
    const coupling = siteCouplings[i * sites + j];
    if (j === i || coupling === 0) continue;
    const b = s[row + j];
    for (let a = 0; a < states; a++) logits[a] += coupling * colourCouplings[a * states + b];
  }
}

/** One independent chain per sample, random start, sequential heat-bath sweeps. Plain on purpose. */
export function heatBath(
  model: GeneralisedPottsLike,
  samples: number,
  sweeps: number,
  rng: Rng,
): Configurations {
  const { sites, states } = model;
  const table = columnTable(model);
  const values = Int32Array.from({ length: samples * sites }, () => rng.integer(states));
  const logits = new Float64Array(states);
  for (let row = 0; row < values.length; row += sites) {
    for (let sweep = 0; sweep < sweeps; sweep++) {
      for (let i = 0; i < sites; i++) {
        logits.fill(0);
        for (let j = 0; j < sites; j++) {
          const column = ((i * sites + j) * states + values[row + j]) * states;
          for (let a = 0; a < states; a++) logits[a] += table[column + a];
        }
        values[row + i] = draw(logits, rng);
      }
    }
  }
  return { samples, sites, states, values };
}

/** J_ij U(a, b) at [i, j, b, a], with h_i(a) in the block i = j whatever b. */
function columnTable({
  sites,
  states,
  siteCouplings,
  colourCouplings,
  fields,
}: GeneralisedPottsLike): Float64Array {
  const block = states * states;
  return Float64Array.from({ length: sites * sites * block }, (_, k) => {
    const pair = Math.floor(k / block);
    const i = Math.floor(pair / sites);
    const [b, a] = [Math.floor((k % block) / states), k % states];
    if (pair % sites === i) return fields ? fields[i * states + a] : 0;
    return siteCouplings[pair] * colourCouplings[a * states + b];
  });
}

function draw(logits: Float64Array, rng: Rng): number {
  let total = 0;
  for (let a = 0; a < logits.length; a++) total += logits[a] = Math.exp(logits[a]);
  let left = rng.uniform() * total;
  for (let a = 0; a < logits.length - 1; a++) {
    left -= logits[a];
    if (left < 0) return a;
  }
  return logits.length - 1;
}

/** −log p(s_i | s_\i) of the true model, mean per site and sequence: the loss that no model can beat on average. */
export function exactConditionalLoss(model: GeneralisedPottsLike, data: Configurations): number {
  const logits = new Float64Array(model.states);
  let total = 0;
  for (let k = 0; k < data.values.length; k++) {
    const i = k % data.sites;
    siteLogits(model, data.values, k - i, i, logits);
    const largest = Math.max(...logits);
    let sum = 0;
    for (const x of logits) sum += Math.exp(x - largest);
    total += largest + Math.log(sum) - logits[data.values[k]];
  }
  return total / data.values.length;
}

/** The full couplings J_ij U(a, b) and fields of a generalised model. */
export function fullCouplings(model: GeneralisedPottsLike) {
  const { sites, states, siteCouplings, colourCouplings } = model;
  const block = states * states;
  const couplings = new Float64Array(sites * sites * block);
  for (let k = 0; k < couplings.length; k++) {
    couplings[k] = siteCouplings[Math.floor(k / block)] * colourCouplings[k % block];
  }
  return { sites, states, fields: model.fields ?? new Float64Array(sites * states), couplings };
}
