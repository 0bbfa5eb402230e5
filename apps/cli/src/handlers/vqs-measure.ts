import { join } from 'node:path';
import { formatEstimate } from '@spinformer/numerics';
import { dispose } from '@spinformer/tensor';
import { measureState, type StateMeasurement } from '@spinformer/transformer-vqs';
import { vqsMeasureOptions } from '../commands/vqs-measure.ts';
import { prepareBackend, rngOf } from '../compute/prepare-compute.ts';
import { EXIT } from '../errors/exit-codes.ts';
import { correlationFigure, structureFactorFigure } from '../figures/vqs-correlation-figures.ts';
import { writeFigure } from '../figures/write-figure.ts';
import { parseBytes } from '../parse/parse-bytes.ts';
import { toJson } from '../run/run-directory.ts';
import { type CommandContext, optionsOf } from '../spec/command-context.ts';
import { pairTable, textTable } from '../terminal/text-table.ts';
import { asUsage } from './vqs/flagged.ts';
import { loadState, type StoredState } from './vqs/load-state.ts';
import { measureFidelity } from './vqs/measure-fidelity.ts';
import { type MeasureRequest, measureRequest } from './vqs/measure-request.ts';
import { correlationPart } from './vqs/measuring.ts';

/** Options of the library that have other names on the command line. */
const NAMES = { rule: 'moves', purity: 'samples' };

/** `vqs measure`. */
export async function runVqsMeasure(context: CommandContext): Promise<number> {
  const options = optionsOf(context, vqsMeasureOptions);
  const { terminal, globals } = context;
  const memoryBudget = parseBytes('memory', options.memory);
  await prepareBackend(context);
  const state = loadState(String(context.positionals.RUN));
  const request = { ...measureRequest(options, state.problem), memoryBudget };
  if (globals.dryRun) {
    terminal.data(`${state.problem.hamiltonian.name}: ${state.wave.name}, ${request.observables.join(', ')}`);
    terminal.note('Nothing was measured (--dry-run).');
    return EXIT.done;
  }
  const rng = (await rngOf(context)).fork('measure');
  const began = performance.now();
  try {
    const measured = await measureState(state.problem.hamiltonian, state.wave, state.parameters, {
      ...{ rng, memoryBudget, totalSz: state.problem.model.totalSz },
      ...{ ...request.sampling, correlations: partOf(request, state) },
      ...(request.region ? { region: request.region } : {}),
    });
    const overlap = request.observables.includes('fidelity')
      ? await measureFidelity(state, request, rng)
      : undefined;
    const seconds = Math.round(performance.now() - began) / 1000;
    const files = await draw(context, request, state, measured);
    const found = { ...plain(request, measured), ...(overlap ? { fidelity: brief(overlap) } : {}) };
    if (globals.json || globals.jsonl) {
      const { samples } = request.sampling;
      const result = { schema: 1, run: state.run, samples, ...found, acceptance: measured.acceptance };
      const whole = { ...result, seconds, files };
      terminal.data(globals.jsonl ? JSON.stringify(whole) : toJson(whole).trimEnd());
    } else terminal.data(report(request, state, { measured, overlap }));
    for (const file of files) terminal.note(file);
    return EXIT.done;
  } catch (error) {
    throw asUsage(vqsMeasureOptions, error, NAMES);
  } finally {
    dispose(state.parameters);
  }
}

/** Amplitudes of exchanges are looked at only for what is asked for. */
function partOf({ observables, components, sampling }: MeasureRequest, { problem }: StoredState) {
  if (!observables.some((name) => name === 'correlations' || name === 'structure-factor')) return 'ising';
  if (components === undefined) return correlationPart(problem, sampling.samples);
  return components === 'all' ? 'heisenberg' : 'ising';
}

interface Mean {
  readonly mean: number;
  readonly standardError: number;
}

const brief = ({ mean, standardError }: Mean) => ({ mean, standardError });

/** What was asked for, as plain data. */
function plain({ observables }: MeasureRequest, measured: StateMeasurement) {
  const has = (name: string) => observables.includes(name);
  const { energy, vScore, structureFactor, byDistance, dimers, marshallSign, renyiEntropy } = measured;
  return {
    ...(has('energy') ? { energyPerSite: brief(energy), vScore } : {}),
    ...(has('structure-factor') ? { structureFactor } : {}),
    ...(has('correlations') ? { correlations: byDistance } : {}),
    ...(has('dimers') ? { dimers: dimerRows(dimers) } : {}),
    ...(has('marshall') && marshallSign ? { marshallSign: brief(marshallSign) } : {}),
    ...(has('renyi') ? { renyi: renyiEntropy } : {}),
  };
}

function dimerRows({ bonds, means, connected }: StateMeasurement['dimers']) {
  return bonds.map(({ i, j }, b) => ({ i, j, mean: means[b], connected: connected[b] }));
}

async function draw(
  { globals }: CommandContext,
  request: MeasureRequest,
  state: StoredState,
  measured: StateMeasurement,
): Promise<string[]> {
  const folder = globals.out ?? join(state.run, 'artifacts');
  const { lattice } = state.problem;
  const note = { symbol: partOf(request, state) === 'heisenberg' ? '⟨S·S⟩' : '3⟨SᶻSᶻ⟩' };
  const figures = [
    ...(request.observables.includes('structure-factor')
      ? [structureFactorFigure(measured.structureFactor, lattice, note)]
      : []),
    ...(request.observables.includes('correlations')
      ? [correlationFigure(measured.byDistance, lattice, note)]
      : []),
  ];
  const files: string[] = [];
  for (const figure of figures)
    files.push(...(await writeFigure(join(folder, `measured-${figure.id}`), figure)));
  return files;
}

interface Found {
  readonly measured: StateMeasurement;
  readonly overlap: Mean | undefined;
}

function report(request: MeasureRequest, { problem }: StoredState, { measured, overlap }: Found): string {
  const has = (name: string) => request.observables.includes(name);
  const { energy, vScore, marshallSign, renyiEntropy, structureFactor, byDistance, dimers } = measured;
  const numbers = pairTable([
    ['energy per site', has('energy') ? `${textOf(energy)}   S·S units` : undefined],
    ['V-score', has('energy') ? vScore.toExponential(2) : undefined],
    ['Marshall sign', has('marshall') ? (marshallSign ? textOf(marshallSign) : 'not bipartite') : undefined],
    [
      'Rényi-2 entropy',
      has('renyi') ? `${textOf({ ...renyiEntropy, mean: renyiEntropy.value })} nats` : undefined,
    ],
    ['fidelity', overlap ? textOf(overlap) : undefined],
  ]);
  const isChain = problem.lattice.shape.length === 1;
  const table = (
    names: readonly [string, string, string],
    rows: readonly (readonly [number, number, Mean])[],
  ) =>
    textTable(
      [names[0], ...(isChain ? [] : [names[1]]), names[2]],
      rows.map(([x, y, value]) => [x, ...(isChain ? [] : [y]), textOf(value)]),
    );
  const point = <T extends { readonly value: number; readonly standardError: number }>(row: T): Mean => ({
    mean: row.value,
    standardError: row.standardError,
  });
  return [
    problem.hamiltonian.name,
    ...(numbers ? [numbers] : []),
    ...(has('structure-factor')
      ? [
          '',
          table(
            ['kx', 'ky', 'S(k)'],
            structureFactor.map((row) => [row.kx, row.ky, point(row)]),
          ),
        ]
      : []),
    ...(has('correlations')
      ? [
          '',
          table(
            ['dx', 'dy', '⟨S·S⟩'],
            byDistance.map((row) => [row.dx, row.dy, point(row)]),
          ),
        ]
      : []),
    ...(has('dimers')
      ? [
          '',
          textTable(
            ['i', 'j', '⟨SᶻSᶻ⟩', 'connected with the first'],
            dimerRows(dimers).map(({ i, j, mean, connected }) => [
              i,
              j,
              mean.toFixed(6),
              connected.toFixed(6),
            ]),
          ),
        ]
      : []),
  ].join('\n');
}

/** With its error, or with the digits of a full sum. */
function textOf(value: Mean): string {
  return value.standardError > 0
    ? formatEstimate(value as Parameters<typeof formatEstimate>[0])
    : value.mean.toFixed(7);
}
