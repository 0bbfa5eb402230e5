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
  const panels = grid.length === 1 ? chainPanels(heads, grid[0], content) : planePanels(heads, grid, content);
  const signed = heads.some(({ mean }) => mean.some((weight) => weight < 0));
  return {
    id: `attention-maps-${wave.attention}`,
    title: `What a token takes of its neighbours: ${attentionName(wave.attention)}`,
    caption:
      'Attention weights by displacement of the tokens, mean over configurations and translations, of the first start; the ' +
      `token itself is at 0. Up to ${SHOWN} heads with the largest weights are shown` +
      (content ? ', beside their standard deviations over configurations.' : '.'),
    table: heatmapTable(panels),
    options: (plot) =>
      heatmapPanels(plot, panels, {
        ...{ scale: signed ? 'diverging' : 'sequential', legend: 'attention weight', numbers: false },
        width: Math.min(1280, 170 + (grid.length === 1 ? 480 : content ? 150 : 210) * panels.length),
      }),
  };
}

/** One row per head, [heads, displacements]. */
function chainPanels(heads: readonly HeadMap[], columns: number, content: boolean): HeatmapPanel[] {
  const left = Math.floor((columns - 1) / 2);
  const panel = (title: string, read: (head: HeadMap) => Float64Array): HeatmapPanel => ({
    ...{ title, rows: heads.length, columns, columnLabel: 'displacement, tokens' },
    values: heads.flatMap((head) => [...centred(read(head), [columns])]),
    rowNames: heads.map(({ layer, head }) => `${layer + 1}.${head + 1}`),
    columnNames: Array.from({ length: columns }, (_, column) => signedText(column - left)),
  });
  const mean = { ...panel('mean weight', (head) => head.mean), rowLabel: 'layer.head' };
  return content ? [mean, panel('standard deviation', (head) => head.deviation)] : [mean];
}

function planePanels(heads: readonly HeadMap[], grid: readonly number[], content: boolean): HeatmapPanel[] {
  return heads.flatMap((head) => [
    planePanel(`layer ${head.layer + 1}, head ${head.head + 1}`, head.mean, grid),
    ...(content ? [planePanel('its deviation', head.deviation, grid)] : []),
  ]);
}

function strongestHeads(maps: readonly HeadMap[]): HeadMap[] {
  const strength = ({ mean }: HeadMap) => mean.reduce((sum, weight) => sum + weight * weight, 0);
  return [...maps]
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, SHOWN)
    .sort((a, b) => a.layer - b.layer || a.head - b.head);
}

function planePanel(title: string, values: Float64Array, grid: readonly number[]): HeatmapPanel {
  const [rows, columns] = grid;
  const [up, left] = [Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)];
  return {
    ...{ title, values: centred(values, grid), rows, columns },
    rowNames: Array.from({ length: rows }, (_, row) => signedText(row - up)),
    columnNames: Array.from({ length: columns }, (_, column) => signedText(column - left)),
  };
}

/** A map with displacement zero in the middle. */
function centred(values: Float64Array, grid: readonly number[]): Float64Array {
  const [rows, columns] = grid.length === 1 ? [1, grid[0]] : [grid[0], grid[1]];
  const [up, left] = [Math.floor((rows - 1) / 2), Math.floor((columns - 1) / 2)];
  return values.map((_, k) => {
    const row = (Math.floor(k / columns) - up + rows) % rows;
    return values[row * columns + (((k % columns) - left + columns) % columns)];
  });
}

function signedText(value: number): string {
  return String(value).replace('-', '−');
}
