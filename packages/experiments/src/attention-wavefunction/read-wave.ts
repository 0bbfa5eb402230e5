import type { PlainData } from '@spinformer/numerics';
import { dispose, treeFromPlain } from '@spinformer/tensor';
import { type FrozenState, freezeAttention, type TransformerParameters } from '@spinformer/transformer-vqs';
import { magnet, optimizerOptions } from '../shared/magnets/magnet-settings.ts';
import { type MeasuredEnergy, measureEnergy } from '../shared/magnets/measure-energy.ts';
import { type OptimizedWave, optimizeWave } from '../shared/magnets/optimize-phase.ts';
import { spinConfigurations } from '../shared/magnets/spin-configurations.ts';
import type { PhaseTick } from '../shared/phases.ts';
import type { AttentionWavefunctionConfig } from './attention-wavefunction-config.ts';
import type { WaveReading } from './attention-wavefunction-products.ts';
import { comparedWave, hasQueriesAndKeys } from './compared-wave.ts';
import { headMaps } from './read-attention.ts';
import type { WaveTask } from './train-wave.ts';

/**
 * Looks at an optimised network: its energy, its attention maps, and its energy when attention no longer sees the
 * configuration, at once and after some more steps.
 *
 * @param trained what `trainWave` made of the same task
 * @returns ticks; then what was found
 */
export async function* readWave(
  task: WaveTask,
  trained: OptimizedWave,
): AsyncGenerator<PhaseTick, WaveReading> {
  const { config, attention, rng, resume } = task;
  const hamiltonian = magnet(config, config.j2);
  const wave = comparedWave(config, attention);
  const parameters = treeFromPlain(trained.parameters) as TransformerParameters;
  const chance = rng.fork('configurations');
  const spins = spinConfigurations(hamiltonian, wave, parameters, trained.chains, config.lookSamples, chance);
  const samples = finalSamples(config);
  const final = await measureEnergy(hamiltonian, wave, parameters, samples, rng.fork('energy'));
  const maps = headMaps(wave, parameters, spins);
  const frozen = hasQueriesAndKeys(attention) ? freezeAttention(wave, parameters, spins) : undefined;
  dispose(parameters);
  if (!frozen) return { final, frozen: null, thawed: null, maps };
  const energies = yield* thaw(task, frozen, resume);
  dispose(frozen.parameters);
  return { final, ...energies, maps };
}

/** The energy of a network with frozen attention, before and after the steps it gets. */
async function* thaw(
  { config, rng }: WaveTask,
  { wave, parameters }: FrozenState,
  resume: PlainData | undefined,
): AsyncGenerator<PhaseTick, { readonly frozen: MeasuredEnergy; readonly thawed: MeasuredEnergy | null }> {
  const hamiltonian = magnet(config, config.j2);
  const samples = finalSamples(config);
  const frozen = await measureEnergy(hamiltonian, wave, parameters, samples, rng.fork('frozen'));
  if (config.frozenSteps === 0) return { frozen, thawed: null };
  const tuned = yield* optimizeWave({
    ...{ hamiltonian, wave, rng: rng.fork('thaw'), steps: config.frozenSteps, resume },
    options: { ...optimizerOptions(config), start: parameters },
  });
  const after = treeFromPlain(tuned.parameters) as TransformerParameters;
  const thawed = await measureEnergy(hamiltonian, wave, after, samples, rng.fork('thawed'));
  dispose(after);
  return { frozen, thawed };
}

function finalSamples({ samples, finalSamples: most }: AttentionWavefunctionConfig): number | 'all' {
  return samples === 0 ? 'all' : most;
}
