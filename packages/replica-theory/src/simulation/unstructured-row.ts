import type { LinearRow } from './row-inputs.ts';

/** Takes the mean over the second colour out of every row of every matrix: inputs are centred. */
function centreRows(matrices: Float64Array, colours: number): void {
  for (let row = 0; row < matrices.length; row += colours) {
    let mean = 0;
    for (let s = 0; s < colours; s++) mean += matrices[row + s] / colours;
    for (let s = 0; s < colours; s++) matrices[row + s] -= mean;
  }
}

/**
 * A row with a matrix per site, z_a = Σ_j (W_j P s_j)_a/√L; parameters are [sites, colours, colours].
 *
 * @param states - [sites, count].
 */
export function unstructuredRow(states: Uint8Array, sites: number, colours: number): LinearRow {
  const count = states.length / sites;
  const size = sites * colours * colours;
  const scale = 1 / Math.sqrt(sites);
  const centred = new Float64Array(size);
  return {
    ...{ count, answers: colours, size },
    logits(matrices, out) {
      centred.set(matrices);
      centreRows(centred, colours);
      out.fill(0);
      for (let j = 0; j < sites; j++) {
        for (let k = 0; k < count; k++) {
          const at = j * colours * colours + states[j * count + k];
          for (let a = 0; a < colours; a++) out[k * colours + a] += scale * centred[at + a * colours];
        }
      }
    },
    pullBack(forces, gradient) {
      centred.fill(0);
      for (let j = 0; j < sites; j++) {
        for (let k = 0; k < count; k++) {
          const at = j * colours * colours + states[j * count + k];
          for (let a = 0; a < colours; a++) centred[at + a * colours] += scale * forces[k * colours + a];
        }
      }
      centreRows(centred, colours);
      for (let i = 0; i < size; i++) gradient[i] += centred[i];
    },
  };
}
