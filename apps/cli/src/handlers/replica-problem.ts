import { readFileSync } from 'node:fs';
import {
  bayesLoss,
  identitySpectrum,
  isingProblem,
  pottsProblem,
  type ReplicaProblem,
  type Scenario,
  skSpectrum,
} from '@spinformer/replica-theory';
import type { replicaProblemOptions } from '../commands/replica-options.ts';
import { InputError } from '../errors/input-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { OptionValues } from '../spec/option-spec.ts';

/** A family of learning problems that differ in load and ridge. */
export interface ReplicaFamily {
  /** In words: `ising, tilted, sk(0.7), ρ = 0.49`. */
  readonly title: string;
  /** The teacher's own loss, nats per masked site: the least that is possible. */
  readonly bayesLoss: number;
  at(load: number, ridge: number): ReplicaProblem;
}

/**
 * The learning problems that the options describe.
 * @throws {UsageError} for options that do not fit together, {InputError} for a matrix that cannot be read
 */
export function replicaFamily(options: OptionValues<typeof replicaProblemOptions>): ReplicaFamily {
  const { problem, scenario, covariance, beta } = options;
  const isPotts = problem === 'potts';
  const colours = isPotts ? options.colours : 2;
  const matrix = isPotts ? colourMatrix(options.colourMatrix, colours) : undefined;
  if (!isPotts && options.colourMatrix !== 'identity')
    throw new UsageError('--colour-matrix belongs to --problem potts. Add --problem potts --colours C.');
  if (covariance === 'sk' && beta === undefined)
    throw new UsageError('--covariance sk needs the strength of the couplings: add --beta B with 0 < B < 1.');
  if (covariance === 'sk' && matrix !== undefined)
    throw new UsageError(
      '--covariance sk needs the identity as colour matrix: for another one every eigenvector of it has a covariance of its own. Leave one of them out.',
    );
  const spectrum = covariance === 'sk' ? skSpectrum(beta ?? 0) : identitySpectrum();
  const teacherVariance = options.rho ?? teacherOf(beta, isPotts ? colours : 1);
  const common = { scenario: scenario as Scenario, teacherVariance };
  const potts = { ...common, colours, ...(matrix && { colourMatrix: matrix }) };
  const of = isPotts ? `potts, ${colours} colours` : 'ising';
  return {
    title: `${of}, ${scenario}, ${spectrum.name}, ρ = ${Number(teacherVariance.toPrecision(6))}`,
    bayesLoss: bayesLoss(isPotts ? potts : common),
    at: (load, ridge) =>
      isPotts
        ? pottsProblem({ ...potts, load, ridge, covariance: spectrum })
        : isingProblem({ ...common, load, ridge, covariance: spectrum }),
  };
}

/** ρ of a site of a dense model: β² for spins, (Cβ)² for Potts couplings, in units in which the paramagnet ends at 1. */
function teacherOf(beta: number | undefined, scale: number): number {
  return beta === undefined || beta === 0 ? 1 : (scale * beta) ** 2;
}

function colourMatrix(path: string, colours: number): Float64Array | undefined {
  if (path === 'identity') return undefined;
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError(`cannot read the colour matrix ${path}: ${(cause as Error).message}.`, { cause });
  }
  const rows = parseRows(text);
  const isSquare = rows.length === colours && rows.every((row) => row.length === colours);
  if (isSquare && rows.every((row) => row.every(Number.isFinite))) return Float64Array.from(rows.flat());
  throw new InputError(
    `${path} must hold ${colours} rows of ${colours} numbers, as JSON [[…], …] or CSV, for --colours ${colours}. ` +
      `It has ${rows.length} rows of ${[...new Set(rows.map((row) => row.length))].join(' or ') || 'no'} entries.`,
  );
}

function parseRows(text: string): number[][] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.every(Array.isArray)) return value.map((row) => row.map(Number));
  } catch {
    // Not JSON: CSV.
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => line.split(/[,;\s]+/).map((cell) => (cell === '' ? Number.NaN : Number(cell))));
}

/** A remedy of the solver, with the option as it is called here. */
export function inOptions(remedy: string): string {
  return remedy.replaceAll('maximumIterations', '--iterations');
}
