import type { Figure } from '@spinformer/experiments';
import { type ScatterPoint, scatterPlot } from '@spinformer/experiments/figures';
import { SERIES_COLOURS } from './contact-figures.ts';

/** Scores of one model on the pairs that all have. */
export interface NamedScores {
  readonly name: string;
  /** [pairs]. */
  readonly scores: Float64Array;
}

/** Contact scores of the first model against those of each other. */
export function scoreScatter(models: readonly NamedScores[], correlations: readonly number[]): Figure {
  const [first, ...others] = models;
  const points: ScatterPoint[] = others.flatMap(({ name, scores }) =>
    Array.from(scores, (y, k) => ({ series: name, x: first.scores[k], y })),
  );
  const values = points.flatMap(({ x, y }) => [x, y]);
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [0, 0]);
  const margin = 0.04 * (high - low || 1);
  const told = others.map(({ name }, k) => `${name}: ${correlations[k].toFixed(4)}`).join(', ');
  return {
    id: 'scores',
    title: 'Contact scores of the models',
    caption: `One point for each pair of sites; the dashed line is equality. Correlation with ${first.name} (Pearson): ${told}.`,
    table: points.map((point) => ({ ...point })),
    options: (plot) =>
      scatterPlot(plot, points, {
        x: `score, ${first.name}`,
        y: others.length === 1 ? `score, ${others[0].name}` : 'score of the other model',
        series: others.map(({ name }, k) => ({
          label: name,
          colour: SERIES_COLOURS[(k + 1) % SERIES_COLOURS.length],
        })),
        domain: [low - margin, high + margin],
        radius: 2.4,
      }),
  };
}
