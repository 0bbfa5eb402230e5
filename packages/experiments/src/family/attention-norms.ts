import { type FactoredLayer, zeroSumMatrix } from '@spinformer/attention';

/**
 * Frobenius norms of the couplings that a factored layer holds, in zero-sum gauge and averaged over both directions,
 * without forming the couplings: |½(Σ_h A^h_ij V^h + Σ_h A^h_ji V^hᵀ)|² is a quadratic form in the entries of A.
 *
 * @param layer the layer on the host
 * @returns [sites, sites], symmetric, zero diagonal, nats
 */
export function attentionNorms({ heads, sites, states, mixing, values }: FactoredLayer): Float64Array {
  const block = states * states;
  const forward = Array.from({ length: heads }, (_, h) =>
    zeroSumMatrix(values.subarray(h * block, (h + 1) * block), states),
  );
  const matrices = [...forward, ...forward.map((matrix) => transposed(matrix, states))];
  const gram = matrices.map((left) => matrices.map((right) => dot(left, right)));
  const norms = new Float64Array(sites * sites);
  const weights = new Float64Array(2 * heads);
  for (let i = 0; i < sites; i++) {
    for (let j = i + 1; j < sites; j++) {
      for (let h = 0; h < heads; h++) {
        weights[h] = mixing[(h * sites + i) * sites + j] / 2;
        weights[heads + h] = mixing[(h * sites + j) * sites + i] / 2;
      }
      norms[i * sites + j] = norms[j * sites + i] = Math.sqrt(Math.max(0, quadratic(gram, weights)));
    }
  }
  return norms;
}

function transposed(matrix: Float64Array, states: number): Float64Array {
  return matrix.map((_, k) => matrix[(k % states) * states + Math.floor(k / states)]);
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, k) => sum + value * right[k], 0);
}

function quadratic(gram: readonly (readonly number[])[], weights: Float64Array): number {
  let sum = 0;
  for (let h = 0; h < weights.length; h++) {
    for (let g = 0; g < weights.length; g++) sum += weights[h] * gram[h][g] * weights[g];
  }
  return sum;
}
