import { elementwiseCases } from './elementwise.ts';
import { fusedCases } from './fused.ts';
import type { KernelCase } from './kernel-case.ts';
import { linearAlgebraCases } from './linear-algebra.ts';
import { matmulAndDenseCases } from './matmul.ts';
import { movementCases } from './movement.ts';
import { rowCases } from './rows.ts';

/** Every kernel with every odd shape it may meet. */
export const KERNEL_CASES: readonly KernelCase[] = [
  ...elementwiseCases,
  ...movementCases,
  ...matmulAndDenseCases,
  ...rowCases,
  ...fusedCases,
  ...linearAlgebraCases,
];
