import { ConfigError, type PlainData } from '@spinformer/numerics';
import {
  cast,
  dispose,
  flattenTree,
  mapTree,
  type ParameterTree,
  scope,
  treeFromPlain,
  treeToPlain,
  unflattenTree,
} from '@spinformer/tensor';
import { movePairs } from '../sampling/exchange-rule.ts';
import { allSpins } from '../sampling/full-sum.ts';
import { SpinChains, type SpinChainsState } from '../sampling/spin-chains.ts';
import type { SpinHamiltonian } from '../spin-hamiltonian.ts';
import type { WaveFunction } from '../wave-function.ts';
import { CentredJacobian, type ParameterRange } from './centred-jacobian.ts';
import { energyGradient } from './energy-gradient.ts';
import { type EnergyPoint, type EnergyProblem, sampleEnergy, sumEnergy } from './energy-point.ts';
import { adamDirection, descentDirection } from './gradient-directions.ts';
import { type MergedSamples, mergeSamples } from './merge-samples.ts';
import { type DirectionMemory, type Directions, NO_MEMORY, naturalDirections } from './natural-directions.ts';
import { moved, parameterRanges, pick } from './parameter-ranges.ts';
import { sharedInvariance } from './shared-invariance.ts';
import type { VmcOptions, VmcSettings } from './vmc-options.ts';
import { checkArchitecture, type VmcState } from './vmc-state.ts';

/** Part of the memory budget for remembered amplitudes. */
const CACHE_PART = 1 / 8;
/** Samples of smaller probability are left out of the tangent space: they do not reach the last digit of anything. */
const NEGLIGIBLE = 1e-12;

/** Rounding of a Gram matrix whose largest eigenvalue is a few hundred. */
const LEAST_SHIFT = { float32: 1e-3, float64: 1e-7 } as const;

/** What an update did. */
export interface Update {
  readonly diagonalShift: number;
  readonly learningRate: number;
  /** ‖ηφ‖; 0 when rejected. */
  readonly stepNorm: number;
  readonly rejected: boolean;
}

/** A candidate for the next parameters, measured. */
export interface Candidate<P> {
  readonly parameters: P;
  readonly point: EnergyPoint;
  readonly stepNorm: number;
}

/** The moving parts of an optimisation: parameters, chains, memory, and what was measured where it stands. */
export class VmcRun<P extends ParameterTree> {
  readonly problem: EnergyProblem<P>;
  readonly settings: VmcSettings;
  parameters: P;
  memory: PlainData;
  step: number;
  caution: number;
  rejections: number;
  point: EnergyPoint;
  private readonly basis: MergedSamples | undefined;
  private chains: SpinChains | undefined;
  private chainsBefore: SpinChainsState | null = null;
  private readonly ranges: readonly ParameterRange[] | undefined;

  constructor(
    hamiltonian: SpinHamiltonian,
    wave: WaveFunction<P>,
    settings: VmcSettings,
    options: VmcOptions<P>,
  ) {
    const { resume } = options;
    if (resume) checkResume(wave, hamiltonian, settings, resume);
    this.settings = settings;
    const invariance = sharedInvariance(hamiltonian, wave.invariance);
    this.problem = { hamiltonian, wave, invariance, cacheBytes: settings.memoryBudget * CACHE_PART };
    this.parameters = firstParameters(wave, settings, options);
    this.ranges = parameterRanges(this.parameters, settings.trainOnly);
    this.step = resume?.step ?? 0;
    this.caution = resume?.caution ?? 1;
    this.rejections = resume?.rejections ?? 0;
    this.memory = resume?.memory ?? null;
    if (settings.samples === 'all')
      this.basis = mergeSamples(allSpins(wave.sites, settings.up), wave.sites, invariance);
    else this.chains = this.firstChains(options);
    this.point = this.measure(this.parameters, resume || this.basis ? 0 : settings.burnIn);
  }

  /** Measures at other parameters; moves the chains. */
  measure(parameters: P, burnIn = 0): EnergyPoint {
    const { problem, settings, basis, chains } = this;
    if (basis) return sumEnergy(problem, parameters, basis);
    if (burnIn > 0) this.equilibrate(parameters, burnIn);
    this.chainsBefore = chains!.state();
    return sampleEnergy(problem, parameters, chains!, { ...settings, burnIn: 0 });
  }

  /** The directions from where it stands. */
  directions(): Directions<PlainData> {
    const { settings, memory } = this;
    const { wave } = this.problem;
    const { spins, weights, deviations } = this.point;
    if (settings.optimizer === 'adam' || settings.optimizer === 'sgd') {
      const whole = energyGradient(wave, this.parameters, spins, weights, deviations);
      const gradient = pick(whole, this.ranges);
      return settings.optimizer === 'adam' ? adamDirection(gradient, memory) : descentDirection(gradient);
    }
    return this.naturalDirections(settings.optimizer);
  }

  /** Parameters moved by −ηφ, shortened to the longest step allowed, and what is measured there. */
  candidate(direction: Float64Array, learningRate: number): Candidate<P> {
    const length = learningRate * euclideanNorm(direction);
    const shortened = Math.min(1, this.settings.maximumStepNorm(this.step) / length);
    const vector = moved(flattenTree(this.parameters), direction, -learningRate * shortened, this.ranges);
    const parameters = unflattenTree(vector, this.parameters);
    return { parameters, point: this.measure(parameters), stepNorm: length * shortened };
  }

  /** Goes to a candidate. */
  accept(candidate: Candidate<P>, memory: PlainData): void {
    dispose(this.parameters);
    this.parameters = candidate.parameters;
    this.point = candidate.point;
    this.memory = memory;
    this.rejections = 0;
  }

  /** Forgets past directions; whether there were any. */
  forget(): boolean {
    const remembered = ((this.memory ?? NO_MEMORY) as DirectionMemory).last.length > 0;
    this.memory = null;
    return remembered;
  }

  /** Gives a candidate up. */
  discard(candidate: Candidate<P>): void {
    dispose(candidate.parameters);
  }

  /** Measures the current parameters with new samples, from where the chains stood. */
  sampleAnew(chains: SpinChainsState | null): void {
    if (!chains) return;
    this.chains = SpinChains.resume(this.chains!.pairs, chains);
    this.point = this.measure(this.parameters);
  }

  /** Whether directions come from stochastic reconfiguration or a relative, with a diagonal shift. */
  get natural(): boolean {
    return this.settings.optimizer !== 'adam' && this.settings.optimizer !== 'sgd';
  }

  /** The smallest diagonal shift that rounding leaves a meaning. */
  leastShift(): number {
    return LEAST_SHIFT[this.settings.gramPrecision];
  }

  /** Where the chains stand now; null for a full sum. */
  chainsState(): SpinChainsState | null {
    return this.chains?.state() ?? null;
  }

  state(): VmcState {
    const { wave, hamiltonian } = this.problem;
    return {
      wave: wave.name,
      hamiltonian: hamiltonian.name,
      parameterCount: wave.parameterCount,
      step: this.step,
      parameters: treeToPlain(this.parameters),
      chains: this.chainsBefore,
      optimizer: this.settings.optimizer,
      memory: this.memory,
      caution: this.caution,
      rejections: this.rejections,
    };
  }

  dispose(): void {
    dispose(this.parameters);
  }

  private naturalDirections(method: 'sr' | 'spring' | 'march'): Directions<PlainData> {
    const { settings, problem, ranges } = this;
    const { spins, weights, deviations } = withoutNegligible(this.point, problem.wave.sites);
    const { memoryBudget, momentum, form, gramPrecision } = settings;
    const jacobian = CentredJacobian.of(problem.wave, this.parameters, spins, weights, {
      memoryBudget,
      ranges,
    });
    const force = jacobian.rowsOf(deviations.real, deviations.imaginary, weights).map((f) => 2 * f);
    const memory = (this.memory ?? NO_MEMORY) as DirectionMemory;
    const options = { method, momentum, form, precision: gramPrecision };
    const directions = naturalDirections(jacobian, force, memory, options);
    return {
      ...directions,
      dispose() {
        directions.dispose();
        jacobian.dispose();
      },
    };
  }

  private firstChains({ rng, resume }: VmcOptions<P>): SpinChains {
    const { lattice } = this.problem.hamiltonian;
    const pairs = movePairs(lattice.sites, lattice.bonds, this.settings.rule);
    if (resume) return SpinChains.resume(pairs, resume.chains!);
    return SpinChains.start(pairs, this.settings.chains, this.settings.up, rng.fork('chains'));
  }

  private equilibrate(parameters: P, sweeps: number): void {
    const options = { draws: 1, sweeps, exponent: this.settings.exponent };
    sampleEnergy(this.problem, parameters, this.chains!, options);
  }
}

function firstParameters<P extends ParameterTree>(
  wave: WaveFunction<P>,
  { dtype }: VmcSettings,
  { rng, start, resume }: VmcOptions<P>,
): P {
  if (resume) return treeFromPlain(resume.parameters) as P;
  if (!start) return wave.init(rng.fork('parameters'), dtype);
  return scope(() => mapTree(start, (leaf) => cast(leaf, dtype)));
}

function checkResume(
  wave: { readonly name: string; readonly parameterCount: number },
  hamiltonian: SpinHamiltonian,
  settings: VmcSettings,
  state: VmcState,
): void {
  checkArchitecture('resume', wave, state);
  if (state.hamiltonian !== hamiltonian.name)
    throw new ConfigError(
      `resume: the state is of the Hamiltonian '${state.hamiltonian}', not '${hamiltonian.name}'. ` +
        'To go on at other couplings, pass its parameters as start.',
    );
  if (state.optimizer !== settings.optimizer)
    throw new ConfigError(
      `resume: the state is of optimizer '${state.optimizer}', not '${settings.optimizer}'. Keep it, or pass start.`,
    );
  const chains = state.chains === null ? 0 : state.chains.keys.length / 2;
  if (chains !== settings.chains)
    throw new ConfigError(
      `resume: the state has ${chains} chains, the options ask for ${settings.chains}. Keep samples and chains.`,
    );
}

function withoutNegligible(point: EnergyPoint, sites: number): EnergyPoint {
  const kept = Array.from(point.weights.keys()).filter((s) => point.weights[s] > NEGLIGIBLE);
  if (kept.length === point.weights.length) return point;
  const spins = new Int8Array(kept.length * sites);
  kept.forEach((s, k) => {
    spins.set(point.spins.subarray(s * sites, (s + 1) * sites), k * sites);
  });
  const { real, imaginary } = point.deviations;
  return {
    ...point,
    spins,
    weights: Float64Array.from(kept, (s) => point.weights[s]),
    deviations: {
      real: Float64Array.from(kept, (s) => real[s]),
      imaginary: Float64Array.from(kept, (s) => imaginary[s]),
    },
  };
}

function euclideanNorm(x: Float64Array): number {
  let total = 0;
  for (const value of x) total += value * value;
  return Math.sqrt(total);
}
