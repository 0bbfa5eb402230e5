import type { PlainData, Rng } from '@spinformer/numerics';
import { dispose } from '@spinformer/tensor';
import { attentionWeights, parametersFromVmcState, type VmcTick } from '@spinformer/transformer-vqs';
import { magnet, optimizerOptions } from '../shared/magnets/magnet-settings.ts';
import { type OptimizedWave, optimizeWave } from '../shared/magnets/optimize-phase.ts';
import { spinConfigurations } from '../shared/magnets/spin-configurations.ts';
import type { PhaseTick } from '../shared/phases.ts';
import type { AttentionWavefunctionConfig, ComparedAttention } from './attention-wavefunction-config.ts';
import { comparedWave, hasQueriesAndKeys } from './compared-wave.ts';
import { inputDependence } from './read-attention.ts';

/** One network from one random start. */
export interface WaveTask {
  readonly config: AttentionWavefunctionConfig;
  readonly attention: ComparedAttention;
  readonly rng: Rng;
  readonly resume: PlainData | undefined;
}

/**
 * Optimises one network, and reads its attention on the way.
 *
 * @returns ticks; then the network, whose looks are rows of step, R and positional share
 */
export function trainWave(task: WaveTask): AsyncGenerator<PhaseTick, OptimizedWave> {
  const { config, attention, rng, resume } = task;
  const hamiltonian = magnet(config, config.j2);
  const wave = comparedWave(config, attention);
  const moments = lookSteps(config);
  const look = ({ step, state, status }: VmcTick): readonly number[] | undefined => {
    if (!moments.has(step) && status === 'running') return undefined;
    const parameters = parametersFromVmcState(wave, state);
    const chance = rng.fork(`look ${step}`);
    const spins = spinConfigurations(hamiltonian, wave, parameters, state.chains, config.lookSamples, chance);
    const { inputDependence: dependence, positional } = inputDependence(
      attentionWeights(wave, parameters, spins),
    );
    dispose(parameters);
    return [step, dependence, positional];
  };
  return optimizeWave({
    ...{ hamiltonian, wave, rng: rng.fork('optimisation'), steps: config.steps, resume },
    options: optimizerOptions(config),
    ...(hasQueriesAndKeys(attention) && { look }),
  });
}

/** Steps at which attention is read: denser at the start, where most happens. */
function lookSteps({ steps, looks }: AttentionWavefunctionConfig): ReadonlySet<number> {
  return new Set(Array.from({ length: looks }, (_, k) => Math.round(steps * (k / (looks - 1)) ** 2)));
}
