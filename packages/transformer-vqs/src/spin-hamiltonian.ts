import type { Lattice } from './lattice.ts';

/** One bond: ising · S^z S^z + exchange · ½(S⁺S⁻ + S⁻S⁺). */
export interface SpinBond {
  readonly i: number;
  readonly j: number;
  /** Coefficient of S^z_i S^z_j in units where S = σ/2, ħ = 1. */
  readonly ising: number;
  /** Coefficient of S^x S^x + S^y S^y, sign rule included: ⟨σ^{i↔j}|H|σ⟩ = exchange/2 for antiparallel spins. */
  readonly exchange: number;
}

/** H = Σ_b ising_b S^z_i S^z_j + exchange_b (S^x_i S^x_j + S^y_i S^y_j), conserving S^z. */
export interface SpinHamiltonian {
  readonly name: string;
  readonly lattice: Lattice;
  readonly bonds: readonly SpinBond[];
  /**
   * Where a sign rule was applied: 1 on the sites whose spins were turned by π about z (S^x, S^y → −S^x, −S^y), so that
   * observables can be turned back. Amplitudes of the unrotated model are ψ(σ)·(−1)^(number of up spins there).
   */
  readonly rotated?: Int8Array;
}
