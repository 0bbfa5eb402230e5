import {
  chain,
  j1j2,
  type Lattice,
  type SpinHamiltonian,
  shastrySutherland,
  square,
  triangular,
} from '@spinformer/transformer-vqs';
import { vqsModelOptions } from '../../commands/vqs-model-options.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { OptionValues } from '../../spec/option-spec.ts';
import { flagged } from './flagged.ts';

export type SpinModelOptions = OptionValues<typeof vqsModelOptions>;

/** Options of a model with every default decided. */
export interface ResolvedModel {
  readonly lattice: NonNullable<SpinModelOptions['lattice']>;
  readonly size: string;
  readonly open: boolean;
  readonly j1: number;
  readonly j2: number;
  readonly anisotropy: number;
  readonly signRule: NonNullable<SpinModelOptions['signRule']>;
  readonly totalSz: number;
}

/** A magnet that was asked for. */
export interface SpinProblem {
  readonly model: ResolvedModel;
  readonly lattice: Lattice;
  readonly hamiltonian: SpinHamiltonian;
}

/**
 * Fills in what was not given: from the model of an earlier run, else by the defaults.
 * @throws {UsageError} when there is no lattice or no size
 */
export function resolveModel(options: SpinModelOptions, earlier?: Partial<ResolvedModel>): ResolvedModel {
  const { lattice = earlier?.lattice, size = earlier?.size } = options;
  if (lattice === undefined)
    throw new UsageError(
      '--lattice is missing. Give --lattice chain, square, triangular or shastry-sutherland, and --size.',
    );
  if (size === undefined)
    throw new UsageError(
      `--size is missing. Give ${lattice === 'chain' ? '--size 16, for example' : '--size 4x4, for example'}.`,
    );
  const { j1 = earlier?.j1 ?? 1, j2 = earlier?.j2 ?? 0, anisotropy = earlier?.anisotropy ?? 1 } = options;
  const { signRule = earlier?.signRule ?? 'none', totalSz = earlier?.totalSz ?? 0 } = options;
  const open = options.open || earlier?.open === true;
  return { lattice, size, open, j1, j2, anisotropy, signRule, totalSz };
}

/**
 * The lattice and Hamiltonian of a model.
 * @throws {UsageError} naming the option, its value and the remedy
 */
export function spinProblem(model: ResolvedModel): SpinProblem {
  const lattice = buildLattice(model);
  checkSector(model, lattice);
  const { j1, j2, anisotropy, signRule } = model;
  const hamiltonian = flagged(vqsModelOptions, () => j1j2(lattice, { j1, j2, anisotropy, signRule }));
  const details = [
    ...(anisotropy === 1 ? [] : [`Δ = ${anisotropy}`]),
    ...(signRule === 'none' ? [] : [`${signRule} signs`]),
  ];
  return {
    model,
    lattice,
    hamiltonian: { ...hamiltonian, name: [hamiltonian.name, ...details].join(', ') },
  };
}

const LONGEST = 4096;

function buildLattice(model: ResolvedModel): Lattice {
  const extent = readSize(model);
  const options = { periodic: !model.open, neighbours: model.j2 === 0 ? 1 : 2 } as const;
  try {
    return flagged(vqsModelOptions, () => {
      if (typeof extent === 'number') return chain(extent, options);
      if (model.lattice === 'triangular') return triangular(extent, options);
      if (model.lattice === 'square') return square(extent, options);
      return shastrySutherland(extent, { periodic: !model.open });
    });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`--size ${model.size}: ${error.message}`, { cause: error });
  }
}

function readSize({ lattice, size }: ResolvedModel): number | [number, number] {
  const form = lattice === 'chain' ? /^\d{1,4}$/ : /^\d{1,4}x\d{1,4}$/;
  const extents = form.test(size) ? size.split('x').map(Number) : [];
  if (extents.length === 0 || extents.some((extent) => extent < 1 || extent > LONGEST))
    throw new UsageError(
      lattice === 'chain'
        ? `--size must be the sites of the chain, such as 16, got ${JSON.stringify(size)}.`
        : `--size must be height and width of the ${lattice} lattice, such as 4x4, got ${JSON.stringify(size)}.`,
    );
  return lattice === 'chain' ? extents[0] : [extents[0], extents[1]];
}

function checkSector({ size, totalSz }: ResolvedModel, { sites }: Lattice): void {
  const up = sites / 2 + totalSz;
  if (Number.isInteger(up) && up >= 0 && up <= sites) return;
  if (sites % 2 === 1 && Number.isInteger(totalSz))
    throw new UsageError(
      `--size ${size} has an odd number of sites, ${sites}, and no sector of --total-sz ${totalSz}. Give an even number of sites, or --total-sz 0.5.`,
    );
  throw new UsageError(
    `--total-sz must be ${sites % 2 ? 'half an odd number' : 'a whole number'} from ${-sites / 2} to ${sites / 2} on ${sites} sites, got ${totalSz}.`,
  );
}

/**
 * A momentum in units of 2π/extent, one whole number for each direction.
 * @throws {UsageError} for something else
 */
export function readMomentum(text: string, { shape, name }: Lattice): number[] {
  const components = text.split(',').map((word) => (/^\s*-?\d+\s*$/.test(word) ? Number(word) : Number.NaN));
  if (components.length === shape.length && components.every(Number.isInteger)) return components;
  const form = shape.length === 1 ? 'one whole number' : 'two whole numbers KY,KX';
  throw new UsageError(
    `--momentum must be ${form} on ${name}, in units of 2π/extent, got ${JSON.stringify(text)}.`,
  );
}
