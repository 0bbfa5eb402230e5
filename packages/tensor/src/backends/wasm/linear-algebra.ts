import type { KernelTable, Operand } from '../../backend.ts';
import { choleskyKernels } from '../../generated/cholesky.ts';
import { triangularKernels } from '../../generated/triangular.ts';
import { slices, type WasmBuffer, type WasmMemory } from './memory.ts';

/** Columns that are eliminated at once, and rows of a chunk. */
const BLOCK = 96;
const BAND = 64;
/** Right-hand sides of a chunk. */
const SIDES = 32;

/** Factorization and solves, float64. */
export function linearAlgebraKernels(memory: WasmMemory): Pick<KernelTable, 'cholesky' | 'triangularSolve'> {
  return {
    cholesky: (a) => cholesky(memory, a),
    triangularSolve(l, b, transpose) {
      const [n, m] = b.shape;
      const out = memory.create(n * m, 'float64');
      if (out.length === 0) return out;
      const columns = Math.min(m, SIDES);
      const args = [l, b].map((operand) => memory.address(operand));
      args.push(out.pointer, n, m, columns, transpose ? 1 : 0);
      const scratch = (n + 4) * (columns + 4) * 8;
      memory.run(triangularKernels, 'triangularSolve', slices(m, columns), args, scratch);
      return out;
    },
  };
}

function cholesky(memory: WasmMemory, a: Operand): WasmBuffer {
  const n = a.shape[0];
  const out = memory.create(n * n, 'float64');
  const copying = [memory.address(a), out.pointer, n, BAND];
  memory.run(choleskyKernels, 'copyRows', slices(n, BAND), copying);
  const panelBytes = (n + 4) * BLOCK * 8;
  memory.withBlock(2 * panelBytes, (panels) => {
    for (let start = 0; start < n; start += BLOCK) {
      const width = Math.min(BLOCK, n - start);
      const rest = n - start - width;
      const args = [out.pointer, n, start, width, panels, panels + panelBytes, BAND];
      memory.run(choleskyKernels, 'diagonal', 1, args);
      memory.run(choleskyKernels, 'below', slices(rest, BAND), args);
      memory.run(choleskyKernels, 'update', slices(rest, BAND), args, 128);
    }
  });
  memory.run(choleskyKernels, 'clearUpper', slices(n, BAND), [out.pointer, n, BAND]);
  return out;
}
