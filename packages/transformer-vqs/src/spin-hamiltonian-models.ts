import { ConfigError, DomainError } from '@spinformer/numerics';
import type { Lattice } from './lattice.ts';
import type { SpinBond, SpinHamiltonian } from './spin-hamiltonian.ts';
import { type SignRule, signRuleSites } from './spin-hamiltonian-sign-rule.ts';

/** Options of every Hamiltonian. */
export interface SpinModelOptions {
  /** Δ in J(S^x S^x + S^y S^y + Δ S^z S^z); default 1, the Heisenberg model. */
  readonly anisotropy?: number;
  /** Spins turned by π about z; default `none`. */
  readonly signRule?: SignRule;
}

/** Options of {@link j1j2}. */
export interface J1J2Options extends SpinModelOptions {
  /** Coupling of the bonds of kind 0; default 1. Positive is antiferromagnetic. */
  readonly j1?: number;
  /** Coupling of the bonds of kind 1. */
  readonly j2: number;
}

/**
 * H = J1 Σ S_i·S_j over bonds of kind 0 + J2 Σ S_i·S_j over bonds of kind 1, with S = σ/2 and ħ = 1. NetKet's Pauli
 * convention gives four times these energies.
 *
 * @throws {DomainError} for a coupling that is not a finite number, or J2 ≠ 0 on a lattice without bonds of kind 1.
 * @example
 * ```ts
 * const h = j1j2(square(4), { j2: 0.5, signRule: 'marshall' });
 * ```
 */
export function j1j2(lattice: Lattice, options: J1J2Options): SpinHamiltonian {
  const { j1 = 1, j2 } = options;
  const model = spinModel(lattice, j2 === 0 ? [j1] : [j1, j2], options);
  return { ...model, name: `J1-J2 on ${lattice.name}, J1 = ${j1}, J2 = ${j2}` };
}

/** Options of {@link heisenberg} and {@link xxz}. */
export interface HeisenbergOptions extends SpinModelOptions {
  /** Coupling of the bonds of kind 0; default 1. */
  readonly coupling?: number;
}

/** H = J Σ S_i·S_j over nearest neighbours; see {@link j1j2}. */
export function heisenberg(
  lattice: Lattice,
  options: Omit<HeisenbergOptions, 'anisotropy'> = {},
): SpinHamiltonian {
  const { coupling = 1, signRule = 'none' } = options;
  const model = spinModel(lattice, [coupling], { signRule });
  return { ...model, name: `Heisenberg on ${lattice.name}, J = ${coupling}` };
}

/** H = J Σ (S^x S^x + S^y S^y + Δ S^z S^z) over nearest neighbours; see {@link j1j2}. */
export function xxz(
  lattice: Lattice,
  options: HeisenbergOptions & { readonly anisotropy: number },
): SpinHamiltonian {
  const { coupling = 1, anisotropy } = options;
  const model = spinModel(lattice, [coupling], options);
  return { ...model, name: `XXZ on ${lattice.name}, J = ${coupling}, Δ = ${anisotropy}` };
}

/**
 * One coupling for each kind of bond.
 * @throws {DomainError} for a coupling that is not a finite number; {ConfigError} for more couplings than kinds.
 */
export function spinModel(
  lattice: Lattice,
  couplings: readonly number[],
  options: SpinModelOptions = {},
): SpinHamiltonian {
  const { anisotropy = 1, signRule = 'none' } = options;
  couplings.forEach((coupling, kind) => {
    checkNumber(`couplings[${kind}]`, coupling);
    if (!lattice.bonds.some((bond) => bond.kind === kind))
      throw new ConfigError(
        `spinModel: coupling ${coupling} has no bonds, ${lattice.name} has none of kind ${kind}. ` +
          'Build the lattice with neighbours: 2, or leave the coupling out.',
      );
  });
  checkNumber('anisotropy', anisotropy);
  const bonds = lattice.bonds
    .filter(({ kind }) => kind < couplings.length)
    .map(({ i, j, kind }) => ({ i, j, ising: couplings[kind] * anisotropy, exchange: couplings[kind] }));
  return rotate({ name: `couplings ${couplings.join(', ')} on ${lattice.name}`, lattice, bonds }, signRule);
}

/**
 * A Hamiltonian from the caller's own elements, one entry for each pair of sites.
 * @throws {DomainError} for an element that is not a finite number, or a pair that is no pair of the lattice's sites.
 */
export function bondHamiltonian(
  lattice: Lattice,
  bonds: readonly SpinBond[],
  options: { readonly name?: string; readonly signRule?: SignRule } = {},
): SpinHamiltonian {
  bonds.forEach(({ i, j, ising, exchange }, b) => {
    checkNumber(`bonds[${b}].ising`, ising);
    checkNumber(`bonds[${b}].exchange`, exchange);
    const isSite = (r: number) => Number.isInteger(r) && r >= 0 && r < lattice.sites;
    if (!isSite(i) || !isSite(j) || i === j)
      throw new DomainError(
        `bondHamiltonian: bonds[${b}] joins ${i} and ${j}; name two sites of 0 … ${lattice.sites - 1}.`,
      );
  });
  const name = options.name ?? `bonds on ${lattice.name}`;
  return rotate({ name, lattice, bonds: bonds.map((bond) => ({ ...bond })) }, options.signRule ?? 'none');
}

/** The same model after the spins of a sign rule were turned: exchange changes sign between turned and unturned. */
function rotate(h: SpinHamiltonian, signRule: SignRule): SpinHamiltonian {
  const rotated = signRuleSites(h.lattice, signRule);
  if (!rotated) return h;
  const bonds = h.bonds.map((bond) =>
    rotated[bond.i] === rotated[bond.j] ? bond : { ...bond, exchange: -bond.exchange },
  );
  return { ...h, bonds, rotated };
}

function checkNumber(name: string, value: number): void {
  if (!Number.isFinite(value)) throw new DomainError(`${name} must be a finite number, got ${value}.`);
}
