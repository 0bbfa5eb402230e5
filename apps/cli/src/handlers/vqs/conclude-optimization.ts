import { formatEstimate, type Rng } from '@spinformer/numerics';
import { dispose } from '@spinformer/tensor';
import {
  type AttentionMap,
  attentionWeights,
  dependsOnContent,
  encodeParameters,
  measureState,
  parametersFromVmcState,
  type StateMeasurement,
  type TransformerParameters,
} from '@spinformer/transformer-vqs';
import { displacementMaps } from '../../figures/vqs-attention-figure.ts';
import { structureFactorFigure } from '../../figures/vqs-correlation-figures.ts';
import { energyErrorFigure, energyFigure } from '../../figures/vqs-energy-figures.ts';
import { WAVE_ARTIFACT } from '../../models/wave-function-file.ts';
import { renderSection } from '../../report/render-section.ts';
import type { ReportNumber, ReportSection } from '../../report/report.ts';
import { runReference } from '../../run/program-name.ts';
import { readMetrics, thinOut } from '../../run/read-metrics.ts';
import type { RunDirectory } from '../../run/run-directory.ts';
import type { Conclusion } from '../../run/run-plan.ts';
import { pairTable } from '../../terminal/text-table.ts';
import { drawFrom } from './draw-from.ts';
import { correlationPart, MEASURING, measuringSamples } from './measuring.ts';
import type { SpinProblem } from './spin-problem.ts';
import type { OptimizeTick } from './vmc-ticks.ts';
import type { ChosenWave } from './wave-of-options.ts';

/** An optimisation that has come to its end. */
export interface Optimization {
  readonly last: OptimizeTick;
  readonly run: RunDirectory;
  readonly problem: SpinProblem;
  readonly chosen: ChosenWave;
  readonly samples: number | 'all';
  readonly rng: Rng;
  /** Exact energy per site, where it is known. */
  readonly exact: number | undefined;
  readonly memoryBudget: number;
}

interface Outcome extends Optimization {
  readonly measured: StateMeasurement;
  readonly maps: readonly AttentionMap[];
  readonly relativeError?: number;
}

/** Writes the wave function, its pictures and the report of an optimisation; measures its energy anew. */
export async function concludeOptimization(optimization: Optimization): Promise<Conclusion> {
  const { last, run, problem, chosen, exact } = optimization;
  const parameters = parametersFromVmcState(chosen.wave, last.state);
  try {
    run.write(WAVE_ARTIFACT, encodeParameters(chosen.base, parameters));
    const measured = await measure(optimization, parameters);
    const relativeError = exact === undefined ? undefined : Math.abs(measured.energy.mean / exact - 1);
    const maps = mapsOf(optimization, parameters);
    const outcome = {
      ...optimization,
      measured,
      maps,
      ...(relativeError === undefined ? {} : { relativeError }),
    };
    const section = await renderSection(run, sectionOf(outcome));
    return {
      result: resultOf(outcome),
      report: {
        title: `A transformer wave function: ${problem.hamiltonian.name}`,
        headline: headlineOf(outcome),
        introduction: [
          'A transformer reads the configuration of spins patch by patch, and gives the logarithm of its amplitude. Its parameters move so that the energy falls as fast as the geometry of quantum states allows (stochastic reconfiguration). In factored attention where a patch looks depends on displacement alone: there are no queries and keys.',
        ],
        sections: [section],
      },
      table: tableOf(outcome),
      next: [`vqs measure ${runReference(run.path)}`],
    };
  } finally {
    dispose(parameters);
  }
}

function measure(
  { problem, chosen, samples, rng, memoryBudget }: Optimization,
  parameters: TransformerParameters,
): Promise<StateMeasurement> {
  return measureState(problem.hamiltonian, chosen.wave, parameters, {
    rng: rng.fork('measurement'),
    ...measuringSamples(samples),
    ...{ memoryBudget, totalSz: problem.model.totalSz, correlations: correlationPart(problem, samples) },
  });
}

/** Attention maps, where they depend on the configuration averaged over some of |ψ|². */
function mapsOf(
  { problem, chosen, rng }: Optimization,
  parameters: TransformerParameters,
): readonly AttentionMap[] {
  if (!dependsOnContent(chosen.base.architecture.attention)) return attentionWeights(chosen.base, parameters);
  const options = { samples: MEASURING.maps, rng: rng.fork('maps') };
  return attentionWeights(chosen.base, parameters, drawFrom(problem, chosen.wave, parameters, options));
}

function resultOf({ last, measured, exact, relativeError, chosen }: Outcome) {
  const { mean, standardError } = measured.energy;
  return {
    energyPerSite: { mean, standardError },
    ...(exact === undefined ? {} : { exactEnergyPerSite: exact, relativeError }),
    vScore: measured.vScore,
    parameters: chosen.base.parameterCount,
    steps: last.step,
  };
}

function headlineOf({ measured, exact, relativeError }: Outcome): string {
  const energy = energyText(measured);
  return exact === undefined
    ? `The energy per site is ${energy}, with a V-score of ${measured.vScore.toExponential(1)}.`
    : `The energy per site is ${energy}, the exact one ${exact.toFixed(7)}: a relative error of ${relativeError?.toExponential(1)}.`;
}

/** With its error, or with the digits of a full sum. */
function energyText({ energy }: StateMeasurement): string {
  return energy.standardError > 0 ? formatEstimate(energy) : energy.mean.toFixed(7);
}

function sectionOf(outcome: Outcome): ReportSection {
  const { run, problem, samples, measured, maps, exact, relativeError } = outcome;
  const points = thinOut(readMetrics(run.path), 600).map(({ step, energyPerSite, standardError }) => ({
    step,
    energy: energyPerSite,
    standardError,
  }));
  const isWhole = correlationPart(problem, samples) === 'heisenberg';
  const note = { symbol: isWhole ? '⟨S·S⟩' : '3⟨SᶻSᶻ⟩' };
  return {
    id: 'optimization',
    title: 'Optimisation',
    findings: [
      { text: headlineOf(outcome), values: { energy: measured.energy.mean } },
      ...(relativeError === undefined
        ? []
        : [
            {
              text: `The V-score is ${measured.vScore.toExponential(1)}; it is 0 for an eigenstate.`,
              values: { relativeError },
            },
          ]),
    ],
    figures: [
      energyFigure(points, exact),
      ...(exact === undefined ? [] : [energyErrorFigure(points, exact)]),
      displacementMaps(maps),
      structureFactorFigure(measured.structureFactor, problem.lattice, note),
    ],
    numbers: numbersOf(outcome),
  };
}

function numbersOf({ last, measured, maps, exact, relativeError, chosen, problem }: Outcome): ReportNumber[] {
  const { energy, vScore, marshallSign, renyiEntropy } = measured;
  const inputDependence = Math.max(...maps.flatMap((map) => [...map.inputDependence]));
  return [
    { name: 'Model', value: problem.hamiltonian.name },
    { name: 'Wave function', value: chosen.wave.name },
    { name: 'Parameters', value: chosen.base.parameterCount },
    { name: 'Energy per site', value: energyText(measured), unit: 'S·S units' },
    { name: 'The same in Pauli matrices', value: (4 * energy.mean).toFixed(6), unit: 'as NetKet writes it' },
    ...(exact === undefined ? [] : [{ name: 'Exact energy per site', value: exact.toFixed(9) }]),
    ...(relativeError === undefined
      ? []
      : [{ name: 'Relative error', value: relativeError.toExponential(2) }]),
    { name: 'V-score', value: vScore.toExponential(2) },
    { name: 'Steps', value: last.step },
    ...(marshallSign ? [{ name: 'Marshall sign', value: formatSign(marshallSign) }] : []),
    { name: 'Rényi-2 entropy of one half', value: renyiEntropy.value.toFixed(4), unit: 'nats' },
    {
      name: 'Largest dependence of attention on the input',
      value: inputDependence.toPrecision(2),
      unit: 'R = Σ variance/Σ mean²',
    },
  ];
}

function formatSign(sign: NonNullable<StateMeasurement['marshallSign']>): string {
  return sign.standardError > 0 ? formatEstimate(sign) : sign.mean.toFixed(5);
}

function tableOf({ last, measured, exact, relativeError, chosen, problem }: Outcome): string {
  return pairTable([
    ['energy per site', `${energyText(measured)}   S·S units`],
    ['exact', exact?.toFixed(9)],
    ['relative error', relativeError?.toExponential(2)],
    ['V-score', measured.vScore.toExponential(2)],
    ['steps', last.step],
    ['parameters', chosen.base.parameterCount],
    ['wave function', chosen.wave.name],
    ['model', problem.hamiltonian.name],
  ]);
}
