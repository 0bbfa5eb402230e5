import type { Figure } from '../../experiment.ts';
import { type HeatmapPanel, heatmapPanels, heatmapTable } from '../../shared/figures/heatmap-panels.ts';
import type { AttentionWavefunctionResult, ComparedWave, HeadMap } from '../attention-wavefunction-result.ts';
import { attentionName, hasQueriesAndKeys } from '../compared-wave.ts';

/** Heads that fit beside one another. */
const SHOWN = 4;

/** The attention of every network's first start by displacement, one figure each. */
export function mapsFigures(result: AttentionWavefunctionResult): Figure[] {
  return result.waves.map((wave) => mapsFigure(wave, result.grid));
}

function mapsFigure(wave: ComparedWave, grid: readonly number[]): Figure {
  const content = hasQueriesAndKeys(wave.attention);
  const heads = strongestHeads(wave.runs[0].maps);
  const panels = heads.flatMap((head) => [
    panel(`layer ${head.layer + 1}, head ${head.head + 1}`, head.mean, grid),
    ...(content ? [panel('its spread', head.deviation, grid)] : []),
  ]);
  const signed = heads.some(({ mean }) => mean.some((weight) => weight < 0));
  return {
    id: `attention-maps-${wave.attention}`,
    title: `What a token takes of its neighbours: ${attentionName(wave.attention)}`,
    caption:
      'Attention weights by displacement of the tokens, mean over configurations and translations, of the first start; the ' +
      `token itself is at the centre. Up to ${SHOWN} heads with the largest weights are shown` +
      (content ? ', each beside its standard deviation over configurations.' : '.'),
    table: heatmapTable(panels),
    options: (plot) =>
      heatmapPanels(plot, panels, {
        scale: signed ? 'diverging' : 'sequential',
        legend: 'attention weight',
        width: Math.min(1280, 160 + (content ? 150 : 210) * panels.length),
      }),
  };
}

function strongestHeads(maps: readonly HeadMap[]): HeadMap[] {
  const strength = ({ mean }: HeadMap) => mean.reduce((sum, weight) => sum + weight * weight, 0);
  return [...maps]
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, SHOWN)
    .sort((a, b) => a.layer - b.layer || a.head - b.head);
}

/** A map with displacement zero in the middle. */
function panel(title: string, values: Float64Array, grid: readonly number[]): HeatmapPanel {
  const [rows, columns] = grid.length === 1 ? [1, grid[0]] : [grid[0], grid[1]];
  const [up, left] = [Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)];
  const centred = new Float64Array(values.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      centred[row * columns + column] =
        values[((row - up + rows) % rows) * columns + ((column - left + columns) % columns)];
  return {
    ...{ title, values: centred, rows, columns },
    rowNames: Array.from({ length: rows }, (_, row) => String(row - up).replace('-', '−')),
    columnNames: Array.from({ length: columns }, (_, column) => String(column - left).replace('-', '−')),
  };
}
