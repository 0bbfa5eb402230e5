import { CURVE_COLUMNS } from '../../shared/magnets/optimize-phase.ts';
import type { ComparedAttention } from '../attention-wavefunction-config.ts';
import type { AttentionWavefunctionResult } from '../attention-wavefunction-result.ts';
import { attentionName } from '../compared-wave.ts';

/** One point of an optimisation. */
export interface CurvePoint {
  readonly [key: string]: number | string;
  readonly attention: string;
  readonly kind: ComparedAttention;
  readonly start: number;
  readonly step: number;
  readonly energy: number;
  /** (E − E₀)/|E₀|. */
  readonly relativeError: number;
}

/** Every tick of every optimisation. */
export function curvePoints({ waves, exactEnergy }: AttentionWavefunctionResult): CurvePoint[] {
  return waves.flatMap(({ attention, runs }) =>
    runs.flatMap(({ seed, curve }) =>
      Array.from({ length: curve.length / CURVE_COLUMNS }, (_, k) => ({
        ...{ attention: attentionName(attention), kind: attention, start: seed },
        step: curve[CURVE_COLUMNS * k],
        energy: curve[CURVE_COLUMNS * k + 1],
        relativeError: (curve[CURVE_COLUMNS * k + 1] - exactEnergy) / Math.abs(exactEnergy),
      })),
    ),
  );
}
