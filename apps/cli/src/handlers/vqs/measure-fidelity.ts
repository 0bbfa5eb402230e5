import type { Estimate, Rng } from '@spinformer/numerics';
import { dispose, type ParameterTree } from '@spinformer/tensor';
import {
  allSpins,
  amplitudeEvaluator,
  amplitudeTable,
  type ComparedState,
  drawSpins,
  fidelity,
  fullSum,
  movePairs,
  SpinChains,
  type WaveFunction,
} from '@spinformer/transformer-vqs';
import { UsageError } from '../../errors/usage-error.ts';
import { exactGroundState } from './exact-energy.ts';
import { loadState, type StoredState } from './load-state.ts';
import type { MeasureRequest } from './measure-request.ts';
import { MEASURING } from './measuring.ts';

interface State {
  readonly wave: WaveFunction<never>;
  readonly parameters: ParameterTree;
}

/**
 * |⟨ψ|φ⟩|² of a state with that of another run or with the exact ground state.
 * @throws {UsageError} when they cannot be compared
 */
export async function measureFidelity(
  state: StoredState,
  request: MeasureRequest,
  rng: Rng,
): Promise<Estimate> {
  const other = request.other === 'exact' ? exactState(state) : otherState(state, String(request.other));
  const compared = [state as unknown as State, other].map((one, k) =>
    sampled(state, one, request, rng.fork(k === 0 ? 'own' : 'other')),
  );
  try {
    return fidelity(compared[0], compared[1]);
  } finally {
    for (const { amplitudes } of compared) amplitudes.free();
    dispose(other.parameters);
  }
}

function otherState({ problem, run }: StoredState, reference: string): State {
  const other = loadState(reference);
  const [own, its] = [problem.model, other.problem.model];
  for (const key of ['lattice', 'size', 'open', 'signRule', 'totalSz'] as const)
    if (own[key] !== its[key])
      throw new UsageError(
        `--with ${reference}: its ${key} is ${its[key]}, that of ${run} ${own[key]}. Compare states of one basis.`,
      );
  return other as unknown as State;
}

function exactState({ problem }: StoredState): State {
  const spectrum = exactGroundState(problem);
  if (!spectrum)
    throw new UsageError(
      `--with exact: ${problem.lattice.name} is too large to be diagonalised in seconds. Compare with another run.`,
    );
  const { sites } = problem.lattice;
  const table = amplitudeTable(spectrum.basis.spins(), sites);
  const real = spectrum.amplitudes();
  const parameters = table.fromAmplitudes({ real, imaginary: new Float64Array(real.length) });
  return { wave: table as unknown as WaveFunction<never>, parameters };
}

function sampled(
  { problem }: StoredState,
  { wave, parameters }: State,
  request: MeasureRequest,
  rng: Rng,
): ComparedState {
  const { lattice, model } = problem;
  const amplitudes = amplitudeEvaluator(wave, parameters as never);
  const up = lattice.sites / 2 + model.totalSz;
  const { samples, chains = MEASURING.chains, sweeps, burnIn, rule = 'bonds' } = request.sampling;
  if (samples === 'all') return { amplitudes, samples: fullSum(amplitudes, allSpins(lattice.sites, up)) };
  const count = samples % chains === 0 ? chains : samples;
  const walkers = SpinChains.start(movePairs(lattice.sites, lattice.bonds, rule), count, up, rng);
  const settings = { draws: samples / count, sweeps, burnIn };
  return { amplitudes, samples: drawSpins(walkers, amplitudes, settings) };
}
