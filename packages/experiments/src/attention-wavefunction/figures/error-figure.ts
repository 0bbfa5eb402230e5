import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { logAxis } from '../../shared/figures/log-axis.ts';
import { attentionColour } from '../attention-style.ts';
import type { AttentionWavefunctionResult } from '../attention-wavefunction-result.ts';
import { attentionName } from '../compared-wave.ts';
import { type CurvePoint, curvePoints } from './curve-points.ts';

/** Relative errors below this are rounding. */
const ROUNDING = 1e-9;

/** Relative error of the energy against steps. */
export function errorFigure(result: AttentionWavefunctionResult): Figure {
  const table = curvePoints(result).filter(({ relativeError }) => relativeError > ROUNDING);
  return {
    id: 'error-steps',
    title: 'How far the energy still is from the exact one',
    caption:
      `Relative error (E − E₀)/|E₀| of the ${result.magnet} at J2 = ${result.j2} against steps, every start a line. ` +
      (result.sampled
        ? 'Energies are sampled: near the end a line may dip below its true height, and points below zero are left out.'
        : 'Energies are exact sums over all configurations.'),
    table,
    options: (plot) => errorOptions(plot, result, table),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function errorOptions(plot: any, { waves }: AttentionWavefunctionResult, table: readonly CurvePoint[]) {
  return {
    ...{ ...frame, width: 760, height: 440, marginLeft: 74, marginTop: 46 },
    x: { label: 'step', labelAnchor: 'center', labelArrow: 'none' },
    y: {
      ...{ label: 'relative error of the energy', labelAnchor: 'center', labelArrow: 'none' },
      ...logAxis(table.map(({ relativeError }) => relativeError)),
    },
    marks: [
      plot.line(table, {
        ...{ x: 'step', y: 'relativeError', z: ({ kind, start }: CurvePoint) => `${kind} ${start}` },
        ...{ stroke: ({ kind }: CurvePoint) => attentionColour(kind), strokeWidth: 1.6, strokeOpacity: 0.85 },
      }),
      ...keyRow(
        plot,
        waves.map(({ attention }) => ({
          label: attentionName(attention),
          colour: attentionColour(attention),
        })),
      ),
    ],
  };
}
