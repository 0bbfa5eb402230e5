import type { vqsMeasureOptions } from '../../commands/vqs-measure.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { suggest } from '../../parse/suggest.ts';
import type { OptionValues } from '../../spec/option-spec.ts';
import { isSmall } from './exact-energy.ts';
import { MEASURING } from './measuring.ts';
import type { SpinProblem } from './spin-problem.ts';

type Options = OptionValues<typeof vqsMeasureOptions>;

const OBSERVABLES = [
  ...['energy', 'structure-factor', 'correlations', 'dimers', 'marshall', 'renyi', 'fidelity'],
];

/** What is to be measured, and on which samples. */
export interface MeasureRequest {
  readonly observables: readonly string[];
  readonly components: Options['components'];
  readonly region?: readonly number[];
  /** The other state of fidelity. */
  readonly other?: string;
  readonly sampling: {
    readonly samples: number | 'all';
    readonly chains?: number;
    readonly sweeps?: number;
    readonly burnIn?: number;
    readonly rule?: 'bonds' | 'pairs';
  };
  readonly memoryBudget: number;
}

/**
 * The request of options, checked.
 * @throws {UsageError} naming the option, its value and the remedy
 */
export function measureRequest(options: Options, problem: SpinProblem): Omit<MeasureRequest, 'memoryBudget'> {
  const listed = options.observables.split(',').map((word) => word.trim());
  for (const name of listed) {
    if (OBSERVABLES.includes(name)) continue;
    const near = suggest(name, OBSERVABLES);
    throw new UsageError(
      `--observables must list some of ${OBSERVABLES.join(', ')}, got ${JSON.stringify(name)}.${near ? ` Did you mean ${near}?` : ''}`,
    );
  }
  const isCompared = listed.includes('fidelity');
  if (isCompared && options.with === undefined)
    throw new UsageError(
      '--observables fidelity needs another state. Give it with --with RUN2, or --with exact.',
    );
  const observables = options.with === undefined || isCompared ? listed : [...listed, 'fidelity'];
  const samples = options.samples ?? (isSmall(problem) ? 'all' : MEASURING.samples);
  const { sweeps, moves } = options;
  const given = { sweeps, rule: moves, chains: options.chains, burnIn: options.burnIn };
  return {
    ...{ observables, components: options.components },
    ...(options.region === undefined ? {} : { region: readRegion(options.region, problem) }),
    ...(options.with === undefined ? {} : { other: options.with }),
    sampling: {
      ...(samples === MEASURING.samples ? { chains: MEASURING.chains } : {}),
      ...(samples === 'all' ? {} : { burnIn: MEASURING.burnIn }),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
      samples,
    },
  };
}

function readRegion(text: string, { lattice }: SpinProblem): number[] {
  const region = text.split(',').map((word) => (/^\s*\d+\s*$/.test(word) ? Number(word) : Number.NaN));
  if (region.every((site) => site < lattice.sites) && new Set(region).size === region.length) return region;
  throw new UsageError(
    `--region must list different sites of 0 … ${lattice.sites - 1} with commas between, got ${JSON.stringify(text)}.`,
  );
}
