import type { KernelModule } from '@spinformer/tensor/wasm';
import { symmetricPseudolikelihoodKernels } from '../generated/symmetric-pseudolikelihood.ts';
import type { PottsModel } from '../model.ts';
import type { ProblemMemory } from './problem-memory.ts';
import { fieldScales, GROUP_SMOOTHING, sitePriors, startingFields } from './site-priors.ts';

/** Length of a vector of variables: padded fields, then a padded block per pair. */
export function symmetricLength(sites: number, padded: number): number {
  return sites * padded + ((sites * (sites - 1)) / 2) * padded * padded;
}

/**
 * The symmetric pseudo-likelihood as a function of centred, diagonally scaled variables in WebAssembly memory.
 * Scaled so, its Hessian is close to one everywhere, which takes nine tenths of the iterations away.
 */
export class SymmetricProblem {
  readonly memory: ProblemMemory;
  readonly length: number;
  private readonly kernels: KernelModule;
  private readonly scale: number;
  private readonly rawFields: number;
  private readonly fieldGradients: number;
  private readonly rowGradients: number;
  private readonly partial: number;

  constructor(memory: ProblemMemory) {
    const { data, padded, runtime } = memory;
    this.memory = memory;
    this.length = symmetricLength(data.sites, padded);
    this.kernels = runtime.load(symmetricPseudolikelihoodKernels);
    this.scale = memory.allocate(4 * this.length);
    this.rawFields = memory.zeros(data.sites * padded);
    this.fieldGradients = memory.zeros(data.sites * padded);
    // The last tile of the last site reads up to three rows past the end.
    this.rowGradients = memory.zeros((data.sites * memory.rows + 3) * padded);
    this.partial = memory.allocate(8 * data.sites);
    this.run('scales', 0, 0);
  }

  /** Writes the starting point: fields of independent sites, no couplings. */
  writeStart(variables: number): void {
    const { data, padded, penalties, runtime } = this.memory;
    const { sites, states } = data;
    const priors = sitePriors(data, padded);
    const point = runtime.float32(variables, this.length).fill(0);
    const scale = runtime.float32(this.scale, sites * padded);
    for (let i = 0; i < sites; i++) {
      const scales = fieldScales(priors, i, states, padded, penalties.fieldPenalty);
      scale.set(scales, i * padded);
      const fields = startingFields(priors, i, states, padded);
      for (let a = 0; a < states; a++) point[i * padded + a] = fields[a] / scales[a];
    }
  }

  /** Objective at the variables; the gradient goes to `gradient`. Sums over sites run in the order of the sites. */
  evaluate(variables: number, gradient: number): number {
    return this.run('site', variables, gradient) + this.run('combine', variables, gradient);
  }

  /** The model that the variables stand for, in raw (not centred, not scaled) parameters. */
  model(variables: number): PottsModel {
    const { data, padded, runtime } = this.memory;
    const { sites, states } = data;
    const point = runtime.float32(variables, this.length);
    const scale = runtime.float32(this.scale, this.length);
    const { frequencies } = sitePriors(data, padded);
    const fields = new Float64Array(sites * states);
    for (let k = 0; k < fields.length; k++) {
      const at = Math.floor(k / states) * padded + (k % states);
      fields[k] = point[at] * scale[at];
    }
    const couplings = new Float32Array((sites * states) ** 2);
    let block = sites * padded;
    for (let j = 0; j < sites; j++)
      for (let i = 0; i < j; i++, block += padded * padded) {
        const forward = (i * sites + j) * states * states;
        const backward = (j * sites + i) * states * states;
        for (let b = 0; b < states; b++)
          for (let a = 0; a < states; a++) {
            const k = block + b * padded + a;
            const value = point[k] * scale[k];
            couplings[forward + a * states + b] = value;
            couplings[backward + b * states + a] = value;
            fields[i * states + a] -= frequencies[j * padded + b] * value;
            fields[j * states + b] -= frequencies[i * padded + a] * value;
          }
      }
    return { sites, states, fields, couplings };
  }

  private run(job: 'scales' | 'site' | 'combine', variables: number, gradient: number): number {
    const { words, runtime, scratchBytes, data, variances } = this.memory;
    const own = [this.scale, this.rawFields, this.fieldGradients, this.rowGradients, this.partial];
    const { groupPenalty = 0 } = this.memory.penalties;
    const rest = [variances, data.totalWeight, groupPenalty, GROUP_SMOOTHING];
    const args = [...words, ...own, variables, gradient, ...rest];
    runtime.run(this.kernels, job, data.sites, args, { scratchBytes });
    if (job === 'scales') return 0;
    return runtime.float64(this.partial, data.sites).reduce((sum, value) => sum + value, 0);
  }
}
