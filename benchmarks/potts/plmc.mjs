import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inferCouplings, pseudolikelihood, readPlmcParameters, sequenceWeightsFast } from '@spinformer/potts';
import { WasmRuntime } from '@spinformer/tensor/wasm';
import { family } from '../shared/families.mjs';
import { findProgram } from '../shared/find-program.mjs';
import { measure, measureProgram } from '../shared/measure.mjs';
import { plainFasta } from '../shared/plain-fasta.mjs';
import { row, seconds } from '../shared/report.mjs';

/** Families with plmc's settings, and plmc64's objective after a hundred iterations where plmc itself is not there. */
const PROBLEMS = [
  {
    name: 'DHFR',
    file: 'dhfr/DHFR.a2m',
    reading: { focus: 'DYR_ECOLI', gaps: 'ignore' },
    penalties: { fieldPenalty: 0.01, couplingPenalty: 16 },
    flags: ['-g', '-f', 'DYR_ECOLI'],
    objective: 165_888.7,
  },
  {
    name: 'PF00014',
    file: 'pf00014/PF00014_mgap6.fasta.gz',
    reading: { gaps: 'state' },
    penalties: { fieldPenalty: 0.01, couplingPenalty: 10.4 },
    flags: [],
    objective: 265_955,
  },
];

/** plmc's own table: seconds per iteration, an evaluation and L-BFGS's vectors together. */
function perIteration(output) {
  const rows = output
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter((numbers) => numbers.length === 6 && numbers.every(Number.isFinite));
  const [first] = rows;
  const last = rows.at(-1);
  return (last[1] - first[1]) / (last[0] - first[0]);
}

/** One run of plmc over a hundred iterations, and the float64 objective of the parameters that it leaves. */
async function runPlmc(program, problem, data, file, threads) {
  const folder = mkdtempSync(join(tmpdir(), 'plmc-'));
  try {
    const parameters = join(folder, 'parameters');
    const { penalties, flags } = problem;
    const numbers = ['-le', penalties.couplingPenalty, '-lh', penalties.fieldPenalty, '-m', 100, '-t', 0.2];
    const given = [...numbers, '-n', threads, ...flags, '-o', parameters, file].map(String);
    const { wall, cpu, output } = await measureProgram(program, given);
    if (!existsSync(parameters)) return undefined;
    const { model } = readPlmcParameters(readFileSync(parameters));
    return { wall, cpu, iteration: perIteration(output), ...pseudolikelihood(model, data, penalties) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Our fit from nothing until the objective is as low as `goal`. */
async function fitTo(goal, data, penalties, threads) {
  const runtime = new WasmRuntime({ threads });
  const fit = async () => {
    for await (const { metrics, status } of inferCouplings(data, { ...penalties, tolerance: 0, runtime }))
      if (metrics.objective <= goal || status !== 'running') return metrics;
  };
  const { value, wall, cpu } = await measure(fit);
  runtime.stop();
  return { ...value, wall, cpu };
}

/** Whole symmetric fits to plmc's objective after a hundred iterations, and the time of one evaluation in them. */
export async function* plmcCase() {
  const programs = [
    ['plmc, 64 bit', findProgram('plmc64', 'SPINFORMER_PLMC64')],
    ['plmc, 32 bit', findProgram('plmc', 'SPINFORMER_PLMC')],
  ].filter(([, program]) => program);
  for (const problem of PROBLEMS) {
    const { file, alignment } = await family(problem.file, problem.reading);
    const data = { ...alignment, weights: sequenceWeightsFast(alignment) };
    for (const threads of [1, 2]) {
      let goal = problem.objective;
      const peers = [];
      for (const [name, program] of programs) {
        const result = await runPlmc(program, problem, data, plainFasta(file), threads);
        if (!result) continue;
        peers.push({ name, ...result });
        goal = peers[0].objective;
      }
      const ours = await fitTo(goal, data, problem.penalties, threads);
      const time = (of) => (threads === 1 ? of.cpu : of.wall);
      const what = `${problem.name}, symmetric pseudo-likelihood to ${goal.toFixed(1)}, ${threads} thread${threads > 1 ? 's, wall' : ''}`;
      const said = `${seconds(time(ours))}, ${ours.evaluations} evaluations`;
      if (peers.length === 0) yield row(what, said);
      for (const peer of peers) {
        const reached = `${peer.name}: ${seconds(time(peer))} to ${peer.objective.toFixed(1)}`;
        yield row(what, said, reached, time(peer) / time(ours));
        const each = ours.wall / ours.evaluations;
        const per = `${problem.name}, one evaluation with its share of L-BFGS, ${threads} thread${threads > 1 ? 's' : ''}`;
        yield row(per, seconds(each), `${peer.name}: ${seconds(peer.iteration)}`, peer.iteration / each);
      }
    }
  }
}
