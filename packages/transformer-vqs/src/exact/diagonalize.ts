import { DomainError, type Status } from '@spinformer/numerics';
import { type LanczosOptions, type LanczosResult, lanczos, lanczosTicks } from '@spinformer/tensor';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import { basisStates, type SpinBasis } from './basis.ts';
import { affordableVectors, exactMemory } from './exact-memory.ts';
import { independentPairs } from './independent-pairs.ts';
import { type Orbits, orbitsOf, unfold } from './orbits.ts';
import { rotateAmplitudes } from './rotate-amplitudes.ts';
import { type SectorOptions, sectorGroup, upSpins } from './sector.ts';
import { SectorOperator } from './sector-operator.ts';

/** Options of {@link diagonalize}. */
export interface DiagonalizeOptions extends SectorOptions {
  /** How many of the lowest states of the sector; default 1. */
  readonly states?: number;
  /** Residual |Hψ − Eψ| relative to |H|; default 1e-11: energies are then right to rounding. */
  readonly tolerance?: number;
  /** Memory that may be used, in bytes; default 2 GiB. */
  readonly maximumBytes?: number;
  /** Memory and threads of the products; default those that everything in this process shares. */
  readonly runtime?: WasmRuntime;
}

/** The lowest states of a sector. */
export interface ExactSpectrum {
  /** Total energies in S·S units, ascending. */
  readonly energies: Float64Array;
  readonly energiesPerSite: Float64Array;
  /** |Hψ − Eψ| of each. */
  readonly residuals: Float64Array;
  /** Dimension of the sector that was searched. */
  readonly dimension: number;
  /** All configurations with its S^z. */
  readonly basis: SpinBasis;
  /** Products with H. */
  readonly products: number;
  readonly status: Status;
  readonly remedy?: string;
  /**
   * Amplitudes [basis.dimension] of state k, real, of unit norm, in the Hamiltonian's own frame: with its sign rule.
   * At a momentum with complex characters they are those of the standing wave, momenta k and −k together.
   * @throws {DomainError} when there is no such state.
   */
  amplitudes(state?: number): Float64Array;
}

/** One tick of {@link diagonalizeTicks}. */
export interface DiagonalizeTick {
  /** Products with H so far. */
  readonly step: number;
  readonly metrics: { readonly energy: number; readonly residual: number; readonly found: number };
  readonly status: Status;
  readonly remedy?: string;
  /** Present on the last tick, unless it was aborted. */
  readonly spectrum?: ExactSpectrum;
}

const DEFAULT_BYTES = 2 * 2 ** 30;

/**
 * The lowest states of a spin Hamiltonian by Lanczos, exact to rounding: matrix-free products on all threads, in a
 * sector of S^z and, where asked for, of momentum, spin flip and point group, which shrinks the problem by the number
 * of symmetries. Degenerate states come as often as they occur in the sector.
 *
 * @throws {DomainError} when the sector does not exist, or needs more memory than it may use, which it then says;
 * {ConfigError} for a quantum number that the model does not conserve.
 * @source lin1990; sandvik2010, section 4; wu2000trlan
 * @complexity some 60 … 200 products, each bonds · dimension.
 * @example
 * ```ts
 * const { energiesPerSite } = diagonalize(j1j2(square(4), { j2: 0.5 }));
 * energiesPerSite[0]; // −0.52862020946…
 * ```
 */
export function diagonalize(h: SpinHamiltonian, options: DiagonalizeOptions = {}): ExactSpectrum {
  const problem = prepare(h, options);
  try {
    return spectrumOf(
      h,
      problem,
      lanczos(problem.operator.multiply, problem.operator.order, problem.settings),
    );
  } finally {
    problem.operator.free();
  }
}

/**
 * {@link diagonalize} as ticks, for what takes longer than a blink.
 * @param options - with the signal that ends it, with status `aborted`.
 */
export async function* diagonalizeTicks(
  h: SpinHamiltonian,
  options: DiagonalizeOptions & { readonly signal?: AbortSignal } = {},
): AsyncGenerator<DiagonalizeTick> {
  const problem = prepare(h, options);
  const { operator, settings } = problem;
  try {
    const ticks = lanczosTicks(operator.multiply, operator.order, {
      ...settings,
      signal: options.signal,
    });
    for await (const { step, metrics, status, remedy, result } of ticks)
      yield {
        step,
        metrics: { energy: metrics.value, residual: metrics.residual, found: metrics.found },
        status,
        ...(remedy && { remedy }),
        ...(result && { spectrum: spectrumOf(h, problem, result) }),
      };
  } finally {
    operator.free();
  }
}

interface Problem {
  readonly basis: SpinBasis;
  readonly orbits: Orbits | undefined;
  readonly operator: SectorOperator;
  readonly settings: LanczosOptions;
}

function prepare(h: SpinHamiltonian, options: DiagonalizeOptions): Problem {
  const { states = 1, tolerance = 1e-11, maximumBytes = DEFAULT_BYTES, totalSz, runtime } = options;
  const subspace = affordableVectors(h, exactMemory(h, options), maximumBytes);
  const group = sectorGroup(h, options);
  const basis = basisStates(h.lattice.sites, upSpins(h.lattice.sites, totalSz));
  const orbits = group.elements.length > 1 ? orbitsOf(basis, group) : undefined;
  const dimension = orbits?.dimension ?? basis.dimension;
  if (!(states <= dimension))
    throw new DomainError(
      `diagonalize: the sector has ${dimension} states, asked for ${states}. Ask for fewer.`,
    );
  return {
    basis,
    orbits,
    operator: new SectorOperator(h, basis, orbits, runtime),
    settings: { states: group.isReal ? states : 2 * states, tolerance, subspace },
  };
}

function spectrumOf(
  h: SpinHamiltonian,
  { basis, orbits, operator }: Problem,
  result: LanczosResult,
): ExactSpectrum {
  const { values, vectors, residuals, products, status, remedy } = orbits?.phases
    ? independentPairs(result)
    : result;
  return {
    energies: values,
    energiesPerSite: values.map((energy) => energy / h.lattice.sites),
    residuals,
    dimension: operator.dimension,
    basis,
    products,
    status,
    ...(remedy && { remedy }),
    amplitudes(state = 0) {
      const vector = vectors[state];
      if (!vector)
        throw new DomainError(`amplitudes: there are ${vectors.length} states, asked for number ${state}.`);
      const plain = orbits ? unfold(orbits, vector) : vector;
      return rotateAmplitudes(basis, h.rotated, plain);
    },
  };
}
