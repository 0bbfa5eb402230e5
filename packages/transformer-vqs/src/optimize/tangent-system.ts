import type { CentredJacobian, Precision } from './centred-jacobian.ts';
import { ShiftedSystem } from './shifted-system.ts';

/** In which space the equations of stochastic reconfiguration are solved. */
export type ReconfigurationForm = 'parameters' | 'samples';

/** Options of {@link TangentSystem}. */
export interface TangentOptions {
  /** Default: the smaller of the two. */
  readonly form?: ReconfigurationForm | 'auto';
  /** Precision of the products in the Gram matrix; default that of the Jacobian. */
  readonly precision?: Precision;
}

/**
 * δ = (XᵀX + λ)⁻¹ Xᵀf for one Jacobian, several λ and f. Both forms give the same δ: (XᵀX + λ)⁻¹Xᵀ = Xᵀ(XXᵀ + λ)⁻¹, so
 * that with more parameters than rows the matrix of samples is the smaller one to solve.
 *
 * @source sorella2001; chen2024minsr; rende2024linear
 */
export class TangentSystem {
  readonly jacobian: CentredJacobian;
  readonly form: ReconfigurationForm;
  private readonly system: ShiftedSystem;

  /** @param jacobian - stays its owner's. */
  constructor(jacobian: CentredJacobian, { form = 'auto', precision }: TangentOptions = {}) {
    this.jacobian = jacobian;
    const smaller = 2 * jacobian.samples < jacobian.parameters ? 'samples' : 'parameters';
    this.form = form === 'auto' ? smaller : form;
    this.system = new ShiftedSystem(
      this.form === 'samples' ? jacobian.sampleGram(precision) : jacobian.parameterGram(precision),
    );
  }

  /**
   * @param force - f [2·samples], in the order of the Jacobian's rows.
   * @returns δ [parameters].
   */
  solve(shift: number, force: Float64Array): Float64Array {
    const { jacobian, system } = this;
    if (this.form === 'samples') return jacobian.transposeTimes(system.solve(shift, force));
    return system.solve(shift, jacobian.transposeTimes(force));
  }

  dispose(): void {
    this.system.dispose();
  }
}
