import {
  type SymmetryOptions,
  symmetrize,
  type TransformerArchitecture,
  type TransformerParameters,
  type TransformerState,
  transformerState,
  type WaveFunction,
} from '@spinformer/transformer-vqs';
import { vqsWaveOptions } from '../../commands/vqs-wave-options.ts';
import { InputError } from '../../errors/input-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { suggest } from '../../parse/suggest.ts';
import { kebabCase, type OptionValues } from '../../spec/option-spec.ts';
import { isSmall } from './exact-energy.ts';
import { flagged } from './flagged.ts';
import { readMomentum, type SpinProblem } from './spin-problem.ts';

export type WaveOptions = OptionValues<typeof vqsWaveOptions>;

/** The transformer of options, and its projection on symmetries. */
export interface ChosenWave {
  readonly base: TransformerState;
  /** With the symmetries that were asked for; the same parameters. */
  readonly wave: WaveFunction<TransformerParameters>;
}

const SIZES = ['attention', 'patch', 'width', 'heads', 'layers', 'expansion'] as const;

/** Where all configurations are summed, their Jacobian decides what is affordable: few parameters, all translations. */
const SMALL = { patch: 1, width: 12 };

/**
 * The transformer that options ask for.
 * @throws {UsageError} naming the option, its value and the remedy
 */
export function chooseTransformer(problem: SpinProblem, options: WaveOptions): TransformerState {
  const { lattice } = problem;
  const { attention = 'factored', heads, layers, expansion } = options;
  const small = isSmall(problem) ? SMALL : undefined;
  const isEven = lattice.shape.every((extent) => extent % 2 === 0);
  const { patch = small?.patch ?? (isEven ? 2 : 1), width = small?.width } = options;
  const sizes = Object.entries({ width, heads, layers, expansion });
  const given = Object.fromEntries(sizes.filter(([, size]) => size !== undefined));
  return flagged(vqsWaveOptions, () => transformerState({ lattice, attention, patch, ...given }));
}

/**
 * Refuses a start of another architecture.
 * @throws {InputError} naming each option that says otherwise
 */
export function checkStart(
  architecture: TransformerArchitecture,
  { lattice, model }: SpinProblem,
  options: WaveOptions,
  start: string,
): void {
  const differing: string[] = SIZES.flatMap((name) =>
    options[name] === undefined || options[name] === architecture[name]
      ? []
      : [`--${kebabCase(name)} ${options[name]} (it has ${architecture[name]})`],
  );
  if (architecture.shape.join('x') !== lattice.shape.join('x'))
    differing.unshift(`--size ${model.size} (it has ${architecture.shape.join('x')})`);
  if (differing.length === 0) return;
  throw new InputError(
    `--start ${start} is a wave function of another architecture than ${differing.join(', ')}. Leave these out, or start without --start.`,
  );
}

const SYMMETRIES = ['none', 'translations', 'point-group', 'spin-flip', 'spin-flip-odd'];

/**
 * A transformer with the projection of `--symmetries`.
 * @throws {UsageError} for symmetries that are not known or do not fit
 */
export function projectWave(
  problem: SpinProblem,
  base: TransformerState,
  options: Pick<WaveOptions, 'symmetries' | 'momentum'>,
): ChosenWave {
  const names = readSymmetries(options.symmetries);
  if (options.momentum !== undefined && !names.includes('translations'))
    throw new UsageError(
      `--momentum ${options.momentum} is that of --symmetries translations, got --symmetries ${options.symmetries ?? 'none'}. Add translations, or leave it out.`,
    );
  if (names.length === 0) return { base, wave: base };
  const { lattice } = problem;
  const flip = names.find((name) => name.startsWith('spin-flip'));
  const settings: SymmetryOptions = {
    lattice,
    translations: names.includes('translations'),
    pointGroup: names.includes('point-group'),
    ...(options.momentum === undefined ? {} : { momentum: readMomentum(options.momentum, lattice) }),
    ...(flip ? { spinFlip: flipParity(problem, flip) } : {}),
  };
  return {
    base,
    wave: flagged(vqsWaveOptions, () => symmetrize(base, settings), { symmetrize: 'symmetries' }),
  };
}

function readSymmetries(list = 'none'): string[] {
  const names = list.split(',').map((word) => word.trim());
  for (const name of names) {
    if (SYMMETRIES.includes(name)) continue;
    const near = suggest(name, SYMMETRIES);
    throw new UsageError(
      `--symmetries must list ${SYMMETRIES.slice(1).join(', ')}, or none, got ${JSON.stringify(name)}.${near ? ` Did you mean ${near}?` : ''}`,
    );
  }
  if (names.includes('spin-flip') && names.includes('spin-flip-odd'))
    throw new UsageError(
      '--symmetries spin-flip and spin-flip-odd exclude each other. Leave one of them out.',
    );
  return names.filter((name) => name !== 'none');
}

/** A state of even total spin is even under the flip for sites/2 even; spins that a sign rule turned count once each. */
function flipParity({ lattice, hamiltonian, model }: SpinProblem, name: string): 1 | -1 {
  if (model.totalSz !== 0)
    throw new UsageError(
      `--symmetries ${name} needs --total-sz 0, got --total-sz ${model.totalSz}. Leave one of them out.`,
    );
  const turned = hamiltonian.rotated?.reduce((sum, mark) => sum + mark, 0) ?? 0;
  const isOdd = (lattice.sites / 2 + turned + (name === 'spin-flip-odd' ? 1 : 0)) % 2 === 1;
  return isOdd ? -1 : 1;
}
