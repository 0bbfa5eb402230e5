import type { Figure } from '../../experiment.ts';
import { type HeatmapPanel, heatmapPanels, heatmapTable } from '../../shared/figures/heatmap-panels.ts';
import { fullEncoders, fullFit } from '../mapping-findings.ts';
import type { EncoderFit, MappingResult } from '../mapping-result.ts';

/** Encoders that are shown: more would make the panels unreadable. */
const SHOWN = 3;

/** |J|, the factored layer's |A| and the heads of standard encoders that agree best with them. */
export function mapsFigure(result: MappingResult): Figure {
  const { siteCouplings, sites } = result;
  const learned = fullFit(result, 'learned').siteCouplings;
  const encoders = fullEncoders(result);
  const chosen = encoders.length <= SHOWN ? encoders : [...encoders.slice(0, SHOWN - 1), encoders.at(-1)!];
  const panels = [
    { ...panel('|J|, drawn', siteCouplings, sites), rowLabel: 'site i' },
    panel('|A|, factored', learned, sites),
    ...chosen.map((fit) => bestHead(fit, sites)),
  ];
  return {
    id: 'attention-maps',
    title: 'Where attention looks, beside the couplings',
    caption:
      'Each panel is scaled to its largest entry; rows are the sites that look. Of each standard encoder the head whose mean attention at ' +
      'masked sites correlates best with |J| is shown; the correlation r stands above it.',
    table: heatmapTable(panels),
    options: (plot) =>
      heatmapPanels(plot, panels, {
        scale: 'sequential',
        legend: 'share of the panel’s largest entry',
        width: 1120,
      }),
  };
}

function bestHead(fit: EncoderFit, sites: number): HeatmapPanel {
  const best = fit.agreement.reduce((at, value, k) => (value > fit.agreement[at] ? k : at), 0);
  const map = fit.maps.slice(best * sites * sites, (best + 1) * sites * sites);
  return panel(`${fit.layers}×${fit.heads}: r = ${fit.agreement[best].toFixed(2)}`, map, sites);
}

function panel(title: string, matrix: Float64Array, sites: number): HeatmapPanel {
  const values = matrix.map((value, k) => (k % (sites + 1) === 0 ? Number.NaN : Math.abs(value)));
  const most = values.reduce((max, value) => Math.max(max, Number.isNaN(value) ? 0 : value), 0) || 1;
  for (let k = 0; k < values.length; k++) values[k] /= most;
  return { title, values, rows: sites, columns: sites, columnLabel: 'site j' };
}
