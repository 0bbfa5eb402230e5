import type { AttentionMaps } from '@spinformer/attention';
import type { Figure } from '@spinformer/experiments';

/** Maps that are drawn at most; tables have all. */
const SHOWN_MAPS = 12;

interface Cell {
  readonly layer: number;
  readonly head: number;
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/** Where each site looks, one small map for each head: none where there are no maps. */
export function attentionMapFigures(
  maps: AttentionMaps,
  options: { readonly siteNumbers?: Int32Array; readonly isSigned: boolean },
): Figure[] {
  const { layers, heads, sites } = maps;
  const shown = Math.min(SHOWN_MAPS, layers * heads);
  const cells = cellsOf(maps, options.siteNumbers);
  const drawn = cells.slice(0, shown * sites * sites);
  const columns = Math.min(shown, 3);
  const side = shown === 1 ? 440 : 250;
  const bound = drawn.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0) || 1;
  const domain = drawn.slice(0, sites).map(({ to }) => to);
  const title = (cell: Cell) => (layers > 1 ? `layer ${cell.layer}, head ${cell.head}` : `head ${cell.head}`);
  const every = Math.max(1, Math.ceil(sites / 10));
  const axis = { domain, ticks: domain.filter((_, k) => k % every === 0), tickSize: 0 };
  return [
    {
      id: 'maps',
      title: 'Where each site looks',
      caption: `Row i says how much site i takes from each other site, ${options.isSigned ? `from −${bound.toPrecision(3)} (blue) to ${bound.toPrecision(3)} (red)` : `from 0 to ${bound.toPrecision(3)} (dark)`}.${shown < layers * heads ? ` The first ${shown} of ${layers * heads} maps.` : ''}`,
      table: cells.map((cell) => ({ ...cell })),
      options: (plot) => ({
        width: columns * side + 70,
        height: Math.ceil(shown / columns) * side + 60,
        marginLeft: 45,
        marginTop: 35,
        style: { fontSize: '11px', background: 'white' },
        x: { ...axis, label: 'to site', labelArrow: 'none' },
        y: { ...axis, label: 'from site', labelArrow: 'none' },
        fx: { axis: null, padding: 0.08 },
        fy: { axis: null, padding: 0.12 },
        color: options.isSigned
          ? {
              type: 'diverging',
              scheme: 'RdBu',
              reverse: true,
              domain: [-bound, bound],
              pivot: 0,
            }
          : { scheme: 'Blues', domain: [0, bound] },
        marks: [
          plot.cell(drawn, {
            x: 'to',
            y: 'from',
            fill: 'weight',
            inset: 0,
            fx: (cell: Cell) => place(cell, heads) % columns,
            fy: (cell: Cell) => Math.floor(place(cell, heads) / columns),
          }),
          ...(shown === 1
            ? []
            : [
                plot.text(titles(drawn, sites), {
                  fx: (cell: Cell) => place(cell, heads) % columns,
                  fy: (cell: Cell) => Math.floor(place(cell, heads) / columns),
                  frameAnchor: 'top',
                  dy: -14,
                  text: title,
                }),
              ]),
        ],
      }),
    },
  ];
}

function place({ layer, head }: Cell, heads: number): number {
  return (layer - 1) * heads + head - 1;
}

function titles(cells: readonly Cell[], sites: number): Cell[] {
  return cells.filter((_, k) => k % (sites * sites) === 0);
}

function cellsOf({ layers, heads, sites, values }: AttentionMaps, numbers: Int32Array | undefined): Cell[] {
  const number = (i: number) => numbers?.[i] ?? i + 1;
  const cells: Cell[] = [];
  for (let layer = 0; layer < layers; layer++)
    for (let head = 0; head < heads; head++)
      for (let i = 0; i < sites; i++)
        for (let j = 0; j < sites; j++) {
          const weight = values[((layer * heads + head) * sites + i) * sites + j];
          cells.push({ layer: layer + 1, head: head + 1, from: number(i), to: number(j), weight });
        }
  return cells;
}
