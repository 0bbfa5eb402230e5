export { type ContactMap, contactMapPlot, type MapPair } from './shared/figures/contact-map.ts';
export { frame } from './shared/figures/frame.ts';
export {
  type HeatmapOptions,
  type HeatmapPanel,
  heatmapPanels,
  heatmapTable,
} from './shared/figures/heatmap-panels.ts';
export { type KeyEntry, keyMarks, keyRow } from './shared/figures/key.ts';
export {
  type PrecisionPlotOptions,
  type PrecisionSeries,
  precisionPlot,
  precisionTable,
} from './shared/figures/precision-plot.ts';
export type { Row } from './shared/figures/row.ts';
export { type ScatterLabels, type ScatterPoint, scatterPlot } from './shared/figures/scatter-plot.ts';
export { palette } from './shared/palette.ts';
