import { DomainError } from '@spinformer/numerics';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import { binomial, MAXIMUM_BASIS_SITES } from './basis.ts';
import { type SectorOptions, sectorGroup, upSpins } from './sector.ts';

/** What exact diagonalisation of a sector needs. */
export interface ExactMemory {
  /** Configurations of the S^z sector. */
  readonly configurations: number;
  /** Dimension of the sector, where symmetries are asked for an estimate: configurations over the group's order. */
  readonly dimension: number;
  /** Bytes with so few Lanczos vectors as possible. */
  readonly bytes: number;
  /** Bytes of each further Lanczos vector. */
  readonly bytesPerVector: number;
}

/** Fewest and most Lanczos vectors. */
export const FEWEST_VECTORS = 8;
export const MOST_VECTORS = 40;

const GIBIBYTE = 2 ** 30;

/**
 * The memory of {@link diagonalize}, without computing anything.
 * @throws {DomainError | ConfigError} for a sector that does not exist.
 */
export function exactMemory(
  h: SpinHamiltonian,
  options: SectorOptions & { readonly states?: number } = {},
): ExactMemory {
  const { sites } = h.lattice;
  const configurations = binomial(sites, upSpins(sites, options.totalSz));
  const { elements, isReal } = sectorGroup(h, options);
  const dimension = Math.ceil(configurations / elements.length);
  const isWhole = elements.length === 1;
  // States; position tables of orbits: codes, phases, marks while they are walked; rotated copies of amplitudes.
  const perConfiguration = 4 + 4 + (isWhole ? 0 : 4 + 1) + (isReal ? 0 : 4);
  const bytesPerVector = dimension * (isReal ? 8 : 16);
  const vectors = FEWEST_VECTORS + (isWhole ? 4 : 7) + (options.states ?? 1) * (isReal ? 1 : 2);
  return {
    configurations,
    dimension,
    bytes: configurations * perConfiguration + bytesPerVector * vectors,
    bytesPerVector,
  };
}

/**
 * How many Lanczos vectors fit.
 * @throws {DomainError} when not even the fewest do, saying what they would need.
 */
export function affordableVectors(h: SpinHamiltonian, memory: ExactMemory, maximumBytes: number): number {
  const { sites, name } = h.lattice;
  const size = `${name} has ${memory.configurations.toLocaleString('en')} configurations in this sector`;
  if (memory.bytes > maximumBytes)
    throw new DomainError(
      `diagonalize: ${size}; it would need ${inGibibytes(memory.bytes)} of memory and may use ` +
        `${inGibibytes(maximumBytes)}. Use fewer sites, more symmetries, a sector further from S^z = 0, or raise maximumBytes.`,
    );
  if (sites > MAXIMUM_BASIS_SITES)
    throw new DomainError(
      `diagonalize: at most ${MAXIMUM_BASIS_SITES} sites, got ${sites}. Use a smaller lattice.`,
    );
  const spare = Math.floor((maximumBytes - memory.bytes) / memory.bytesPerVector);
  return Math.min(MOST_VECTORS, FEWEST_VECTORS + spare);
}

function inGibibytes(bytes: number): string {
  return `${(bytes / GIBIBYTE).toPrecision(3)} GiB`;
}
