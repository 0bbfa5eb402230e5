import { DomainError } from '@spinformer/numerics';
import { tensor } from '@spinformer/tensor';
import { buildParameters, type TransformerParameters } from './transformer-parameters.ts';
import { type TransformerState, transformerState } from './transformer-state.ts';

/** Two sites in a singlet, (↑↓ − ↓↑)/√2 in this order. */
export type Dimer = readonly [first: number, second: number];

/** Features of a token: own spin, partner's spin, own spin if first of its dimer, parallel pairs, a large constant. */
const OWN = 0;
const PARTNER = 2;
const FIRST = 4;
const PARALLEL = 6;
const LARGE = 8;
const WIDTH = 10;
/** So large that the last layer norm is linear in the other features, to about sites²/LARGE_VALUE². */
const LARGE_VALUE = 1e6;
/** A parallel pair costs this much in log ψ. */
const SUPPRESSION = 40;
/** Argument of gelu for two parallel spins, up to the layer norm's factor: far in its linear part. */
const SLOPE = 8;

/**
 * A product of singlets written as a transformer state with one layer whose attention depends on positions alone: it
 * fetches each spin's partner, which weights that depend on what tokens hold could not find among equals. Exact up to
 * about sites²·1e-12, in float64. Ground states of the Majumdar-Ghosh chain and of the Shastry-Sutherland lattice are such
 * products.
 *
 * @param lattice the extent, [length] or [height, width]
 * @param dimers pairs of sites that together cover every site once
 * @returns the state (`factored-full`, patches of one site) and its float64 parameters, owned by the caller
 * @throws {DomainError} when the dimers do not cover every site exactly once.
 * @source rende2025queries; majumdar1969
 */
export function dimerState(
  lattice: { readonly shape: readonly number[] },
  dimers: readonly Dimer[],
): { wave: TransformerState; parameters: TransformerParameters } {
  const sites = lattice.shape.reduce((product, extent) => product * extent, 1);
  checkCover(dimers, sites);
  const wave = transformerState({
    lattice,
    patch: 1,
    layers: 1,
    heads: 2,
    width: WIDTH,
    expansion: 1,
    attention: 'factored-full',
    headNorm: false,
  });
  const empty = buildParameters(wave.architecture, {
    matrix: (_, shape) => tensor(new Float64Array(shape.reduce((a, b) => a * b, 1)), shape),
    constant: (shape, value) => tensor(new Float64Array(shape[0]).fill(value), shape),
  });
  return { wave, parameters: { ...empty, ...dimerParameters(empty, dimers, sites) } };
}

function checkCover(dimers: readonly Dimer[], sites: number): void {
  const covered = new Set(dimers.flat());
  const inside = [...covered].every((site) => Number.isInteger(site) && site >= 0 && site < sites);
  if (!inside || covered.size !== sites || 2 * dimers.length !== sites)
    throw new DomainError(
      `dimers: ${dimers.length} dimers must cover each of ${sites} sites once, but they cover ${covered.size}. ` +
        'List every site in exactly one pair.',
    );
}

/** A matrix [WIDTH, WIDTH] with the given entries (row, column, value). */
function sparse(entries: readonly (readonly [number, number, number])[]) {
  const values = new Float64Array(WIDTH * WIDTH);
  for (const [row, column, value] of entries) values[row * WIDTH + column] = value;
  return tensor(values, [WIDTH, WIDTH]);
}

/** A feature and its negative beside it, so that layer norms find a mean of zero. */
function both(row: number, column: number, value: number): [number, number, number][] {
  return [
    [row, column, value],
    [row, column + 1, -value],
  ];
}

function vector(length: number, entries: readonly (readonly [number, number])[]) {
  const values = new Float64Array(length);
  for (const [at, value] of entries) values[at] = value;
  return tensor(values, [length]);
}

/** gelu(x) + gelu(−x) in the tanh form: x·tanh of its argument. */
function geluOfBoth(x: number): number {
  return x * Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));
}

/** Factor of a layer norm on features of which `ones` are ±1 and the others zero. */
function normFactor(ones: number): number {
  return 1 / Math.sqrt(ones / WIDTH + 1e-6);
}

function dimerParameters(
  empty: TransformerParameters,
  dimers: readonly Dimer[],
  sites: number,
): Partial<TransformerParameters> {
  const [layer] = empty.layers;
  // Head 0 (features 0…4) fetches the partner's spin, head 1 (features 5…9) keeps that of first sites.
  const weights = new Float64Array(2 * sites * sites);
  for (const [i, j] of dimers) {
    weights[i * sites + j] = weights[j * sites + i] = 1;
    weights[sites * sites + i * sites + i] = 1;
  }
  const seen = 1 / normFactor(2);
  // First sites carry two more features, so that their norm differs; a dimer has one site of each sort.
  const parallel = geluOfBoth(2 * SLOPE * normFactor(6)) + geluOfBoth(2 * SLOPE * normFactor(4));
  const turn = (2 * LARGE_VALUE ** 2) / WIDTH;
  const gain = vector(
    WIDTH,
    Array.from({ length: WIDTH }, (_, k) => [k, Math.sqrt(turn + 1e-6)] as const),
  );
  const { bias } = empty.embed;
  return {
    embed: { weight: vectorRow(both(0, OWN, 1)), bias },
    layers: [
      {
        ...layer,
        value: {
          weight: sparse([
            [OWN, 0, seen],
            [OWN, 5, seen],
          ]),
          bias: layer.value.bias,
        },
        position: tensor(weights, [2, sites, sites]),
        output: { weight: sparse([...both(0, PARTNER, 1), ...both(5, FIRST, 1)]), bias: layer.output.bias },
        expand: {
          weight: sparse([...both(OWN, 0, SLOPE), ...both(PARTNER, 0, SLOPE)]),
          bias: layer.expand.bias,
        },
        contract: {
          weight: sparse([...both(0, PARALLEL, 1 / parallel), ...both(1, PARALLEL, 1 / parallel)]),
          bias: vector(WIDTH, [
            [LARGE, LARGE_VALUE / sites],
            [LARGE + 1, -LARGE_VALUE / sites],
          ]),
        },
      },
    ],
    norm: { gain, bias: empty.norm.bias },
    // cosh of Λ·(dimers − parallel pairs), and cos of π times the number of dimers whose first spin is down.
    real: {
      weight: sparse([[PARALLEL, 1, -SUPPRESSION]]),
      bias: vector(WIDTH, [[1, (SUPPRESSION * sites) / 2]]),
    },
    imaginary: {
      weight: sparse([[FIRST, 0, -Math.PI / 2]]),
      bias: vector(WIDTH, [[0, (Math.PI * sites) / 4]]),
    },
  };
}

function vectorRow(entries: readonly (readonly [number, number, number])[]) {
  const values = new Float64Array(WIDTH);
  for (const [, column, value] of entries) values[column] = value;
  return tensor(values, [1, WIDTH]);
}
