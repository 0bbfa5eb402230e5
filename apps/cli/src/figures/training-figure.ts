import type { Figure } from '@spinformer/experiments';

/** One line of the course of a computation. */
export interface CoursePoint {
  readonly step: number;
  readonly value: number;
  readonly series: string;
}

/** How a loss or an objective fell, with the value that it cannot go below where that is known. */
export function courseFigure(options: {
  readonly points: readonly CoursePoint[];
  readonly title: string;
  readonly caption: string;
  /** With its unit. */
  readonly label: string;
  readonly floor?: { readonly value: number; readonly name: string };
}): Figure {
  const { points, title, caption, label, floor } = options;
  const last = points.at(-1)?.step ?? 1;
  return {
    id: 'course',
    title,
    caption,
    table: points.map((point) => ({ ...point })),
    options: (plot) => ({
      width: 620,
      height: 340,
      marginLeft: 90,
      marginBottom: 45,
      marginRight: 30,
      style: { fontSize: '12px', background: 'white' },
      x: { label: 'step', labelAnchor: 'center', labelArrow: 'none' },
      y: { label, labelAnchor: 'center', labelArrow: 'none', grid: true, zero: false },
      color: {
        legend: new Set(points.map(({ series }) => series)).size > 1,
        range: ['#0072b2', '#d55e00', '#009e73'],
      },
      marks: [
        ...(floor
          ? [
              plot.ruleY([floor.value], { stroke: '#555', strokeDasharray: '5 4' }),
              plot.text([floor], {
                x: last,
                y: 'value',
                text: 'name',
                dy: 10,
                textAnchor: 'end',
                fill: '#555',
              }),
            ]
          : []),
        plot.line(points, { x: 'step', y: 'value', stroke: 'series', strokeWidth: 2 }),
      ],
    }),
  };
}
