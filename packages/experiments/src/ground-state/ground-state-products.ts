import { type SpinHamiltonian, type TransformerState, transformerState } from '@spinformer/transformer-vqs';
import { magnet, networkSizes } from '../shared/magnets/magnet-settings.ts';
import type { OptimizedWave } from '../shared/magnets/optimize-phase.ts';
import type { Products } from '../shared/phases.ts';
import type { GroundStateConfig } from './ground-state-config.ts';
import type { StateReading, TunedPart } from './ground-state-result.ts';

/** What diagonalisation, or a table, says about one coupling. */
export type ExactReading = {
  readonly energyPerSite: number;
  readonly reading: StateReading | null;
};

/** What was measured of one optimised state. */
export type MeasuredReading = {
  readonly reading: StateReading;
  readonly vScore: number;
};

/** What the phases of the study make, each under its id, in the order of the couplings. */
export interface GroundStateProducts extends Products {
  readonly exact: readonly ExactReading[];
  /** At the couplings of {@link curveCouplings}; absent where that takes too long. */
  readonly curve: readonly ExactReading[];
  readonly states: readonly OptimizedWave[];
  readonly measured: readonly MeasuredReading[];
  /** In the order of {@link tunings}. */
  readonly tuned: readonly OptimizedWave[];
}

/** The magnet at one coupling, turned by the sign rule that the network is told there. */
export function magnetAt(config: GroundStateConfig, j2: number): SpinHamiltonian {
  return magnet({ ...config, signRule: signRuleAt(config, j2) }, j2);
}

/** The sign rule that the network is told at one coupling. */
export function signRuleAt({ signRule, stripeFrom }: GroundStateConfig, j2: number) {
  return stripeFrom !== undefined && j2 >= stripeFrom ? 'stripe' : signRule;
}

/** The network of a configuration. */
export function groundStateWave(config: GroundStateConfig): TransformerState {
  return transformerState({ ...networkSizes(config), attention: config.attention });
}

/** Evenly spaced couplings at which exact curves are drawn. */
export function curveCouplings({ couplings, exactPoints }: GroundStateConfig): number[] {
  const [low, high] = [Math.min(...couplings), Math.max(...couplings)];
  if (low === high) return [];
  return Array.from(
    { length: exactPoints },
    (_, k) => low + ((high - low) * k) / Math.max(1, exactPoints - 1),
  );
}

/** Every state that is carried to another coupling. */
export function tunings({ tuneTo }: GroundStateConfig): { readonly j2: number; readonly part: TunedPart }[] {
  return tuneTo.flatMap((j2) => (['head', 'all'] as const).map((part) => ({ j2, part })));
}
