import type { KernelModule } from '@spinformer/tensor/wasm';
import { asymmetricPseudolikelihoodKernels } from '../generated/asymmetric-pseudolikelihood.ts';
import type { ProblemMemory } from './problem-memory.ts';
import { SITES_IN_FLIGHT } from './site-flight.ts';
import { fieldScales, type SitePriors, sitePriors, startingFields } from './site-priors.ts';

/** Words of a slot's argument block, as kernels/asymmetric-pseudolikelihood.ts has them. */
const BLOCK_WORDS = 64;

/** The conditional of one site after its fit, in zero-sum gauge. */
export interface FittedSite {
  /** [states] */
  readonly fields: Float64Array;
  /** The site's own estimate of its couplings, [sites, states of the site, states of the other]. */
  readonly couplings: Float32Array;
}

/** The pseudo-likelihood of single sites as functions of centred, scaled variables in WebAssembly memory. */
export class SiteProblem {
  readonly memory: ProblemMemory;
  readonly length: number;
  private readonly kernels: KernelModule;
  private readonly priors: SitePriors;
  private readonly blocks: number;

  private readonly before: boolean;

  /** @param options.before each site depends on the sites before it only, as in an autoregressive model. */
  constructor(memory: ProblemMemory, options: { readonly before?: boolean } = {}) {
    this.memory = memory;
    this.before = options.before ?? false;
    this.length = memory.rows * memory.padded;
    this.kernels = memory.runtime.load(asymmetricPseudolikelihoodKernels);
    this.priors = sitePriors(memory.data, memory.padded);
    this.blocks = memory.allocate(8 * BLOCK_WORDS * Math.min(SITES_IN_FLIGHT, memory.data.sites));
  }

  /** Argument words of the first `count` slots' next step; written by the caller. */
  words(slot: number): Float64Array {
    return this.memory.runtime.float64(this.blocks + 8 * BLOCK_WORDS * slot, BLOCK_WORDS);
  }

  /**
   * One trial step of the sites in the first `count` slots. Where sites depend on those before them, column patterns
   * after the last one are left out: their rows are zero.
   */
  run(count: number, last: number): void {
    const { runtime, rowBytes, rows } = this.memory;
    const words = this.before ? this.memory.wordsBefore(last) : this.memory.words;
    const scratchBytes = this.memory.scratchBytes + rowBytes * (rows + 2);
    runtime.run(this.kernels, 'siteStep', count, [...words, this.blocks], { scratchBytes });
  }

  /** Writes scales and starting point of a site. */
  writeStart(site: number, scale: number, point: number): void {
    const { data, padded, penalties, runtime } = this.memory;
    const { sites, states, totalWeight } = data;
    const { variances } = this.priors;
    const scales = runtime.float32(scale, this.length).fill(0);
    const start = runtime.float32(point, this.length).fill(0);
    scales.set(fieldScales(this.priors, site, states, padded, penalties.fieldPenalty));
    const fields = startingFields(this.priors, site, states, padded);
    for (let a = 0; a < states; a++) start[a] = fields[a] / scales[a];
    for (let j = 0; j < sites; j++) {
      if (j === site || (this.before && j > site)) continue;
      for (let b = 0; b < states; b++) {
        const row = (1 + j * states + b) * padded;
        const curvature = totalWeight * variances[j * padded + b];
        for (let a = 0; a < states; a++)
          scales[row + a] =
            1 / Math.sqrt(curvature * variances[site * padded + a] + 2 * penalties.couplingPenalty);
      }
    }
  }

  /** The site's conditional at the variables, brought to zero-sum gauge without changing it. */
  fitted(scale: number, point: number): FittedSite {
    const { data, padded, runtime } = this.memory;
    const { sites, states } = data;
    const { frequencies } = this.priors;
    const u = runtime.float32(point, this.length);
    const d = runtime.float32(scale, this.length);
    const fields = new Float64Array(states);
    const couplings = new Float32Array(sites * states * states);
    for (let a = 0; a < states; a++) fields[a] = u[a] * d[a];
    const block = new Float64Array(states * states);
    for (let j = 0; j < sites; j++) {
      for (let b = 0; b < states; b++)
        for (let a = 0; a < states; a++) {
          const k = (1 + j * states + b) * padded + a;
          block[a * states + b] = u[k] * d[k];
          fields[a] -= frequencies[j * padded + b] * block[a * states + b];
        }
      moveIntoFields(block, fields, states);
      couplings.set(block, j * states * states);
    }
    return { fields, couplings };
  }
}

/** Takes row, column and total means out of a block J(a, b); what depends on a alone goes into the field. */
function moveIntoFields(block: Float64Array, fields: Float64Array, states: number): void {
  const rows = new Float64Array(states);
  const columns = new Float64Array(states);
  let mean = 0;
  for (let a = 0; a < states; a++)
    for (let b = 0; b < states; b++) {
      const value = block[a * states + b] / states;
      rows[a] += value;
      columns[b] += value;
      mean += value / states;
    }
  for (let a = 0; a < states; a++) {
    fields[a] += rows[a] - mean;
    for (let b = 0; b < states; b++) block[a * states + b] += mean - rows[a] - columns[b];
  }
}
