import type { LinearMap } from '@spinformer/tensor';
import { type KernelModule, sharedRuntime, type WasmRuntime } from '@spinformer/tensor/wasm';
import { spinSectorKernels } from '../generated/spin-sector.ts';
import type { SpinBond, SpinHamiltonian } from '../spin-hamiltonian.ts';
import { linTables, type SpinBasis } from './basis.ts';
import { type Orbits, phaseTable } from './orbits.ts';
import { unrotatedBonds } from './sector.ts';

/** Configurations of a chunk. */
const BAND = 2048;
/** Bytes of a bond in the kernel's list. */
const BOND_BYTES = 24;

/** Products with a Hamiltonian (its sign rule undone) in a sector, and correlations, on all threads. Free it at the end. */
export class SectorOperator {
  /** Number of orbits, or of configurations. */
  readonly dimension: number;
  /** Order of the matrix: twice the dimension where characters are complex, for real and imaginary parts. */
  readonly order: number;
  private readonly runtime: WasmRuntime;
  private readonly kernels: KernelModule;
  private readonly basis: SpinBasis;
  private readonly orbits: Orbits | undefined;
  private readonly blocks: number[] = [];
  private readonly states: number;
  private readonly tables: readonly [first: number, rank: number, half: number];
  private readonly x: number;
  private readonly y: number;
  private readonly multiplyArguments: readonly number[];

  constructor(h: SpinHamiltonian, basis: SpinBasis, orbits?: Orbits, runtime: WasmRuntime = sharedRuntime()) {
    this.runtime = runtime;
    this.kernels = runtime.load(spinSectorKernels);
    this.basis = basis;
    this.orbits = orbits;
    this.dimension = orbits?.dimension ?? basis.dimension;
    this.order = this.dimension * (orbits?.phases ? 2 : 1);
    try {
      this.states = this.store(orbits?.states ?? basis.states);
      const { first, rank, half } = linTables(basis.sites, basis.up);
      this.tables = [this.store(first), this.store(rank), half];
      this.x = this.allocate((orbits ? 2 * this.dimension + 2 : this.dimension) * 8);
      this.y = this.allocate(this.order * 8);
      this.multiplyArguments = this.prepare(unrotatedBonds(h));
    } catch (error) {
      this.free();
      throw error;
    }
  }

  private prepare(bonds: readonly SpinBond[]): number[] {
    const { orbits } = this;
    const base = bonds.reduce((sum, { ising }) => sum + ising / 4, 0);
    const center = orbits && !orbits.phases ? this.x + this.dimension * 8 : this.x;
    const args = [this.states, this.dimension, center, this.y, ...this.tables];
    args.push(this.storeBonds(bonds), bonds.length, base, BAND);
    if (orbits) args.push(this.store(orbits.codes), this.store(orbits.roots));
    if (orbits?.phases) args.push(this.store(orbits.phases), this.store(phaseTable(orbits.turns)));
    return args;
  }

  /**
   * y = H·x, [order]: on the orbits' (or the configurations') unit vectors, real and imaginary parts side by side where
   * characters are complex.
   */
  readonly multiply: LinearMap = (x, out) => {
    const { runtime, orbits } = this;
    if (!orbits) runtime.float64(this.x, this.order).set(x);
    else if (orbits.phases) this.writeComplex(x, orbits.roots);
    else this.writeMirrored(x, orbits.roots);
    const job = orbits ? (orbits.phases ? 'multiplyComplex' : 'multiplySymmetric') : 'multiply';
    runtime.run(this.kernels, job, Math.ceil(this.dimension / BAND), this.multiplyArguments);
    out.set(runtime.float64(this.y, this.order));
  };

  /** Amplitudes of the orbits' configurations, and their negatives, around code 0. */
  private writeMirrored(x: Float64Array, roots: Float64Array): void {
    const { dimension } = this;
    const mirrored = this.runtime.float64(this.x, 2 * dimension + 1);
    mirrored[dimension] = 0;
    for (let k = 0; k < dimension; k++) {
      const amplitude = x[k] / roots[k];
      mirrored[dimension + 1 + k] = amplitude;
      mirrored[dimension - 1 - k] = -amplitude;
    }
  }

  /** Amplitudes of the orbits' configurations, after a zero for code 0. */
  private writeComplex(x: Float64Array, roots: Float64Array): void {
    const pairs = this.runtime.float64(this.x, 2 * this.dimension + 2);
    pairs.fill(0, 0, 2);
    for (let k = 0; k < x.length; k++) pairs[k + 2] = x[k] / roots[k >> 1];
  }

  /**
   * ⟨S^z_i S^z_j⟩ and ⟨S^x_i S^x_j + S^y_i S^y_j⟩ of pairs of different sites, [pairs, 2].
   * @param amplitudes - [basis.dimension], unit norm, without a sign rule; only of an operator without symmetries.
   */
  correlate(amplitudes: Float64Array, pairs: readonly (readonly [number, number])[]): Float64Array {
    const { runtime, basis } = this;
    const masks = this.allocate(pairs.length * 4);
    const out = this.allocate(pairs.length * 16);
    runtime.int32(masks, pairs.length).set(pairs.map(([i, j]) => 2 ** i + 2 ** j));
    runtime.float64(this.x, basis.dimension).set(amplitudes);
    const args = [this.states, basis.dimension, this.x, out, ...this.tables, masks];
    runtime.run(this.kernels, 'correlate', pairs.length, args);
    return runtime.float64(out, pairs.length * 2).slice();
  }

  free(): void {
    for (const block of this.blocks.splice(0)) this.runtime.free(block);
  }

  private allocate(bytes: number): number {
    const pointer = this.runtime.allocate(Math.max(bytes, 8));
    this.blocks.push(pointer);
    return pointer;
  }

  private store(values: Uint32Array | Int32Array | Uint16Array | Float64Array): number {
    const pointer = this.allocate(values.byteLength);
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.runtime.bytes(pointer, values.byteLength).set(bytes);
    return pointer;
  }

  private storeBonds(bonds: readonly SpinBond[]): number {
    const pointer = this.allocate(bonds.length * BOND_BYTES);
    bonds.forEach(({ i, j, ising, exchange }, b) => {
      const at = pointer + b * BOND_BYTES;
      this.runtime.int32(at, 1)[0] = 2 ** i + 2 ** j;
      this.runtime.float64(at + 8, 2).set([exchange / 2, ising / 2]);
    });
    return pointer;
  }
}
