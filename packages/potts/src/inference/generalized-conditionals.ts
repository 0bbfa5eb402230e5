import { type ConditionalModel, type Floats, type Ints, logSumExp, ShapeError } from '@spinformer/numerics';
import type { GeneralizedPottsModel } from '../generalized.ts';

/**
 * The conditionals that a generalised Potts model was fitted as, log p(s_i = a | s_\i) with logits
 * h_i(a) + Σ_h Σ_{j≠i} J^h_ij U^h(a, s_j), J^h read row by row even where it is not symmetric: what one layer of factored
 * attention computes. For symmetric J and U these are the conditionals of the full model.
 *
 * @returns an object that uses the model as it is, without a copy.
 * @source rende2024mapping
 */
export function generalizedConditionals(model: GeneralizedPottsModel): ConditionalModel {
  const { sites, states } = model;
  return {
    sites,
    states,
    logConditionals(configurations: Ints<'samples sites'>): Floats<'samples sites states'> {
      if (configurations.length % sites !== 0)
        throw new ShapeError(
          `logConditionals: configurations must have ${sites} sites. Reshape to [samples, ${sites}].`,
        );
      const out = new Float64Array(configurations.length * states);
      for (let k = 0; k < configurations.length; k++) {
        const logits = out.subarray(k * states, (k + 1) * states);
        writeLogits(model, configurations, k, logits);
        const norm = logSumExp(logits);
        for (let a = 0; a < states; a++) logits[a] -= norm;
      }
      return out;
    },
  };
}

function writeLogits(
  model: GeneralizedPottsModel,
  values: Int32Array,
  entry: number,
  logits: Float64Array,
): void {
  const { sites, states, heads, siteCouplings, colourCouplings, fields } = model;
  const i = entry % sites;
  logits.set(fields.subarray(i * states, (i + 1) * states));
  for (let h = 0; h < heads; h++)
    for (let j = 0; j < sites; j++) {
      const b = values[entry - i + j];
      if (b < 0 || j === i) continue;
      const coupling = siteCouplings[(h * sites + i) * sites + j];
      for (let a = 0; a < states; a++) logits[a] += coupling * colourCouplings[(h * states + a) * states + b];
    }
}
