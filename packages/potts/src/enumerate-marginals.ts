/** Sizes of the system whose configurations are numbered. */
interface Size {
  readonly sites: number;
  readonly states: number;
}

/** p(s_i = a), [sites, states], of the probabilities of all configurations. */
export function exactMarginals(probabilities: Float64Array, { sites, states }: Size): Float64Array {
  const marginals = new Float64Array(sites * states);
  for (let i = 0; i < sites; i++) {
    const stride = states ** (sites - 1 - i);
    for (let start = 0, a = 0; start < probabilities.length; start += stride, a = (a + 1) % states) {
      let sum = 0;
      for (let k = start; k < start + stride; k++) sum += probabilities[k];
      marginals[i * states + a] += sum;
    }
  }
  return marginals;
}

/**
 * p(s_i = a, s_j = b), [sites, sites, states, states]. The sites are cut into two halves: pairs within a half need its
 * own distribution only, and pairs across need one pass per site of the first half, so that the cost is
 * O(sites·states^sites) and not O(sites²·states^sites).
 */
export function exactPairMarginals(probabilities: Float64Array, { sites, states }: Size): Float64Array {
  const pairs = new PairTable(sites, states);
  const left = Math.ceil(sites / 2);
  const right = sites - left;
  const rows = states ** left;
  const columns = states ** right;
  const rowSums = new Float64Array(rows);
  const columnSums = new Float64Array(columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const p = probabilities[r * columns + c];
      rowSums[r] += p;
      columnSums[c] += p;
    }
  }
  addPairsWithin(pairs, rowSums, 0, left);
  addPairsWithin(pairs, columnSums, left, right);
  for (let i = 0; i < left; i++) addPairsAcross(pairs, probabilities, i, left, right);
  return pairs.values;
}

class PairTable {
  readonly values: Float64Array;
  readonly sites: number;
  readonly states: number;

  constructor(sites: number, states: number) {
    this.sites = sites;
    this.states = states;
    this.values = new Float64Array((sites * states) ** 2);
  }

  add(i: number, a: number, j: number, b: number, p: number): void {
    const { sites, states, values } = this;
    values[((i * sites + j) * states + a) * states + b] += p;
    if (i !== j) values[((j * sites + i) * states + b) * states + a] += p;
  }
}

/** Pairs among `count` sites from `first` on, of the distribution of these sites alone. */
function addPairsWithin(pairs: PairTable, probabilities: Float64Array, first: number, count: number): void {
  const { states } = pairs;
  const digits = new Int32Array(count);
  for (let k = 0; k < probabilities.length; k++) {
    let rest = k;
    for (let i = count - 1; i >= 0; i--) {
      digits[i] = rest % states;
      rest = Math.floor(rest / states);
    }
    for (let i = 0; i < count; i++)
      for (let j = i; j < count; j++) pairs.add(first + i, digits[i], first + j, digits[j], probabilities[k]);
  }
}

/** Pairs of site `i` of the first half with every site of the second. */
function addPairsAcross(
  pairs: PairTable,
  probabilities: Float64Array,
  i: number,
  left: number,
  right: number,
): void {
  const { states } = pairs;
  const columns = states ** right;
  const stride = states ** (left - 1 - i);
  const given = Array.from({ length: states }, () => new Float64Array(columns));
  for (let r = 0; r * columns < probabilities.length; r++) {
    const sums = given[Math.floor(r / stride) % states];
    for (let c = 0; c < columns; c++) sums[c] += probabilities[r * columns + c];
  }
  given.forEach((sums, a) => {
    for (let j = 0; j < right; j++) {
      const step = states ** (right - 1 - j);
      for (let c = 0; c < columns; c++) pairs.add(i, a, left + j, Math.floor(c / step) % states, sums[c]);
    }
  });
}
