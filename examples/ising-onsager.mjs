// The Ising model on a square lattice by Wolff's clusters, beside Onsager's energy of the infinite one.
//
//   node ising-onsager.mjs

import { formatEstimate, seededRng } from '@spinformer/numerics';
import { isingLattice, measureChains } from '@spinformer/potts';

const SIDE = 64;
const CHAINS = 8;
const critical = Math.log(1 + Math.SQRT2) / 2;

/** Onsager 1944: energy per site in units of k_B T. */
function onsager(coupling) {
  const k = (2 * Math.sinh(2 * coupling)) / Math.cosh(2 * coupling) ** 2;
  let [a, b] = [1, Math.sqrt(1 - k * k)]; // K(k) = π/2 over the arithmetic-geometric mean
  while (Math.abs(a - b) > 1e-15) [a, b] = [(a + b) / 2, Math.sqrt(a * b)];
  const bracket = 1 + (2 * Math.tanh(2 * coupling) ** 2 - 1) / a;
  return (-coupling / Math.tanh(2 * coupling)) * bracket;
}

for (const coupling of [0.4, 0.42, 0.46, 0.5]) {
  const graph = isingLattice({ shape: [SIDE, SIDE], coupling });
  const { energy } = await measureChains(graph, {
    ...{ kernel: 'wolff', chains: CHAINS, draws: 60, burnIn: 600, rng: seededRng(1) },
    start: new Int32Array(CHAINS * SIDE ** 2), // all up
    thinning: coupling < critical ? 40 : 4, // a cluster is small above the critical temperature
  });
  const perSite = { mean: energy.mean / SIDE ** 2, standardError: energy.standardError / SIDE ** 2 };
  console.log(
    `K = ${coupling.toFixed(2)}  E = ${formatEstimate(perSite)}  Onsager ${onsager(coupling).toFixed(5)}`,
  );
}
