import { DomainError, type Floats, ShapeError } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { Lattice } from '../lattice.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import type { SpinBasis } from './basis.ts';
import { isOdd, rotateAmplitudes } from './rotate-amplitudes.ts';
import { SectorOperator } from './sector-operator.ts';

/**
 * ⟨S_i·S_j⟩ of a real state between all sites, [sites, sites], with ¾ on the diagonal.
 * @param amplitudes - [basis.dimension], unit norm, in the Hamiltonian's frame: its sign rule is turned back.
 * @throws {ShapeError} when the amplitudes do not fit the basis.
 * @complexity sites² · dimension / 2, on all threads.
 */
export function exactCorrelations(
  h: SpinHamiltonian,
  basis: SpinBasis,
  amplitudes: Float64Array,
  runtime?: WasmRuntime,
): Floats<'sites sites'> {
  if (amplitudes.length !== basis.dimension)
    throw new ShapeError(
      `exactCorrelations: expected ${basis.dimension} amplitudes, got ${amplitudes.length}.`,
    );
  const { sites } = basis;
  const pairs: [number, number][] = [];
  for (let i = 0; i < sites; i++) for (let j = 0; j < i; j++) pairs.push([i, j]);
  const operator = new SectorOperator(h, basis, undefined, runtime);
  const correlations = new Float64Array(sites * sites);
  try {
    const parts = operator.correlate(rotateAmplitudes(basis, h.rotated, amplitudes), pairs);
    pairs.forEach(([i, j], k) => {
      correlations[i * sites + j] = parts[2 * k] + parts[2 * k + 1];
      correlations[j * sites + i] = correlations[i * sites + j];
    });
  } finally {
    operator.free();
  }
  for (let i = 0; i < sites; i++) correlations[i * sites + i] = 0.75;
  return correlations;
}

/**
 * Σ_σ ψ(σ)² · sign ψ(σ) · (−1)^(up spins on the Marshall sublattice), up to the state's overall sign: 1 where the
 * Marshall rule holds everywhere.
 * @throws {DomainError} when the lattice has no sublattices.
 * @source marshall1955
 */
export function exactMarshallSign(h: SpinHamiltonian, basis: SpinBasis, amplitudes: Float64Array): number {
  const { sublattice, name } = h.lattice;
  if (!sublattice)
    throw new DomainError(
      `exactMarshallSign: nearest neighbours of ${name} are not bipartite. Leave it out.`,
    );
  const plain = rotateAmplitudes(basis, h.rotated, amplitudes);
  const mask = sublattice.reduce((bits, mark, r) => (mark ? bits + 2 ** r : bits), 0);
  let sum = 0;
  plain.forEach((amplitude, k) => {
    const sign = Math.sign(amplitude) * (isOdd(basis.states[k] & mask) ? -1 : 1);
    sum += sign * amplitude * amplitude;
  });
  return Math.abs(sum);
}

/** The mean correlation at one displacement. */
export interface DistanceCorrelation {
  readonly dx: number;
  readonly dy: number;
  readonly value: number;
}

/**
 * Correlations averaged over all sites r at every displacement: (1/sites) Σ_r C(r, r + d), on periodic lattices.
 * @param correlations - [sites, sites]
 * @returns dy from 0 to height − 1 and dx from 0 to width − 1, dx varying fastest; a chain has dy = 0.
 */
export function correlationsByDistance(
  lattice: Lattice,
  correlations: Floats<'sites sites'>,
): DistanceCorrelation[] {
  const [height, width] = extents(lattice);
  const table: DistanceCorrelation[] = [];
  for (let dy = 0; dy < height; dy++)
    for (let dx = 0; dx < width; dx++) {
      let sum = 0;
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
          const j = ((y + dy) % height) * width + ((x + dx) % width);
          sum += correlations[(y * width + x) * lattice.sites + j];
        }
      table.push({ dx, dy, value: sum / lattice.sites });
    }
  return table;
}

/** The structure factor at one momentum, in units of 2π / extent. */
export interface StructureFactorPoint {
  readonly kx: number;
  readonly ky: number;
  readonly value: number;
}

/**
 * S(k) = (1/sites) Σ_ij cos(k·(r_i − r_j)) ⟨S_i·S_j⟩ at all momenta of the lattice, per site; Σ_k S(k) = ¾ · sites.
 * k·r = 2π (kx·x / width + ky·y / height), on every lattice in its own coordinates x and y.
 * @param correlations - [sites, sites]
 */
export function structureFactor(
  lattice: Lattice,
  correlations: Floats<'sites sites'>,
): StructureFactorPoint[] {
  const [height, width] = extents(lattice);
  const byDistance = correlationsByDistance(lattice, correlations);
  const points: StructureFactorPoint[] = [];
  for (let ky = 0; ky < height; ky++)
    for (let kx = 0; kx < width; kx++) {
      const value = byDistance.reduce(
        (sum, { dx, dy, value }) =>
          sum + value * Math.cos(2 * Math.PI * ((kx * dx) / width + (ky * dy) / height)),
        0,
      );
      points.push({ kx, ky, value });
    }
  return points;
}

function extents({ shape }: Lattice): [height: number, width: number] {
  return shape.length === 2 ? [shape[0], shape[1]] : [1, shape[0]];
}
