import { ConfigError, DomainError } from '@spinformer/numerics';
import type { Lattice } from '../lattice.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';

/** A sector of the Hilbert space, by quantum numbers of the model without a sign rule. */
export interface SectorOptions {
  /** S^z in units of ħ; default 0, or ½ for an odd number of sites. */
  readonly totalSz?: number;
  /**
   * Momentum in units of 2π / extent, a whole number on a chain and [ky, kx] in two dimensions, in the order of the
   * lattice's `shape`. Default: all momenta together.
   */
  readonly momentum?: number | readonly number[];
  /** Parity under the flip of all spins, which needs totalSz 0; default: both together. */
  readonly spinFlip?: 1 | -1;
  /** `symmetric`: states that the point group leaves as they are; default: all together. */
  readonly pointGroup?: 'symmetric';
}

/** One element of a symmetry group and its character. */
export interface SectorSymmetry {
  /** (gσ)[r] = σ[permutation[r]] */
  readonly permutation: Int32Array;
  readonly flip: boolean;
  /** The character is exp(2πi · phase / turns), phase a whole number from 0 to turns − 1. */
  readonly phase: number;
}

/** A group with a one-dimensional representation. */
export interface SectorGroup {
  /** The identity first. */
  readonly elements: readonly SectorSymmetry[];
  readonly turns: number;
  /** Whether every character is ±1. */
  readonly isReal: boolean;
}

/**
 * The number of up spins of a sector.
 * @throws {DomainError} when the lattice has no such sector.
 */
export function upSpins(sites: number, totalSz: number = sites % 2 ? 0.5 : 0): number {
  const up = sites / 2 + totalSz;
  if (!Number.isInteger(up) || up < 0 || up > sites)
    throw new DomainError(
      `totalSz: ${sites} sites cannot have S^z = ${totalSz}. ` +
        `Use a ${sites % 2 ? 'half-integer' : 'whole number'} from ${-sites / 2} to ${sites / 2}.`,
    );
  return up;
}

/**
 * The symmetries that a sector asks for, products of translations, point group and spin flip, the identity first.
 * @throws {ConfigError} for a quantum number that the Hamiltonian or the rest of the sector does not allow.
 */
export function sectorGroup(h: SpinHamiltonian, options: SectorOptions): SectorGroup {
  const { lattice } = h;
  const { momentum, pointGroup, spinFlip, totalSz = 0 } = options;
  const identity = lattice.translations[0];
  const translations = momentum === undefined ? [identity] : lattice.translations;
  const points = pointGroup === undefined ? [identity] : lattice.pointGroup;
  const turns = 2 * lattice.shape.reduce(leastCommonMultiple, 1);
  const phases = translationPhases(lattice, translations, momentum, turns);
  checkInvariance(h, translations, 'momentum');
  checkInvariance(h, points, 'pointGroup');
  checkLittleGroup(translations, phases, points);
  if (spinFlip !== undefined && (totalSz !== 0 || lattice.sites % 2 !== 0))
    throw new ConfigError(
      `spinFlip: only the sector S^z = 0 has a parity, got S^z = ${totalSz}. Leave it out.`,
    );
  const elements: SectorSymmetry[] = [];
  for (const flip of spinFlip === undefined ? [false] : [false, true])
    for (const p of points)
      translations.forEach((t, k) => {
        const shift = flip && spinFlip === -1 ? turns / 2 : 0;
        elements.push({ permutation: t.map((r) => p[r]), flip, phase: (phases[k] + shift) % turns });
      });
  return { elements, turns, isReal: elements.every(({ phase }) => (2 * phase) % turns === 0) };
}

/** The phase k·r of every translation, in units of 2π / turns. */
function translationPhases(
  lattice: Lattice,
  translations: readonly Int32Array[],
  momentum: SectorOptions['momentum'],
  turns: number,
): number[] {
  if (momentum === undefined) return [0];
  const components = typeof momentum === 'number' ? [momentum] : momentum;
  const { shape, name } = lattice;
  if (components.length !== shape.length || !components.every(Number.isInteger))
    throw new ConfigError(
      `momentum: expected ${shape.length} whole numbers for ${name}, got ${components.join(', ')}.`,
    );
  if (translations.length === 1)
    throw new ConfigError(`momentum: ${name} has no translations. Leave momentum out.`);
  return translations.map((t) => {
    const steps = shape.length === 1 ? [t[0]] : [Math.floor(t[0] / shape[1]), t[0] % shape[1]];
    const phase = components.reduce((sum, k, axis) => sum + k * steps[axis] * (turns / shape[axis]), 0);
    return ((phase % turns) + turns) % turns;
  });
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

/** Couplings pair by pair, with the sign rule undone and couplings over the same pair added. */
function bondTable(h: SpinHamiltonian, map: (r: number) => number): Map<number, readonly [number, number]> {
  const table = new Map<number, readonly [number, number]>();
  for (const { i, j, ising, exchange } of unrotatedBonds(h)) {
    const [a, b] = [map(i), map(j)];
    const key = Math.min(a, b) * h.lattice.sites + Math.max(a, b);
    const [z = 0, xy = 0] = table.get(key) ?? [];
    table.set(key, [z + ising, xy + exchange]);
  }
  return table;
}

/** The bonds of the model without its sign rule. */
export function unrotatedBonds({ bonds, rotated }: SpinHamiltonian): SpinHamiltonian['bonds'] {
  if (!rotated) return bonds;
  return bonds.map((bond) =>
    rotated[bond.i] === rotated[bond.j] ? bond : { ...bond, exchange: -bond.exchange },
  );
}

function checkInvariance(h: SpinHamiltonian, group: readonly Int32Array[], option: string): void {
  const own = bondTable(h, (r) => r);
  for (const g of group) {
    const mapped = bondTable(h, (r) => g[r]);
    for (const [key, [z, xy]] of own) {
      const other = mapped.get(key);
      if (other?.[0] !== z || other[1] !== xy)
        throw new ConfigError(`${option}: ${h.name} does not have this symmetry. Leave ${option} out.`);
    }
  }
}

/** The point group must not mix translations of different characters. */
function checkLittleGroup(
  translations: readonly Int32Array[],
  phases: readonly number[],
  points: readonly Int32Array[],
) {
  const known = new Map(translations.map((t, k) => [t.join(), phases[k]]));
  for (const p of points)
    translations.forEach((t, k) => {
      const turned = new Int32Array(t.length);
      p.forEach((to, r) => {
        turned[to] = p[t[r]];
      });
      if (translations.length > 1 && known.get(turned.join()) !== phases[k])
        throw new ConfigError('pointGroup: it does not leave this momentum as it is. Leave one of them out.');
    });
}
