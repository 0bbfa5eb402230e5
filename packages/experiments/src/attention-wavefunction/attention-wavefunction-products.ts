import type { PlainData } from '@spinformer/numerics';
import type { MeasuredEnergy } from '../shared/magnets/measure-energy.ts';
import type { OptimizedWave } from '../shared/magnets/optimize-phase.ts';
import type { Products } from '../shared/phases.ts';
import type { HeadMap } from './attention-wavefunction-result.ts';

/** What the final look at a network finds. */
export interface WaveReading {
  readonly [key: string]: PlainData;
  readonly final: MeasuredEnergy;
  /** Null where nothing is to freeze. */
  readonly frozen: MeasuredEnergy | null;
  readonly thawed: MeasuredEnergy | null;
  readonly maps: readonly HeadMap[];
}

/** What the phases of the study make, each under its id; networks in the order of the attentions, starts within. */
export interface AttentionWavefunctionProducts extends Products {
  readonly exact: { readonly energyPerSite: number };
  readonly waves: readonly OptimizedWave[];
  readonly readings: readonly WaveReading[];
}
