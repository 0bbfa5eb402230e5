import type { PottsModel } from '../model.ts';
import type { ClosedFormMethod } from './closed-form-options.ts';

/** What a model is made of: −C⁻¹ and the frequencies. */
export interface InvertedCorrelations {
  readonly sites: number;
  readonly states: number;
  /** −C⁻¹, [sites·(states − 1), sites·(states − 1)], both triangles. */
  readonly inverse: Float64Array;
  /** [sites, states], pseudocount included. */
  readonly frequencies: Float64Array;
}

/**
 * The model of a closed form in lattice-gas gauge, J_ij(a, b) = −(C⁻¹)_ij(a, b) with J zero for the last state.
 *
 * Mean field: h_i(a) = log f_i(a)/f_i(q) − Σ_{j≠i} Σ_b J_ij(a, b) f_j(b). Gaussian: the log-density −(x − f)ᵀC⁻¹(x − f)/2
 * at one-hot x is Σ h + Σ J up to a constant, with h_i(a) = (C⁻¹f)_i(a) − (C⁻¹)_ii(a, a)/2.
 *
 * @returns float64 fields, float32 couplings, new.
 * @source morcos2011, eqs. (6), (7); baldassi2014gaussian, eq. (7)
 */
export function closedFormModel(parts: InvertedCorrelations, method: ClosedFormMethod): PottsModel {
  const { sites, states } = parts;
  const fields = method === 'gaussian' ? gaussianFields(parts) : meanFieldFields(parts);
  return { sites, states, fields, couplings: couplings(parts) };
}

function couplings({ sites, states, inverse }: InvertedCorrelations): Float32Array {
  const reduced = states - 1;
  const length = sites * reduced;
  const out = new Float32Array((sites * states) ** 2);
  for (let i = 0; i < sites; i++)
    for (let j = 0; j < sites; j++) {
      if (i === j) continue;
      for (let a = 0; a < reduced; a++) {
        const from = (i * reduced + a) * length + j * reduced;
        out.set(inverse.subarray(from, from + reduced), ((i * sites + j) * states + a) * states);
      }
    }
  return out;
}

/** Σ_j Σ_b (−C⁻¹)_ij(a, b) f_j(b), [sites, states − 1], over all sites or over the others only. */
function appliedToFrequencies(parts: InvertedCorrelations, others: boolean): Float64Array {
  const { sites, states, inverse, frequencies } = parts;
  const reduced = states - 1;
  const length = sites * reduced;
  const out = new Float64Array(length);
  for (let row = 0; row < length; row++) {
    const own = Math.floor(row / reduced);
    let sum = 0;
    for (let j = 0; j < sites; j++) {
      if (others && j === own) continue;
      for (let b = 0; b < reduced; b++)
        sum += inverse[row * length + j * reduced + b] * frequencies[j * states + b];
    }
    out[row] = sum;
  }
  return out;
}

function meanFieldFields(parts: InvertedCorrelations): Float64Array {
  const { sites, states, frequencies } = parts;
  const sums = appliedToFrequencies(parts, true);
  const fields = new Float64Array(sites * states);
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < states - 1; a++) {
      const ratio = frequencies[i * states + a] / frequencies[(i + 1) * states - 1];
      fields[i * states + a] = Math.log(ratio) - sums[i * (states - 1) + a];
    }
  return fields;
}

function gaussianFields(parts: InvertedCorrelations): Float64Array {
  const { sites, states, inverse } = parts;
  const reduced = states - 1;
  const sums = appliedToFrequencies(parts, false);
  const fields = new Float64Array(sites * states);
  for (let i = 0; i < sites; i++)
    for (let a = 0; a < reduced; a++) {
      const row = i * reduced + a;
      fields[i * states + a] = inverse[row * (sites * reduced + 1)] / 2 - sums[row];
    }
  return fields;
}
