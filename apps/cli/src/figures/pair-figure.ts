import type { Figure } from '@spinformer/experiments';
import { type HeatmapPanel, heatmapPanels, heatmapTable } from '@spinformer/experiments/figures';
import { logoMark } from './logo-figure.ts';
import type { LogoColumn } from './sequence-logo.ts';

/** The couplings of two sites, and how often each letter stands there. */
export interface PairPicture {
  /** J_ij(a, b), [states, states], in the zero-sum gauge. */
  readonly block: Float64Array;
  /** One per state. */
  readonly letters: readonly string[];
  /** Names of the two sites: `V13`. */
  readonly names: readonly [string, string];
  /** Absent where nothing is known of frequencies. */
  readonly logo?: readonly LogoColumn[];
  /** Where the frequencies come from. */
  readonly source: string;
}

const LOGO = { columnWidth: 56, gap: 60, top: 60 } as const;

/** One block of couplings as a heat map, with the logo of its two columns. */
export function pairFigure(picture: PairPicture): Figure {
  const { names, letters, block, logo, source } = picture;
  const panel: HeatmapPanel = {
    title: `${names[0]} and ${names[1]}`,
    values: block,
    rows: letters.length,
    columns: letters.length,
    rowNames: letters,
    columnNames: letters,
    rowLabel: `letter at ${names[0]}`,
    columnLabel: `letter at ${names[1]}`,
  };
  const beside = logo ? `, and the letters of the two sites, by information in bits; ${source}` : '';
  return {
    id: `pair-${names.join('-')}`,
    title: `How ${names[0]} and ${names[1]} are coupled`,
    caption: `Couplings J(a, b) in the zero-sum gauge, nats: red pairs of letters are favoured, blue ones avoided${beside}.`,
    table: heatmapTable([panel]),
    options: (plot) => {
      const map = heatmapPanels(plot, [panel], {
        scale: 'diverging',
        legend: 'coupling (nats)',
        width: 640,
      });
      if (!logo) return map;
      const most = Math.max(1, ...logo.map(({ bits }) => Math.ceil(bits)));
      const left = map.width + LOGO.gap;
      const extra = LOGO.gap + 2 * LOGO.columnWidth + 30;
      const height = map.height - LOGO.top - 70;
      return {
        ...map,
        width: map.width + extra,
        marginRight: map.marginRight + extra,
        marks: [
          ...map.marks,
          logoMark(logo, { left, top: LOGO.top, columnWidth: LOGO.columnWidth, height, most }),
        ],
      };
    },
  };
}
