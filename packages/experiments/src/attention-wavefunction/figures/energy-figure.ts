import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { palette } from '../../shared/palette.ts';
import { attentionColour } from '../attention-style.ts';
import type { AttentionWavefunctionResult } from '../attention-wavefunction-result.ts';
import { attentionName } from '../compared-wave.ts';
import { type CurvePoint, curvePoints } from './curve-points.ts';

/** Energies above zero, of the first steps, are cut off. */
const HIGHEST = 0;

/** Energy against steps with the exact line. */
export function energyFigure(result: AttentionWavefunctionResult): Figure {
  const { magnet, j2, exactEnergy } = result;
  const table = curvePoints(result);
  return {
    id: 'energy-steps',
    title: 'The energy falls towards the exact one, with and without queries and keys',
    caption:
      `Energy per site of the ${magnet} at J2 = ${j2} against steps, every start a line; the dashed line is the exact ` +
      `ground state, ${exactEnergy.toFixed(6)}. Energies above ${HIGHEST} are drawn at the edge.`,
    table,
    options: (plot) => energyOptions(plot, result, table),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function energyOptions(plot: any, result: AttentionWavefunctionResult, table: readonly CurvePoint[]) {
  const { exactEnergy, waves } = result;
  const margin = 0.06 * Math.abs(exactEnergy);
  const sampled = Math.min(exactEnergy, ...table.map(({ energy }) => energy));
  return {
    ...{ ...frame, width: 760, height: 440, marginTop: 46 },
    x: { label: 'step', labelAnchor: 'center', labelArrow: 'none' },
    y: {
      ...{ label: 'energy per site (J1)', labelAnchor: 'center', labelArrow: 'none', grid: true },
      ...{ domain: [Math.max(sampled, 1.2 * exactEnergy) - margin, HIGHEST], clamp: true },
    },
    marks: [
      plot.line(table, {
        ...{ x: 'step', y: 'energy', z: ({ kind, start }: CurvePoint) => `${kind} ${start}` },
        ...{ stroke: ({ kind }: CurvePoint) => attentionColour(kind), strokeWidth: 1.6, strokeOpacity: 0.85 },
      }),
      plot.ruleY([exactEnergy], { stroke: palette.truth, strokeDasharray: '6 4' }),
      ...keyRow(plot, [
        ...waves.map(({ attention }) => ({
          label: attentionName(attention),
          colour: attentionColour(attention),
        })),
        { label: 'exact', colour: palette.truth },
      ]),
    ],
  };
}
