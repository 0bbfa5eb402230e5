import { ShapeError } from '@spinformer/numerics';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import type { AmplitudeEvaluator, ComplexRows } from '../wave-function.ts';
import { AmplitudeCache } from './amplitude-cache.ts';
import { type ExchangePairs, exchangePairs } from './exchange-pairs.ts';

/** Samples whose neighbours are looked up together, at most. */
const ROWS_PER_CHUNK = 4096;

/**
 * Local energies E_L(σ) = Σ_σ' ⟨σ|H|σ'⟩ ψ(σ')/ψ(σ), total and not per site. Parallel bonds cost nothing, and each
 * different configuration is evaluated once.
 *
 * @param hamiltonian - in units where S = σ/2.
 * @param amplitudes - log ψ at fixed parameters. An {@link AmplitudeCache} keeps what it learns for later calls.
 * @param spins - [samples, sites] of ±1.
 * @returns real and imaginary parts, [samples], owned by the caller; not finite where ψ is zero or not finite.
 * @throws {ShapeError} when the spins do not divide into rows of the lattice's sites.
 * @source becca2017, section 3.3
 * @complexity samples · bonds, besides the evaluations.
 */
export function localEnergies(
  hamiltonian: SpinHamiltonian,
  amplitudes: AmplitudeEvaluator,
  spins: Int8Array,
): ComplexRows {
  const { sites } = hamiltonian.lattice;
  if (spins.length % sites !== 0)
    throw new ShapeError(
      `localEnergies: ${spins.length} spins do not divide into rows of ${sites} sites. Pass [samples, ${sites}].`,
    );
  const cache = amplitudes instanceof AmplitudeCache ? amplitudes : new AmplitudeCache(amplitudes, sites);
  const pairs = exchangePairs(hamiltonian);
  const rows = spins.length / sites;
  const energies = { real: new Float64Array(rows), imaginary: new Float64Array(rows) };
  const fitting = Math.floor(cache.maximumEntries / (pairs.count + 1));
  const perChunk = Math.max(1, Math.min(ROWS_PER_CHUNK, fitting));
  const neighbours = new Int32Array(perChunk * (pairs.count + 1));
  for (let from = 0; from < rows; from += perChunk) {
    const until = Math.min(rows, from + perChunk);
    cache.reserve((until - from) * (pairs.count + 1));
    connect(cache, pairs, spins, from, until, neighbours);
    cache.evaluate();
    for (let row = from; row < until; row++)
      sumNeighbours(cache, pairs, neighbours, row - from, spins, row, energies);
  }
  return energies;
}

/** Entries of each row (first) and of its neighbour across each pair, −1 where the spins are parallel. */
function connect(
  cache: AmplitudeCache,
  pairs: ExchangePairs,
  spins: Int8Array,
  from: number,
  until: number,
  neighbours: Int32Array,
): void {
  const { count, first, second, exchange } = pairs;
  const { sites } = cache.group;
  for (let row = from; row < until; row++) {
    const at = (row - from) * (count + 1);
    const start = row * sites;
    neighbours[at] = cache.entryOf(spins, row);
    for (let b = 0; b < count; b++) {
      const moves = spins[start + first[b]] !== spins[start + second[b]] && exchange[b] !== 0;
      neighbours[at + 1 + b] = moves ? cache.entryAfterFlips(first[b], second[b]) : -1;
    }
  }
}

function sumNeighbours(
  cache: AmplitudeCache,
  { count, first, second, ising, exchange }: ExchangePairs,
  neighbours: Int32Array,
  block: number,
  spins: Int8Array,
  row: number,
  energies: ComplexRows,
): void {
  const start = row * cache.group.sites;
  const at = block * (count + 1);
  const real = cache.realOf(neighbours[at]);
  const imaginary = cache.imaginaryOf(neighbours[at]);
  let diagonal = 0;
  let sumReal = 0;
  let sumImaginary = 0;
  for (let b = 0; b < count; b++) {
    diagonal += ising[b] * spins[start + first[b]] * spins[start + second[b]];
    const entry = neighbours[at + 1 + b];
    if (entry < 0) continue;
    const size = exchange[b] * Math.exp(cache.realOf(entry) - real);
    const angle = cache.imaginaryOf(entry) - imaginary;
    sumReal += size * Math.cos(angle);
    sumImaginary += size * Math.sin(angle);
  }
  energies.real[row] = diagonal / 4 + sumReal / 2;
  energies.imaginary[row] = sumImaginary / 2;
}
