import { ConfigError } from '@spinformer/numerics';
import { diagonalize, type SpinHamiltonian } from '@spinformer/transformer-vqs';
import { type MagnetSettings, magnet, magnetName } from './magnet-settings.ts';

/** Sites up to which the ground state is computed on the spot. */
export const MOST_EXACT_SITES = 20;

/**
 * Energies per site of the 6×6 square by J2, from exact diagonalisation, in S·S units.
 *
 * @source wu2024vscore
 */
const SQUARE_6X6: ReadonlyMap<number, number> = new Map([
  [0, -0.678872149981],
  [0.4, -0.52974500575],
  [0.5, -0.503809653891],
  [0.6, -0.493238593526],
  [0.7, -0.530001226371],
  [0.8, -0.586486599963],
  [1, -0.714360432743],
]);

/** Whether the ground state of a study's magnet can be computed on the spot. */
export function isExact({ lattice, size }: Pick<MagnetSettings, 'lattice' | 'size'>): boolean {
  return (lattice === 'chain' ? size : size ** 2) <= MOST_EXACT_SITES;
}

/**
 * The energy per site that a run is compared with: exact, from a table, or the user's own.
 *
 * @param own what the user gave, where nothing is known
 * @throws {ConfigError} when there is none.
 */
export function referenceEnergy(settings: MagnetSettings, j2: number, own?: number): number {
  if (own !== undefined) return own;
  if (isExact(settings)) return groundState(magnet(settings, j2)).energiesPerSite[0];
  const known = settings.lattice === 'square' && settings.size === 6 ? SQUARE_6X6.get(j2) : undefined;
  if (known !== undefined) return known;
  throw new ConfigError(
    `referenceEnergy: no exact energy of the ${magnetName(settings)} at J2 = ${j2} is known here. ` +
      'Give one (per site, in S·S units), or take a smaller size.',
  );
}

/** The exact ground state. */
export function groundState(hamiltonian: SpinHamiltonian) {
  return diagonalize(hamiltonian);
}
