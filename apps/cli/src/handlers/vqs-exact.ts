import type { PlainData } from '@spinformer/numerics';
import {
  correlationsByDistance,
  diagonalizeTicks,
  type ExactSpectrum,
  exactCorrelations,
  exactMarshallSign,
  exactMemory,
  type SectorOptions,
} from '@spinformer/transformer-vqs';
import { vqsExactOptions } from '../commands/vqs-exact.ts';
import { prepareRuntime } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { parseBytes } from '../parse/parse-bytes.ts';
import { listenForInterrupt } from '../run/interrupt.ts';
import { toJson } from '../run/run-directory.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import type { OptionValues } from '../spec/option-spec.ts';
import { startProgress } from '../terminal/progress.ts';
import { pairTable, textTable } from '../terminal/text-table.ts';
import { checkMemory, memoryText } from './infer/check-memory.ts';
import { asUsage, flagged } from './vqs/flagged.ts';
import { readMomentum, resolveModel, type SpinProblem, spinProblem } from './vqs/spin-problem.ts';

type Options = OptionValues<typeof vqsExactOptions>;

/** NetKet and VarBench write Pauli matrices: σ = 2S twice. */
const PAULI = 4;

/** `vqs exact`. */
export async function runVqsExact(context: CommandContext): Promise<number> {
  const options = optionsOf(context, vqsExactOptions);
  const { terminal, globals } = context;
  const problem = spinProblem(resolveModel(options));
  const sector = sectorOf(problem, options);
  const maximumBytes = parseBytes('memory', options.memory);
  const size = checkSize(context, problem, { sector, options, maximumBytes });
  if (globals.dryRun) {
    terminal.data(`${problem.hamiltonian.name}: ${size}`);
    terminal.note('Nothing was computed (--dry-run).');
    return EXIT.done;
  }
  const runtime = await prepareRuntime(context);
  const began = performance.now();
  const spectrum = await diagonalized(context, problem, {
    ...sector,
    ...{ states: options.states, maximumBytes, runtime },
  });
  if (!spectrum) return EXIT.interrupted;
  const answer = measured(problem, spectrum, runtime);
  const seconds = Math.round(performance.now() - began) / 1000;
  if (globals.json || globals.jsonl) {
    const result = { schema: 1, ...answer, seconds };
    terminal.data(globals.jsonl ? JSON.stringify(result) : toJson(result).trimEnd());
  } else terminal.data(report(problem, options, answer));
  if (spectrum.status === 'converged') return EXIT.done;
  terminal.warn(`${spectrum.status}: ${spectrum.remedy ?? 'Lanczos ended before it converged.'}`);
  return globals.strict ? EXIT.numerics : EXIT.done;
}

function sectorOf({ lattice, model }: SpinProblem, options: Options): SectorOptions {
  const { momentum, spinFlip, pointGroup } = options;
  if (spinFlip !== undefined && model.totalSz !== 0)
    throw new UsageError(
      `--spin-flip ${spinFlip} needs --total-sz 0, got --total-sz ${model.totalSz}. Leave one of them out.`,
    );
  return {
    totalSz: model.totalSz,
    ...(momentum === undefined ? {} : { momentum: readMomentum(momentum, lattice) }),
    ...(spinFlip === undefined ? {} : { spinFlip: spinFlip === 'even' ? 1 : -1 }),
    ...(pointGroup ? { pointGroup: 'symmetric' } : {}),
  };
}

interface Limits {
  readonly sector: SectorOptions;
  readonly options: Options;
  readonly maximumBytes: number;
}

/** Refuses what does not fit, with the memory that it would need; else the size in words. */
function checkSize(context: CommandContext, { hamiltonian }: SpinProblem, limits: Limits): string {
  const { sector, options, maximumBytes } = limits;
  const settings = { ...sector, states: options.states };
  const memory = flagged(vqsExactOptions, () => exactMemory(hamiltonian, settings));
  const size = `${memory.configurations.toLocaleString('en')} configurations, ${memory.dimension === memory.configurations ? '' : `about ${memory.dimension.toLocaleString('en')} states, `}at least ${memoryText(memory.bytes)} of memory`;
  const remedy = 'Take fewer sites, or a sector of more symmetries (--momentum, --spin-flip, --point-group)';
  if (!Number.isFinite(memory.configurations))
    throw new UsageError(
      `--size ${options.size} is too large: no number holds its configurations. ${remedy}.`,
    );
  const asked = `--size ${options.size} (${memory.configurations.toLocaleString('en')} configurations)`;
  checkMemory(context, memory.bytes, `${asked} is too large. ${remedy}.`);
  if (memory.bytes > maximumBytes)
    throw new UsageError(
      `${asked} needs at least ${memoryText(memory.bytes)} of memory, --memory allows ${options.memory}. ${remedy}, or raise --memory.`,
    );
  return size;
}

/** The spectrum, with its progress shown; undefined when it was interrupted. */
async function diagonalized(
  { terminal }: CommandContext,
  { hamiltonian }: SpinProblem,
  settings: Parameters<typeof diagonalizeTicks>[1],
): Promise<ExactSpectrum | undefined> {
  const progress = await startProgress(terminal);
  const interrupt = listenForInterrupt(terminal);
  interrupt.announce('Stopping; nothing is kept of a diagonalisation.');
  try {
    const ticks = diagonalizeTicks(hamiltonian, { ...settings, signal: interrupt.signal });
    for await (const { step, metrics, spectrum } of ticks) {
      if (spectrum) return spectrum;
      const detail = `${step} products · energy ${(metrics.energy / hamiltonian.lattice.sites).toFixed(10)} per site · residual ${metrics.residual.toExponential(1)}`;
      progress.update({ phase: 'Lanczos', detail });
    }
    return undefined;
  } catch (error) {
    throw asUsage(vqsExactOptions, error);
  } finally {
    progress.stop();
    interrupt.release();
  }
}

type Answer = { readonly [key: string]: PlainData } & {
  readonly energyPerSite: number;
  readonly energies: number[];
  readonly dimension: number;
  readonly correlations: { dx: number; dy: number; value: number }[];
  readonly marshallSign?: number;
};

function measured(
  { hamiltonian, lattice }: SpinProblem,
  spectrum: ExactSpectrum,
  runtime: Parameters<typeof exactCorrelations>[3],
): Answer {
  const amplitudes = spectrum.amplitudes();
  const correlations = exactCorrelations(hamiltonian, spectrum.basis, amplitudes, runtime);
  return {
    energyPerSite: spectrum.energiesPerSite[0],
    energies: [...spectrum.energies],
    dimension: spectrum.dimension,
    correlations: correlationsByDistance(lattice, correlations).map((row) => ({ ...row })),
    ...(lattice.sublattice
      ? { marshallSign: exactMarshallSign(hamiltonian, spectrum.basis, amplitudes) }
      : {}),
  };
}

function report({ hamiltonian, lattice, model }: SpinProblem, options: Options, answer: Answer): string {
  const sector = [
    `Sᶻ = ${model.totalSz}`,
    ...(options.momentum === undefined ? [] : [`momentum ${options.momentum}`]),
    ...(options.spinFlip === undefined ? [] : [`${options.spinFlip} under spin flip`]),
    ...(options.pointGroup ? ['symmetric under the point group'] : []),
  ];
  const { energies, energyPerSite } = answer;
  const isChain = lattice.shape.length === 1;
  const rows = answer.correlations.map(({ dx, dy, value }) => [
    dx,
    ...(isChain ? [] : [dy]),
    value.toFixed(10).padStart(13),
  ]);
  const energy = pairTable([
    ['energy per site', `${energyPerSite.toFixed(12)}   S·S units, S = σ/2`],
    ['', `${(PAULI * energyPerSite).toFixed(12)}   in Pauli matrices, as NetKet and VarBench write it`],
    ['energy, total', energies[0].toFixed(12)],
    ...energies.slice(1).map((value, k): [string, string] => [`state ${k + 2}, total`, value.toFixed(12)]),
    ['sector', `${sector.join(', ')}: ${answer.dimension.toLocaleString('en')} states`],
    ['Marshall sign', answer.marshallSign?.toFixed(10)],
  ]);
  const heads = ['dx', ...(isChain ? [] : ['dy']), '⟨S·S⟩'];
  return `${hamiltonian.name}\n${energy}\n\n${textTable(heads, rows)}`;
}
