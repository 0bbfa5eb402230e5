import { seededRng } from '@spinformer/numerics';
import { describe, expect, it } from 'vitest';
import {
  AmplitudeCache,
  basisStates,
  chain,
  drawSpins,
  type MovePairs,
  movePairs,
  SpinChains,
  square,
} from '../../src/index.ts';
import {
  antiparallelChange,
  antiparallelPairs,
  proposalCorrection,
} from '../../src/sampling/exchange-rule.ts';
import { bornWeights } from '../../src/sampling/full-sum.ts';
import { chiSquareTail } from '../helpers/chi-square.ts';
import { bitsOf, tableEvaluator } from '../helpers/table-evaluator.ts';

/** Products of probabilities of order 1e-2 in float64. */
const ROUNDING = 1e-15;
/** Smallest p-value that passes: one run in ten thousand fails by chance, and the seed is fixed. */
const LEAST_P = 1e-4;

const SITES = 8;
const lattice = chain(SITES);
const basis = basisStates(SITES);
const rng = seededRng('exchange sampling');
const logPsi = Float64Array.from({ length: basis.dimension }, () => 0.5 * rng.normal());
const probability = bornWeights(logPsi);
const bonds = movePairs(SITES, lattice.bonds);
const everywhere = movePairs(SITES, lattice.bonds, 'pairs');
/** The bonds' moves without their correction: what must not pass. */
const uncorrected: MovePairs = { ...bonds, rule: 'pairs' };

/** P(σ → σ') for σ ≠ σ', [states, states]. */
function transitionMatrix(pairs: MovePairs): Float64Array {
  const spins = basis.spins();
  const matrix = new Float64Array(basis.dimension ** 2);
  for (let s = 0; s < basis.dimension; s++) {
    const start = s * SITES;
    const before = antiparallelPairs(pairs, spins, start);
    for (let k = 0; k < pairs.count; k++) {
      const [i, j] = [pairs.first[k], pairs.second[k]];
      if (spins[start + i] === spins[start + j]) continue;
      const to = basis.indexOf(basis.states[s] ^ (1 << i) ^ (1 << j));
      const after = before + antiparallelChange(pairs, spins, start, i, j);
      const ratio = Math.exp(2 * (logPsi[to] - logPsi[s]) + proposalCorrection(pairs.rule, before, after));
      matrix[s * basis.dimension + to] += Math.min(1, ratio) / before;
    }
  }
  return matrix;
}

/** Largest |π(σ)P(σ → σ') − π(σ')P(σ' → σ)|. */
function imbalance(matrix: Float64Array): number {
  let largest = 0;
  const n = basis.dimension;
  for (let s = 0; s < n; s++)
    for (let t = 0; t < n; t++)
      largest = Math.max(
        largest,
        Math.abs(probability[s] * matrix[s * n + t] - probability[t] * matrix[t * n + s]),
      );
  return largest;
}

describe('the exchange rules on 8 sites, by their exact transition matrix', () => {
  it.each([
    ['bonds', bonds],
    ['pairs', everywhere],
  ])('%s are in detailed balance with |ψ|²', (_, pairs) => {
    expect(imbalance(transitionMatrix(pairs))).toBeLessThan(ROUNDING);
  });

  it('bonds without the correction are not', () => {
    expect(imbalance(transitionMatrix(uncorrected))).toBeGreaterThan(1e-5);
  });

  it('the change of the number of antiparallel pairs is what counting says', () => {
    const wide = square(4);
    const pairs = movePairs(16, wide.bonds);
    const spins = basisStates(16).spins(5000, 40);
    for (let s = 0; s < 40; s++)
      for (let k = 0; k < pairs.count; k++) {
        const [i, j] = [16 * s + pairs.first[k], 16 * s + pairs.second[k]];
        if (spins[i] === spins[j]) continue;
        const before = antiparallelPairs(pairs, spins, 16 * s);
        const change = antiparallelChange(pairs, spins, 16 * s, pairs.first[k], pairs.second[k]);
        [spins[i], spins[j]] = [spins[j], spins[i]];
        expect(antiparallelPairs(pairs, spins, 16 * s)).toBe(before + change);
      }
  });
});

/** p-value of the last configurations of independent chains against |ψ|². */
function sampledTail(pairs: MovePairs): number {
  const chains = SpinChains.start(pairs, 4000, SITES / 2, seededRng('chi square'));
  const { spins } = drawSpins(chains, new AmplitudeCache(tableEvaluator(SITES, logPsi), SITES), {
    sweeps: 10,
  });
  const counts = new Float64Array(basis.dimension);
  for (let s = 0; s < chains.chains; s++) counts[basis.indexOf(bitsOf(spins, s * SITES, SITES))]++;
  return chiSquareTail(counts, probability);
}

describe('chains against enumeration, χ² over all 70 states', () => {
  it.each([
    ['bonds', bonds],
    ['pairs', everywhere],
  ])('%s sample |ψ|²', (_, pairs) => {
    expect(sampledTail(pairs)).toBeGreaterThan(LEAST_P);
  });

  it('bonds without the correction fail', () => {
    expect(sampledTail(uncorrected)).toBeLessThan(LEAST_P);
  });
});

describe('chains', () => {
  it('go on bit for bit from a state, and do not depend on the chains beside them', () => {
    const evaluator = tableEvaluator(SITES, logPsi);
    const whole = SpinChains.start(bonds, 6, 4, seededRng(3));
    whole.advance(evaluator, 25);
    const resumed = SpinChains.resume(bonds, whole.state());
    whole.advance(evaluator, 31);
    resumed.advance(evaluator, 31);
    expect(resumed.state()).toEqual(whole.state());

    const fewer = SpinChains.start(bonds, 2, 4, seededRng(3));
    fewer.advance(evaluator, 56);
    expect(fewer.spins).toEqual(whole.spins.slice(0, 2 * SITES));
  });

  it('stay where they are when nothing can be exchanged', () => {
    const polarised = SpinChains.start(bonds, 2, SITES, seededRng(1));
    const zero = { logAmplitudes: (s: Int8Array) => zeros(s.length / SITES), free() {} };
    expect(polarised.advance(zero, 4)).toBe(0);
    expect(polarised.spins.every((spin) => spin === 1)).toBe(true);
  });
});

function zeros(rows: number) {
  return { real: new Float64Array(rows), imaginary: new Float64Array(rows) };
}
