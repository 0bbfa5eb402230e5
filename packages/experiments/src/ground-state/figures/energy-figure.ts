import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { palette } from '../../shared/palette.ts';
import type { CouplingPoint, ExactPoint, GroundStateResult } from '../ground-state-result.ts';

/** Energy against J2 beside exact ones. */
export function energyFigure({ magnet, points, curve }: GroundStateResult): Figure {
  return {
    id: 'energy-coupling',
    title: 'The energy of the ground state at every coupling',
    caption:
      `Energy per site of the ${magnet} against J2: exact (line) and of the network, trained anew at every coupling ` +
      '(dots, with bars of two standard errors where energies are sampled).',
    table: points.map(({ j2, found, exactEnergy, vScore, relativeError }) => ({
      ...{ j2, energyPerSite: found.energyPerSite, standardError: found.energyError, exactEnergy },
      ...{ relativeError, vScore },
    })),
    options: (plot) => energyOptions(plot, points, curve),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function energyOptions(plot: any, points: readonly CouplingPoint[], curve: readonly ExactPoint[]) {
  const exact =
    curve.length > 0
      ? curve.map((point) => ({ j2: point.j2, energy: point.exact.energyPerSite }))
      : points.map(({ j2, exactEnergy }) => ({ j2, energy: exactEnergy }));
  const low = ({ found }: CouplingPoint) => found.energyPerSite - 2 * found.energyError;
  const high = ({ found }: CouplingPoint) => found.energyPerSite + 2 * found.energyError;
  return {
    ...{ ...frame, width: 720, height: 420, marginTop: 46 },
    x: { label: 'J2 / J1', labelAnchor: 'center', labelArrow: 'none', inset: 8 },
    y: { label: 'energy per site (J1)', labelAnchor: 'center', labelArrow: 'none', grid: true, inset: 8 },
    marks: [
      plot.line(exact, {
        ...{ x: 'j2', y: 'energy', sort: 'j2', stroke: palette.truth, strokeDasharray: '6 4' },
      }),
      plot.ruleX(points, { x: 'j2', y1: low, y2: high, stroke: palette.attention, strokeWidth: 1.5 }),
      plot.dot(points, {
        ...{ x: 'j2', y: ({ found }: CouplingPoint) => found.energyPerSite, fill: palette.attention, r: 4.5 },
      }),
      ...keyRow(plot, [
        { label: 'exact', colour: palette.truth },
        { label: 'network', colour: palette.attention },
      ]),
    ],
  };
}
