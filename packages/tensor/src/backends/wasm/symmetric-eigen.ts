import type { KernelTable, Operand } from '../../backend.ts';
import { symmetricEigenKernels as embedded } from '../../generated/symmetric-eigen.ts';
import { ascendingOrder, implicitQl, type RotationSink } from '../../linear-algebra/implicit-ql.ts';
import { SIGN_SLACK, safeScale } from '../../linear-algebra/symmetric-eigen.ts';
import { roundUp, slices, type WasmBuffer, type WasmMemory } from './memory.ts';

/** Numbers that are worth a chunk of their own. */
const WORTHWHILE = 1 << 14;
/** Rotations that are gathered before they are applied. */
const GATHERED = 1 << 15;
/** As in kernels/symmetric-eigen.ts: columns of a chunk. */
const COLUMNS = 8;

/** Where the matrices and vectors of a decomposition lie. */
interface Blocks {
  readonly n: number;
  /** [n, n], then the reflections. */
  readonly a: number;
  /** Six vectors of n: p, w, diagonal, off-diagonal, τ, order. */
  readonly vectors: number;
  /** [n, pitch / 8], then the eigenvectors as rows; an odd number of cache lines apart, so that columns do not collide. */
  readonly z: number;
  readonly pitch: number;
}

/** Symmetric eigen-decomposition, float64. */
export function symmetricEigenKernels(memory: WasmMemory): Pick<KernelTable, 'eigh'> {
  return { eigh: (a, wantsVectors) => eigh(memory, a, wantsVectors) };
}

function eigh(memory: WasmMemory, operand: Operand, wantsVectors: boolean): ReturnType<KernelTable['eigh']> {
  const n = operand.shape[0];
  const values = memory.create(n, 'float64');
  const vectors = wantsVectors ? memory.create(n * n, 'float64') : null;
  if (n === 0) return { values, vectors };
  const pitch = (roundUp(n, COLUMNS) + ((roundUp(n, COLUMNS) / COLUMNS) % 2 ? 0 : COLUMNS)) * 8;
  const rows = wantsVectors ? roundUp(n, 4) * pitch : 0;
  memory.withBlock(n * n * 8 + 6 * n * 8 + rows, (a) => {
    const blocks: Blocks = { n, a, vectors: a + n * n * 8 + rows, z: a + n * n * 8, pitch };
    const scale = copyScaled(memory, operand, a);
    tridiagonalize(memory, blocks);
    const { diagonal, order } = vectors
      ? withVectors(memory, blocks, vectors)
      : withoutVectors(memory, blocks);
    memory.view(values).set(Float64Array.from(order, (k) => diagonal[k] / scale));
  });
  return { values, vectors };
}

/** Copies the matrix, scaled into the safe range, and returns the factor. */
function copyScaled(memory: WasmMemory, operand: Operand, to: number): number {
  const { runtime } = memory;
  const length = operand.shape[0] ** 2;
  const from = runtime.float64(memory.address(operand), length);
  const copy = runtime.float64(to, length);
  const scale = safeScale(from);
  copy.set(from);
  if (scale !== 1) for (let k = 0; k < length; k++) copy[k] *= scale;
  return scale;
}

function tridiagonalize(memory: WasmMemory, { n, a, vectors }: Blocks): void {
  for (let j = 0; j < n; j++) {
    const [p, w, diagonal, offDiagonal, taus] = [0, 1, 2, 3, 4].map((k) => vectors + k * n * 8);
    const band = Math.max(4, Math.ceil(WORTHWHILE / (n - j)));
    const args = [a, n, j, p, w, diagonal, offDiagonal, taus, band];
    memory.run(embedded, 'reflect', 1, args);
    memory.run(embedded, 'sweepRows', slices(n - j - 1, band), args);
  }
}

/** Copies of the diagonal and the off-diagonal: views do not outlive a growing memory. */
function tridiagonal(memory: WasmMemory, { n, vectors }: Blocks) {
  const read = (k: number) => memory.runtime.float64(vectors + k * n * 8, n).slice();
  return { diagonal: read(2), offDiagonal: read(3) };
}

function withoutVectors(memory: WasmMemory, blocks: Blocks) {
  const { diagonal, offDiagonal } = tridiagonal(memory, blocks);
  implicitQl(diagonal, offDiagonal);
  return { diagonal, order: ascendingOrder(diagonal) };
}

function withVectors(memory: WasmMemory, blocks: Blocks, out: WasmBuffer) {
  const { n, a, vectors, z, pitch } = blocks;
  memory.run(embedded, 'accumulate', slices(n, 4), [a, n, vectors + 4 * n * 8, z, pitch]);
  const { diagonal, offDiagonal } = tridiagonal(memory, blocks);
  memory.withBlock((2 * (GATHERED + n) + 2 * GATHERED) * 8, (block) => {
    const gather = new GatheredRotations(memory, blocks, block);
    implicitQl(diagonal, offDiagonal, gather.add);
    gather.apply();
  });
  if (Number.isNaN(diagonal[0])) memory.runtime.float64(z, (n * pitch) / 8).fill(Number.NaN);
  const order = ascendingOrder(diagonal);
  const list = vectors + 5 * n * 8;
  memory.runtime.float64(list, n).set(order);
  const args = [z, pitch, n, list, out.pointer, SIGN_SLACK];
  memory.run(embedded, 'writeColumns', slices(n, COLUMNS), args, 128);
  return { diagonal, order };
}

/** Sweeps of rotations, applied to the vectors many at once. */
class GatheredRotations {
  private readonly memory: WasmMemory;
  private readonly blocks: Blocks;
  private readonly table: number;
  private readonly pairs: number;
  private sweeps = 0;
  private rotations = 0;

  constructor(memory: WasmMemory, blocks: Blocks, block: number) {
    this.memory = memory;
    this.blocks = blocks;
    this.table = block;
    this.pairs = block + 2 * GATHERED * 8;
  }

  readonly add: RotationSink = (low, count, pairs) => {
    if (count === 0) return;
    const { runtime } = this.memory;
    runtime.float64(this.table + this.sweeps * 16, 2).set([low, count]);
    runtime.float64(this.pairs + this.rotations * 16, 2 * count).set(pairs.subarray(0, 2 * count));
    this.sweeps++;
    this.rotations += count;
    if (this.rotations >= GATHERED || this.sweeps >= GATHERED) this.apply();
  };

  apply(): void {
    const { n, z, pitch } = this.blocks;
    const args = [z, pitch, this.sweeps, this.table, this.pairs];
    if (this.sweeps > 0) this.memory.run(embedded, 'rotate', slices(n, COLUMNS), args);
    this.sweeps = 0;
    this.rotations = 0;
  }
}
