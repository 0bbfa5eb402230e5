import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { logAxis } from '../../shared/figures/log-axis.ts';
import { palette } from '../../shared/palette.ts';
import type { GroundStateResult } from '../ground-state-result.ts';

/** One accuracy of one coupling. */
interface AccuracyRow {
  readonly [key: string]: number | string;
  readonly j2: number;
  readonly measure: string;
  readonly value: number;
}

const COLOURS: Readonly<Record<string, string>> = {
  'relative error': palette.attention,
  'V-score': palette.highlight,
};

/** Relative error and V-score against J2. */
export function errorFigure({ magnet, points }: GroundStateResult): Figure {
  const table = points
    .flatMap(({ j2, relativeError, vScore }): AccuracyRow[] => [
      { j2, measure: 'relative error', value: relativeError },
      { j2, measure: 'V-score', value: vScore },
    ])
    .filter(({ value }) => value > 0);
  return {
    id: 'error-coupling',
    title: 'Where the ground state is hard to find',
    caption:
      `Relative error (E − E₀)/|E₀| of the energy of the ${magnet}, and the V-score N·Var(H)/E², which needs no exact energy, ` +
      'against J2.',
    table,
    options: (plot) => ({
      ...{ ...frame, width: 720, height: 380, marginLeft: 74, marginTop: 46 },
      x: { label: 'J2 / J1', labelAnchor: 'center', labelArrow: 'none', inset: 8 },
      y: {
        ...{ label: 'relative error, V-score', labelAnchor: 'center', labelArrow: 'none' },
        ...logAxis(table.map(({ value }) => value)),
      },
      marks: [
        plot.line(table, { x: 'j2', y: 'value', z: 'measure', sort: 'j2', stroke: colour, strokeWidth: 1.4 }),
        plot.dot(table, { x: 'j2', y: 'value', fill: colour, r: 4.5 }),
        ...keyRow(
          plot,
          Object.entries(COLOURS).map(([label, value]) => ({ label, colour: value })),
        ),
      ],
    }),
  };
}

function colour({ measure }: AccuracyRow): string {
  return COLOURS[measure];
}
