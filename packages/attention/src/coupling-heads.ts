import type { Floats } from '@spinformer/numerics';
import { symmetricEigen } from '@spinformer/tensor';

/** couplings_ij(a, b) ≈ Σ_h mixing^h_ij · values^h(a, b), on the host. */
export interface CouplingHeads {
  readonly heads: number;
  /** [heads, sites, sites], zero diagonals. */
  readonly mixing: Floats<'heads sites sites'>;
  /** [heads, states, states]. */
  readonly values: Floats<'heads states states'>;
  /** |couplings − Σ_h …|/|couplings| (Frobenius); 0 if the couplings vanish. */
  readonly residual: number;
}

/** Directions whose part of the couplings is below this, relative to all of it, are rounding of the Gram matrix. */
const RANK_TOLERANCE = 1e-13;

/**
 * Splits couplings into the fewest heads: the [sites², states²] matrix M with rows (i, j) is a sum of products of a
 * matrix over sites and a matrix over states, one per head. The directions are the eigenvectors of the smaller Gram
 * matrix, an orthonormal basis; M is projected on them, so that the full set is exact to rounding whatever the
 * eigenvalues' accuracy, and a shorter one is the best approximation of that rank (Eckart–Young).
 *
 * @param couplings - [sites, sites, states, states], any gauge, symmetric or not.
 * @param heads - at most this many; absent means as many as the rank.
 * @complexity O(n³) with n = min(sites·(sites − 1), states²), and O(sites²·states²·n).
 */
export function splitIntoHeads(
  couplings: ArrayLike<number>,
  sites: number,
  states: number,
  heads?: number,
): CouplingHeads {
  const pairs = offDiagonalPairs(sites);
  const colours = states * states;
  const matrix = new Float64Array(pairs.length * colours);
  pairs.forEach((pair, r) => {
    for (let c = 0; c < colours; c++) matrix[r * colours + c] = couplings[pair * colours + c];
  });
  const norm = frobenius(matrix);
  const byColours = colours <= pairs.length;
  const factors = byColours
    ? projectColumns(matrix, pairs.length, colours)
    : projectRows(matrix, pairs.length, colours);
  const { kept, dropped } = keepLargest(factors, norm, heads);
  return { ...assemble(kept, pairs, sites, states), residual: norm > 0 ? dropped / norm : 0 };
}

interface Factors {
  /** One entry per head: its coefficients over the pairs, its colour matrix, and the norm of their product. */
  readonly terms: readonly {
    readonly left: Float64Array;
    readonly right: Float64Array;
    readonly norm: number;
  }[];
}

/** M = Σ_k (M v_k) v_kᵀ with v_k the eigenvectors of MᵀM. */
function projectColumns(m: Float64Array, rows: number, columns: number): Factors {
  const { vectors } = symmetricEigen(gram(m, rows, columns), columns);
  const terms = Array.from({ length: columns }, (_, k) => {
    const right = Float64Array.from({ length: columns }, (_, c) => vectors[c * columns + k]);
    const left = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += m[r * columns + c] * right[c];
      left[r] = sum;
    }
    return { left, right, norm: frobenius(left) };
  });
  return { terms };
}

/** M = Σ_k u_k (uᵀ_k M) with u_k the eigenvectors of MMᵀ. */
function projectRows(m: Float64Array, rows: number, columns: number): Factors {
  const transposed = new Float64Array(m.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) transposed[c * rows + r] = m[r * columns + c];
  const { terms } = projectColumns(transposed, columns, rows);
  return { terms: terms.map(({ left, right, norm }) => ({ left: right, right: left, norm })) };
}

function gram(m: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(columns * columns);
  for (let r = 0; r < rows; r++) {
    const row = m.subarray(r * columns, (r + 1) * columns);
    for (let a = 0; a < columns; a++) {
      const x = row[a];
      if (x === 0) continue;
      for (let b = a; b < columns; b++) result[a * columns + b] += x * row[b];
    }
  }
  for (let a = 0; a < columns; a++)
    for (let b = 0; b < a; b++) result[a * columns + b] = result[b * columns + a];
  return result;
}

/** The largest terms, and the norm of what the others held (the directions are orthonormal, so squares add up). */
function keepLargest(
  factors: Factors,
  norm: number,
  heads: number | undefined,
): { readonly kept: Factors['terms']; readonly dropped: number } {
  const sorted = [...factors.terms].sort((x, y) => y.norm - x.norm);
  const rank = sorted.filter((term) => term.norm > RANK_TOLERANCE * norm).length;
  const count = Math.max(1, Math.min(heads ?? rank, rank));
  return { kept: sorted.slice(0, count), dropped: frobenius(sorted.slice(count).map((term) => term.norm)) };
}

/** Writes the kept terms as heads with |A| and |V| balanced. */
function assemble(
  terms: Factors['terms'],
  pairs: readonly number[],
  sites: number,
  states: number,
): Omit<CouplingHeads, 'residual'> {
  const heads = terms.length;
  const mixing = new Float64Array(heads * sites * sites);
  const values = new Float64Array(heads * states * states);
  terms.forEach(({ left, right, norm: size }, h) => {
    const ratio = size > 0 ? Math.sqrt(frobenius(right) / frobenius(left)) : 1;
    pairs.forEach((pair, r) => {
      mixing[h * sites * sites + pair] = left[r] * ratio;
    });
    for (let c = 0; c < right.length; c++) values[h * states * states + c] = right[c] / ratio;
  });
  return { heads, mixing, values };
}

function offDiagonalPairs(sites: number): readonly number[] {
  const pairs: number[] = [];
  for (let i = 0; i < sites; i++) for (let j = 0; j < sites; j++) if (i !== j) pairs.push(i * sites + j);
  return pairs;
}

function frobenius(x: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < x.length; k++) total += x[k] * x[k];
  return Math.sqrt(total);
}
