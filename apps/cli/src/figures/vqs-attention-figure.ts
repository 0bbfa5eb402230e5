import type { Figure } from '@spinformer/experiments';
import type { AttentionMap } from '@spinformer/transformer-vqs';

/** Heads and layers that are drawn at most; the table has all. */
const SHOWN_HEADS = 12;
const SHOWN_LAYERS = 8;

interface Cell {
  readonly layer: number;
  readonly head: number;
  readonly dx: number;
  readonly dy: number;
  readonly weight: number;
}

/**
 * How much a patch takes of others by their displacement on the torus of patches, displacement 0 in the middle: one map
 * for each head, one row for each layer.
 */
export function displacementMaps(maps: readonly AttentionMap[]): Figure {
  const cells = maps.flatMap(cellsOf);
  const shown = cells.filter(({ layer, head }) => layer <= SHOWN_LAYERS && head <= SHOWN_HEADS);
  const drawn = bothEdges(bothEdges(shown, 'dx'), 'dy');
  const columns = Math.min(SHOWN_HEADS, maps[0].heads);
  const rows = Math.min(SHOWN_LAYERS, maps.length);
  const bound = Math.max(...drawn.map(({ weight }) => Math.abs(weight))) || 1;
  const [across, down] = (['dx', 'dy'] as const).map((axis) => axisOf(drawn, axis));
  const side = Math.max(90, Math.min(220, 880 / columns));
  const isFlat = down.domain.length === 1;
  const panel = isFlat ? 60 : (side * down.domain.length) / across.domain.length;
  const isCut = shown.length < cells.length;
  return {
    id: 'attention',
    title: 'Where each patch looks',
    caption: `How much a patch takes of another by the displacement between them, in patches; 0 in the middle, the torus around it; half way round is drawn on both edges. From −${bound.toPrecision(3)} (blue) to ${bound.toPrecision(3)} (red).${isCut ? ` The first ${rows} layers and ${columns} heads.` : ''}`,
    table: cells.map((cell) => ({ ...cell })),
    options: (plot) => ({
      width: Math.round(columns * side + 76),
      height: Math.round(rows * (panel + 26) + 62),
      ...{ marginLeft: isFlat ? 20 : 46, marginTop: 34, marginRight: 20, marginBottom: 40 },
      style: { fontSize: '11px', background: 'white' },
      x: { ...across, padding: 0, label: 'displacement x', labelAnchor: 'center', labelArrow: 'none' },
      y: isFlat
        ? { ...down, padding: 0, axis: null }
        : { ...down, padding: 0, reverse: true, label: 'displacement y', labelArrow: 'none' },
      fx: { axis: null, padding: 0.08 },
      fy: { axis: null, padding: 26 / (panel + 26) },
      color: { type: 'diverging', scheme: 'RdBu', reverse: true, domain: [-bound, bound], pivot: 0 },
      marks: [
        plot.cell(drawn, { x: 'dx', y: 'dy', fill: 'weight', inset: 0, fx: 'head', fy: 'layer' }),
        plot.frame({ stroke: '#999' }),
        plot.text(
          drawn.filter(({ dx, dy }) => dx === across.domain[0] && dy === down.domain[0]),
          {
            ...{ fx: 'head', fy: 'layer', frameAnchor: 'top', dy: -13 },
            text: ({ layer, head }: Cell) => (rows > 1 ? `layer ${layer}, head ${head}` : `head ${head}`),
          },
        ),
      ],
    }),
  };
}

function cellsOf({ layer, heads, grid, byDisplacement, patches }: AttentionMap): Cell[] {
  const [height, width] = grid.length === 1 ? [1, grid[0]] : [grid[0], grid[1]];
  return Array.from({ length: heads * patches }, (_, k) => ({
    layer: layer + 1,
    head: Math.floor(k / patches) + 1,
    dx: centred(k % width, width),
    dy: centred(Math.floor((k % patches) / width), height),
    weight: byDisplacement[k],
  }));
}

/** A displacement the short way round: −1 for the last of many. */
function centred(displacement: number, extent: number): number {
  return displacement > extent / 2 ? displacement - extent : displacement;
}

/** Displacements half way round a second time, at the other edge, so that 0 is in the middle. */
function bothEdges(cells: readonly Cell[], axis: 'dx' | 'dy'): Cell[] {
  const [low, high] = [-1, 1].map((sign) => Math.max(...cells.map((cell) => sign * cell[axis])));
  if (high === low) return [...cells];
  const edge = cells.filter((cell) => cell[axis] === high).map((cell) => ({ ...cell, [axis]: -high }));
  return [...cells, ...edge];
}

function axisOf(cells: readonly Cell[], axis: 'dx' | 'dy') {
  const domain = [...new Set(cells.map((cell) => cell[axis]))].sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(domain.length / 8));
  const tickFormat = (d: number) => String(d).replace('-', '−');
  return { domain, ticks: domain.filter((d) => d % every === 0), tickSize: 0, tickFormat };
}
