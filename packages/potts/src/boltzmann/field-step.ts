import { firstScale, MEMORY, SPREAD, secondScale } from './adam-scales.ts';
import type { ResolvedBoltzmannOptions } from './boltzmann-options.ts';
import type { DataFrequencies } from './data-frequencies.ts';

/** Fields follow this much faster than couplings under the rule `natural`: single sites are known far better. */
const FIELD_HASTE = 4;
/** ADAM's smallest root of the second moment. */
const ADAM_FLOOR = 1e-8;

/** The fields of a Boltzmann learning and their steps, in float64. */
export class FieldStep {
  /** h, [sites, states]. */
  readonly values: Float64Array;
  /** First and second moment of ADAM, [sites, states]. */
  readonly moments: readonly [Float64Array, Float64Array];
  private readonly data: DataFrequencies;
  private readonly options: ResolvedBoltzmannOptions;

  constructor(data: DataFrequencies, options: ResolvedBoltzmannOptions) {
    this.data = data;
    this.options = options;
    const length = data.singles.length;
    this.values = new Float64Array(length);
    this.moments = [new Float64Array(length), new Float64Array(length)];
  }

  /** f_i(a) − p_i(a) − 2 λ_h h_i(a), the gradient per sequence, [sites, states]. */
  gradient(chainSingles: Float64Array): Float64Array {
    const { fieldPenalty } = this.options;
    return this.values.map((h, k) => this.data.singles[k] - chainSingles[k] - 2 * fieldPenalty * h);
  }

  /**
   * Step number `step`, from 1, in place.
   * @param rate length of the step.
   * @param fromCouplings what centred couplings ask of the fields, [sites, states], for the rule `natural`.
   */
  step(
    step: number,
    rate: number,
    chainSingles: Float64Array,
    fromCouplings: Float64Array | undefined,
  ): void {
    const { rule, damping } = this.options;
    const gradient = this.gradient(chainSingles);
    const root = Math.sqrt(damping);
    for (let k = 0; k < gradient.length; k++) {
      if (rule === 'gradient') this.values[k] += rate * gradient[k];
      else if (rule === 'adam') this.values[k] += rate * this.adam(step, gradient[k], k);
      else
        this.values[k] +=
          (FIELD_HASTE * rate * gradient[k]) / (this.data.singles[k] + root) + (fromCouplings?.[k] ?? 0);
    }
  }

  private adam(step: number, gradient: number, k: number): number {
    const [first, second] = this.moments;
    first[k] = MEMORY * first[k] + (1 - MEMORY) * gradient;
    second[k] = SPREAD * second[k] + (1 - SPREAD) * gradient ** 2;
    return (first[k] * firstScale(step)) / (Math.sqrt(second[k] * secondScale(step)) + ADAM_FLOOR);
  }
}
