import { type Configurations, letEventsThrough } from '@spinformer/numerics';
import type { WasmRuntime } from '@spinformer/tensor/wasm';
import type { PottsModel } from '../model.ts';
import { chainKeys } from '../sampling/chain-keys.ts';
import { BoltzmannMemory, type Comparison } from './boltzmann-memory.ts';
import type { BoltzmannMetrics, BoltzmannState, ResolvedBoltzmannOptions } from './boltzmann-options.ts';
import { type DataFrequencies, profileFields } from './data-frequencies.ts';
import { profileChains } from './start-chains.ts';

/** What a confirmation that failed took off the correlation is expected of the next one too, less with each step. */
const MEMORY_OF_LOSS = 0.9;
/** After a confirmation that failed, steps are shorter by this factor, */
const SHORTER = 0.7;
/** and follow more sweeps, by this factor, up to a share of a confirmation: the chains lagged behind the parameters. */
const LONGER = 2;
const LONGEST_SHARE = 1 / 4;
/** Sweeps of a confirmation before its first measurement; they double with each. */
const FIRST_LOOK = 8;

/** A Boltzmann learning as it stands: parameters and chains in memory, and the counters that go with them. */
export class BoltzmannRun {
  step = 0;
  confirmed = false;
  /** Confirmations that failed. */
  failures = 0;
  private sweep = 0;
  private loss = 0;
  private persistence = 0;
  private values: Int32Array;
  private comparison!: Comparison;
  private readonly data: DataFrequencies;
  private readonly options: ResolvedBoltzmannOptions;
  private readonly keys: Uint32Array;
  private readonly memory: BoltzmannMemory;

  constructor(runtime: WasmRuntime, data: DataFrequencies, options: ResolvedBoltzmannOptions) {
    const { resume, rng, chains, startChains } = options;
    this.data = data;
    this.options = options;
    this.keys = resume ? new Uint32Array(resume.keys) : chainKeys(rng, chains);
    this.values = resume?.values ?? startChains ?? profileChains(data, this.keys);
    this.memory = new BoltzmannMemory(runtime, data, options, this.keys);
    this.memory.chains.write(this.values);
  }

  free(): void {
    this.memory.free();
  }

  /** Sets the parameters to where they start, runs the burn-in, and measures. */
  async begin(): Promise<void> {
    const { resume, start, burnIn } = this.options;
    if (resume) this.restore(resume);
    else {
      const { sites, states } = this.data;
      const couplings = new Float32Array((sites * states) ** 2);
      this.memory.start(start ?? { sites, states, fields: profileFields(this.data), couplings });
      await this.sweepChains(burnIn);
    }
    this.comparison = this.memory.measure(this.values);
  }

  /** One step of the parameters, the sweeps that follow it, and the confirmation when the target is in sight. */
  async advance(): Promise<void> {
    const { sweeps, targetPearson, confirmationSweeps } = this.options;
    this.memory.update(this.step + 1, SHORTER ** this.failures);
    const longer = Math.min(sweeps * LONGER ** this.failures, Math.floor(LONGEST_SHARE * confirmationSweeps));
    await this.sweepChains(Math.max(sweeps, longer));
    this.comparison = this.memory.measure(this.values);
    this.step++;
    this.loss *= MEMORY_OF_LOSS;
    const { pearson } = this.comparison;
    if (!(pearson - this.loss >= targetPearson)) return;
    this.confirmed = await this.confirm();
    if (this.confirmed) return;
    this.failures++;
    this.loss = Math.max(0, pearson - this.comparison.pearson);
  }

  /** Sweeps at fixed parameters for as long as the target holds. */
  private async confirm(): Promise<boolean> {
    const { targetPearson, confirmationSweeps } = this.options;
    for (let done = 0, next = FIRST_LOOK; done < confirmationSweeps; next *= 2) {
      const count = Math.min(next, confirmationSweeps - done);
      await this.sweepChains(count);
      done += count;
      this.comparison = this.memory.measure(this.values);
      if (!(this.comparison.pearson >= targetPearson)) return false;
    }
    return true;
  }

  get gradientNorm(): number {
    const fields = this.memory.fields.gradient(this.memory.chainSingles);
    return Math.sqrt(fields.reduce((sum, g) => sum + g * g, this.comparison.gap));
  }

  get metrics(): BoltzmannMetrics {
    const { pearson, slope, norm } = this.comparison;
    const { sites, states } = this.data;
    const couplings = Math.max(1, ((sites * (sites - 1)) / 2) * states ** 2);
    const fresh = (1 - this.persistence) / (1 + this.persistence);
    return {
      pearson,
      slope,
      gradientNorm: this.gradientNorm,
      sweeps: this.sweep,
      effectiveSamples: this.options.chains * Math.min(1, Math.max(0, fresh)),
      couplingNorm: Math.sqrt(norm / couplings),
    };
  }

  get configurations(): Configurations {
    const { sites, states } = this.data;
    return { samples: this.options.chains, sites, states, values: this.values };
  }

  model(): PottsModel {
    return this.memory.model();
  }

  snapshot(): BoltzmannState {
    const { fields } = this.memory;
    const adam = this.options.rule === 'adam';
    return {
      rule: this.options.rule,
      step: this.step,
      sweep: this.sweep,
      loss: this.loss,
      failures: this.failures,
      confirmed: this.confirmed,
      persistence: this.persistence,
      fields: fields.values.slice(),
      ...this.memory.snapshot(),
      fieldMoments: adam ? fields.moments.map((moment) => moment.slice()) : [],
      keys: Int32Array.from(this.keys),
      values: this.values.slice(),
    };
  }

  private restore(state: BoltzmannState): void {
    this.step = state.step;
    this.sweep = state.sweep;
    this.loss = state.loss;
    this.failures = state.failures;
    this.confirmed = state.confirmed;
    this.persistence = state.persistence;
    this.memory.fields.values.set(state.fields);
    state.fieldMoments.forEach((moment, k) => {
      this.memory.fields.moments[k].set(moment);
    });
    this.memory.restore(state.couplings, state.moments);
  }

  private async sweepChains(count: number): Promise<void> {
    if (count === 0) return;
    for (let k = 0; k < count; k++) {
      this.memory.chains.sweep(this.options.kernel, this.sweep, 1);
      this.sweep++;
      if (k + 1 < count) await letEventsThrough();
    }
    const before = this.values;
    this.values = this.memory.chains.read();
    this.persistence = persistence(before, this.values, this.data);
  }
}

/**
 * How much chains remember: (o − r)/(1 − r), where o is the share of letters that are the same before and after, and r
 * that of two independent draws of the data's frequencies.
 */
function persistence(before: Int32Array, after: Int32Array, { sites, singles }: DataFrequencies): number {
  let same = 0;
  for (let k = 0; k < before.length; k++) if (before[k] === after[k]) same++;
  const random = singles.reduce((sum, f) => sum + f * f, 0) / sites;
  return random < 1 ? (same / before.length - random) / (1 - random) : 0;
}
