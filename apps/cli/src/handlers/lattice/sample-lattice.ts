import { type Estimate, encodeNpz, formatEstimate } from '@spinformer/numerics';
import { pottsSampleOptions } from '../../commands/potts-sample.ts';
import { prepareRuntime, rngOf } from '../../compute/prepare-compute.ts';
import { betaFigure, energyCourse, snapshotFigure } from '../../figures/lattice-figures.ts';
import { renderSection } from '../../report/render-section.ts';
import type { ReportSection } from '../../report/report.ts';
import { executeRun } from '../../run/execute-run.ts';
import { runConfig } from '../../run/run-config.ts';
import type { RunDirectory } from '../../run/run-directory.ts';
import type { Conclusion } from '../../run/run-plan.ts';
import { type CommandContext, optionsOf } from '../../spec/command-context.ts';
import { textTable } from '../../terminal/text-table.ts';
import { type LatticeProblem, type LatticeSampleOptions, latticeProblem } from './lattice-problem.ts';
import { type LatticeRecords, type LatticeTick, latticeTicks } from './lattice-ticks.ts';
import { type LatticeMeasurement, measureLattice } from './measure-lattice.ts';

const CITATIONS: Readonly<Record<string, string>> = {
  metropolis: 'metropolis1953',
  wolff: 'wolff1989',
  'swendsen-wang': 'swendsen1987',
};

/** R̂ below which chains are taken to agree. */
const AGREEING = 1.05;

/** `potts sample --lattice`: a run. */
export async function sampleLattice(context: CommandContext): Promise<number> {
  const options = optionsOf(context, pottsSampleOptions);
  const problem = latticeProblem(options);
  const { graph, chains, draws, coupling, betas } = problem;
  const ladder = betas.length > 1 ? ` ladders of ${betas.length} temperatures` : ' chains';
  const outline = `${graph.sites} sites of ${graph.states} states, K = ${coupling.toPrecision(6)}: ${draws} draws of ${chains}${ladder} by ${options.kernel}`;
  context.terminal.note(outline);
  const runtime = await prepareRuntime(context);
  const rng = await rngOf(context);
  return executeRun<LatticeRecords, LatticeTick>(context, {
    config: runConfig(context, { resolved: { chains, coupling } }),
    citations: [
      CITATIONS[options.kernel] ?? 'geman1984',
      ...(betas.length > 1 ? ['hukushima1996'] : []),
      ...['salmon2011philox', 'vehtari2021rhat'],
    ],
    outline: [outline],
    ticks: ({ resume }) => latticeTicks(problem, options, { runtime, rng, ...(resume ? { resume } : {}) }),
    describe: ({ draws: done, metrics }) => ({
      phase: done === 0 ? 'burning in' : 'sampling',
      fraction: done / draws,
      detail: `${done} of ${draws} draws · energy ${metrics.energy.toFixed(4)} per site`,
    }),
    conclude: async (last, run) => {
      const conclusion = await conclude(problem, options, last, run);
      warnOfDisagreement(context, conclusion.results, options);
      return conclusion;
    },
  });
}

async function conclude(
  problem: LatticeProblem,
  options: LatticeSampleOptions,
  last: LatticeTick,
  run: RunDirectory,
): Promise<Conclusion & { readonly results: readonly LatticeMeasurement[] }> {
  const { graph, coupling, critical, shape, chains } = problem;
  const records = last.state;
  const results = measureLattice(problem, records);
  const values = Uint8Array.from(last.values);
  run.write(
    'artifacts/configurations.npz',
    encodeNpz({ configurations: { shape: [problem.betas.length, chains, ...shape], data: values } }),
  );
  const section = await renderSection(run, sectionOf(problem, results, last, records));
  return {
    results,
    result: {
      ...{ sites: graph.sites, states: graph.states, coupling },
      ...(critical === undefined ? {} : { critical }),
      results: results.map(plainMeasurement),
    },
    report: {
      title: `A Potts model on a lattice of ${shape.join(' × ')} sites`,
      headline: `At K = ${coupling.toPrecision(5)} the energy per site is ${formatEstimate(results[0].energy)}.`,
      introduction: [
        'Neighbours that are in the same state gain K, in units of temperature. Errors are standard errors that take the correlation of draws into account; R̂ near 1 says that the chains agree.',
      ],
      sections: [section],
    },
    table: tableOf(results, options),
  };
}

/** Chains that have not forgotten where they began give wrong numbers with small errors. */
function warnOfDisagreement(
  { terminal }: CommandContext,
  results: readonly LatticeMeasurement[],
  { burnIn, every, kernel }: LatticeSampleOptions,
): void {
  const worst = worstOf(results);
  if (worst < AGREEING) return;
  const unit = kernel === 'wolff' ? ' (clusters, with wolff)' : '';
  terminal.warn(
    `the chains do not agree (R̂ = ${worst.toFixed(2)}), so the errors are not to be believed. Raise --burn-in (${burnIn}) and --every (${every})${unit}, or take --kernel swendsen-wang.`,
  );
}

function worstOf(results: readonly LatticeMeasurement[]): number {
  return Math.max(...results.map(({ energy }) => energy.rHat));
}

function sectionOf(
  problem: LatticeProblem,
  results: readonly LatticeMeasurement[],
  last: LatticeTick,
  records: LatticeRecords,
): ReportSection {
  const { graph, shape, chains, coupling, critical } = problem;
  const first = last.values.subarray(0, graph.sites);
  const point = (name: 'energy' | 'magnetization') =>
    results.map((one) => ({ beta: one.beta, value: one[name].mean, error: one[name].standardError }));
  const worst = worstOf(results);
  return {
    id: 'lattice',
    title: 'Lattice',
    findings: [
      {
        text: `The chains ${worst < AGREEING ? 'agree' : 'do not agree'}: R̂ of the energy is ${worst.toFixed(3)}${worst < AGREEING ? '' : '; sample longer, or use a cluster kernel'}.`,
        values: { rHat: worst },
      },
    ],
    figures: [
      ...(shape.length === 2 ? [snapshotFigure(first, shape, graph.states)] : []),
      ...(results.length > 1
        ? [
            betaFigure(point('energy'), { id: 'energy', title: 'Energy', label: 'energy per site' }),
            betaFigure(point('magnetization'), { id: 'order', title: 'Order', label: 'magnetisation' }),
          ]
        : [energyCourse(records.energies[0], chains, graph.sites)]),
    ],
    numbers: [
      { name: 'Sites', value: graph.sites },
      { name: 'Coupling', value: coupling },
      ...(critical === undefined ? [] : [{ name: 'Critical coupling', value: critical }]),
      ...results.flatMap(({ beta, energy, magnetization, heatCapacity, susceptibility }) => {
        const at = results.length > 1 ? ` at β = ${beta}` : '';
        return [
          { name: `Energy per site${at}`, value: formatEstimate(energy) },
          { name: `Magnetisation${at}`, value: formatEstimate(magnetization) },
          { name: `Heat capacity per site${at}`, value: formatEstimate(heatCapacity) },
          { name: `Susceptibility per site${at}`, value: formatEstimate(susceptibility) },
        ];
      }),
    ],
  };
}

function plainMeasurement({ beta, energy, magnetization, heatCapacity, susceptibility }: LatticeMeasurement) {
  const full = ({ mean, standardError, autocorrelationTime, rHat }: Estimate) => ({
    ...{ mean, standardError, autocorrelationTime, rHat },
  });
  const short = ({ mean, standardError }: Estimate) => ({ mean, standardError });
  return {
    beta,
    energy: full(energy),
    magnetization: full(magnetization),
    heatCapacity: short(heatCapacity),
    susceptibility: short(susceptibility),
  };
}

function tableOf(results: readonly LatticeMeasurement[], { every }: LatticeSampleOptions): string {
  const rows = results.map(({ beta, energy, magnetization, heatCapacity, susceptibility }) => [
    String(beta),
    formatEstimate(energy),
    formatEstimate(magnetization),
    formatEstimate(heatCapacity),
    formatEstimate(susceptibility),
    (energy.autocorrelationTime * every).toFixed(0),
    energy.rHat.toFixed(3),
  ]);
  return textTable(
    ['β', 'energy/site', 'order m', 'heat capacity', 'susceptibility', 'τ, sweeps', 'R̂'],
    rows,
  );
}
