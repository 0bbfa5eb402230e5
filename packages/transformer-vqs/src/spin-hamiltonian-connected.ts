import { type Floats, ShapeError } from '@spinformer/numerics';
import type { SpinHamiltonian } from './spin-hamiltonian.ts';

/** A row of the Hamiltonian: ⟨σ'|H|σ⟩ for every σ' that H reaches from σ. */
export interface Connected {
  /** [connected, sites], σ itself first, then one σ' for each exchange of antiparallel spins. */
  readonly configurations: Int8Array;
  /** The matrix elements, [connected]. */
  readonly elements: Floats<'connected'>;
}

/**
 * The diagonal element ⟨σ|H|σ⟩ = Σ_b ising_b σ_i σ_j / 4.
 * @param spins - [sites], ±1.
 */
export function diagonalElement(h: SpinHamiltonian, spins: Int8Array): number {
  let sum = 0;
  for (const { i, j, ising } of h.bonds) sum += ising * spins[i] * spins[j];
  return sum / 4;
}

/**
 * All configurations that H reaches from one, with their elements; H is real and symmetric. Bonds over the same pair
 * give entries of their own.
 *
 * @param spins - [sites], ±1.
 * @throws {ShapeError} when `spins` is not one configuration.
 */
export function connected(h: SpinHamiltonian, spins: Int8Array): Connected {
  const { sites } = h.lattice;
  if (spins.length !== sites)
    throw new ShapeError(
      `connected: spins must be one configuration of ${sites} sites, got ${spins.length}.`,
    );
  const active = h.bonds.filter(({ i, j, exchange }) => spins[i] !== spins[j] && exchange !== 0);
  const configurations = new Int8Array((active.length + 1) * sites);
  const elements = new Float64Array(active.length + 1);
  configurations.set(spins);
  elements[0] = diagonalElement(h, spins);
  active.forEach(({ i, j, exchange }, k) => {
    const row = configurations.subarray((k + 1) * sites, (k + 2) * sites);
    row.set(spins);
    row[i] = spins[j];
    row[j] = spins[i];
    elements[k + 1] = exchange / 2;
  });
  return { configurations, elements };
}
