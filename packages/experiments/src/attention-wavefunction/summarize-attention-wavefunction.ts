import { magnetName } from '../shared/magnets/magnet-settings.ts';
import type { AttentionWavefunctionConfig, ComparedAttention } from './attention-wavefunction-config.ts';
import type { AttentionWavefunctionProducts } from './attention-wavefunction-products.ts';
import type {
  AttentionLook,
  AttentionWavefunctionResult,
  ComparedWave,
  WaveRun,
} from './attention-wavefunction-result.ts';
import { attentionName, comparedWave, hasQueriesAndKeys } from './compared-wave.ts';
import { amplitudeOperations, stepOperations } from './count-operations.ts';

/** Turns what the phases made into the study's result. */
export function summarizeAttentionWavefunction(
  products: AttentionWavefunctionProducts,
  config: AttentionWavefunctionConfig,
): AttentionWavefunctionResult {
  const { lattice, size, patch, j2, steps, frozenSteps } = config;
  const waves = config.attentions.map((attention, index) => compared(products, config, attention, index));
  return {
    ...{ magnet: magnetName(config), j2, patch, steps, frozenSteps, waves },
    grid: lattice === 'chain' ? [size / patch] : [size / patch, size / patch],
    exactEnergy: products.exact.energyPerSite,
    ferromagneticEnergy: (1 + j2) / (lattice === 'chain' ? 4 : 2),
    sampled: config.samples > 0,
    warnings: waves.flatMap(({ attention, runs }) =>
      runs
        .filter(({ status }) => status !== 'step-limit' && status !== 'converged')
        .map(
          ({ seed, status, remedy }) =>
            `${attentionName(attention)}, start ${seed}, ended as ${status}. ${remedy}`,
        ),
    ),
  };
}

function compared(
  products: AttentionWavefunctionProducts,
  config: AttentionWavefunctionConfig,
  attention: ComparedAttention,
  index: number,
): ComparedWave {
  const { repeats } = config;
  const exact = products.exact.energyPerSite;
  const trained = products.waves.slice(index * repeats, (index + 1) * repeats);
  const runs = trained.map((_, repeat) => runOf(products, index * repeats + repeat, repeat));
  const wave = comparedWave(config, attention);
  const operations = amplitudeOperations(wave.architecture, hasQueriesAndKeys(attention));
  const errors = runs.map(({ relativeError }) => relativeError);
  return {
    ...{ attention, runs, parameters: wave.parameterCount, amplitudeOperations: operations },
    stepOperations: meanOf(trained.map((one) => stepOperations(one, operations, wave.parameterCount))),
    relativeError: meanOf(errors),
    relativeErrorError: repeats > 1 ? standardError(errors) : runs[0].final.standardError / Math.abs(exact),
  };
}

function runOf(
  { exact, waves, readings }: AttentionWavefunctionProducts,
  at: number,
  repeat: number,
): WaveRun {
  const { curve, looks, status, remedy } = waves[at];
  const { final, frozen, thawed, maps } = readings[at];
  return {
    ...{ seed: repeat + 1, curve, looks: looksOf(looks), final, maps, status, remedy },
    relativeError: (final.energyPerSite - exact.energyPerSite) / Math.abs(exact.energyPerSite),
    ...(frozen && { frozen }),
    ...(thawed && { thawed }),
  };
}

function looksOf(rows: Float64Array): AttentionLook[] {
  return Array.from({ length: rows.length / 3 }, (_, k) => ({
    step: rows[3 * k],
    inputDependence: rows[3 * k + 1],
    positional: rows[3 * k + 2],
  }));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function standardError(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
