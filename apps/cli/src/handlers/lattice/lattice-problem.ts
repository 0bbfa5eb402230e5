import { hypercubicLattice, type PottsGraph, triangularLattice } from '@spinformer/potts';
import type { pottsSampleOptions } from '../../commands/potts-sample.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { OptionValues } from '../../spec/option-spec.ts';

export type LatticeSampleOptions = OptionValues<typeof pottsSampleOptions>;

/** A lattice and how it is sampled, everything decided. */
export interface LatticeProblem {
  readonly graph: PottsGraph;
  readonly shape: readonly number[];
  readonly coupling: number;
  /** K at which an infinite lattice of this kind orders; absent where it is not known exactly. */
  readonly critical?: number;
  /** Inverse temperatures, which multiply all energies; one without tempering. */
  readonly betas: readonly number[];
  readonly chains: number;
  /** Configurations that are recorded of every chain. */
  readonly draws: number;
}

const CHAINS = 8;
/** With fewer draws of a chain no autocorrelation can be measured. */
const LEAST_DRAWS = 8;
const MOST_SITES = 2 ** 24;
const CLUSTER_KERNELS = ['wolff', 'swendsen-wang'];

/**
 * The lattice that options ask for.
 * @throws {UsageError} for a shape, coupling or temperatures that cannot be
 */
export function latticeProblem(options: LatticeSampleOptions): LatticeProblem {
  const shape = readShape(String(options.lattice));
  const { states, geometry, field } = options;
  if (geometry === 'triangular' && shape.length !== 2)
    throw new UsageError(`--geometry triangular needs two sides, got --lattice ${options.lattice}.`);
  const critical = shape.length === 2 ? criticalCoupling(states, geometry) : undefined;
  const coupling = options.coupling === 'critical' ? critical : options.coupling;
  if (typeof coupling !== 'number')
    throw new UsageError(
      `--coupling critical is known for two sides only, got --lattice ${options.lattice}. Give a number.`,
    );
  const make = geometry === 'square' ? hypercubicLattice : triangularLattice;
  const chains = options.chains ?? CHAINS;
  const draws = Math.ceil(options.samples / chains);
  if (draws < LEAST_DRAWS)
    throw new UsageError(
      `--samples ${options.samples} over ${chains} chains are ${draws} draws of each; errors need at least ${LEAST_DRAWS}. Raise --samples or lower --chains.`,
    );
  return {
    graph: make({ shape, states, coupling, field, periodic: !options.open }),
    ...{ shape, coupling, chains, draws },
    betas: readBetas(options),
    ...(critical === undefined ? {} : { critical }),
  };
}

function readShape(text: string): number[] {
  const shape = text.split('x').map((word) => (/^\d{1,8}$/.test(word) ? Number(word) : 0));
  const sites = shape.reduce((product, side) => product * side, 1);
  if (shape.some((side) => side < 1) || sites < 2)
    throw new UsageError(
      `--lattice must be sides with x between, such as 64x64 or 16x16x16, got ${JSON.stringify(text)}.`,
    );
  if (sites <= MOST_SITES) return shape;
  throw new UsageError(`--lattice ${text} has ${sites} sites; at most ${MOST_SITES} can be sampled.`);
}

function readBetas({ temper, kernel }: LatticeSampleOptions): number[] {
  if (temper === undefined) return [1];
  const betas = temper.split(',').map((word) => (word.trim() === '' ? Number.NaN : Number(word)));
  if (betas.length < 2 || !betas.every((beta) => beta >= 0 && beta < Number.POSITIVE_INFINITY))
    throw new UsageError(
      `--temper must list at least two inverse temperatures with commas between, such as 0.9,1,1.1, got ${JSON.stringify(temper)}.`,
    );
  if (CLUSTER_KERNELS.includes(kernel))
    throw new UsageError(`--temper goes with heat-bath, metropolis or checkerboard, got --kernel ${kernel}.`);
  return betas;
}

function criticalCoupling(states: number, geometry: LatticeSampleOptions['geometry']): number {
  if (geometry === 'square') return Math.log1p(Math.sqrt(states));
  // v³ + 3 v² = q grows with v: Newton from above comes down to its root.
  let v = Math.sqrt(states);
  for (let step = 0; step < 100; step++) v -= (v ** 3 + 3 * v ** 2 - states) / (3 * v ** 2 + 6 * v);
  return Math.log1p(v);
}
