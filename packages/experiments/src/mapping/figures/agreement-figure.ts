import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { fullEncoders } from '../mapping-findings.ts';
import type { MappingResult } from '../mapping-result.ts';
import { encoderColour } from '../series-style.ts';

/** Every head of every encoder: how much it looks by position, and how well that agrees with |J|. */
export function agreementFigure(result: MappingResult): Figure {
  const table = fullEncoders(result).flatMap((fit) =>
    [...fit.agreement].map((agreement, k) => ({
      ...{
        model: fit.name,
        layers: fit.layers,
        layer: Math.floor(k / fit.heads) + 1,
        head: (k % fit.heads) + 1,
      },
      ...{ agreement, positional: fit.positional[k] },
    })),
  );
  return {
    id: 'attention-agreement',
    title: 'Where the attention of standard encoders agrees with the couplings',
    caption:
      'One circle per head, with the number of its layer in it: correlation of its mean attention at masked sites with ' +
      '|J| over all pairs of sites, against the share of the variance of its attention that positions alone explain. A ' +
      'factored layer sits at the top right corner.',
    table,
    options: (plot) => agreementOptions(plot, table),
  };
}

/** One head of an encoder. */
interface HeadRow {
  readonly model: string;
  readonly layers: number;
  readonly layer: number;
  readonly head: number;
  readonly agreement: number;
  readonly positional: number;
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function agreementOptions(plot: any, table: readonly HeadRow[]) {
  const names = [...new Set(table.map(({ model }) => model))];
  const low = Math.min(0, ...table.map(({ agreement }) => agreement));
  return {
    ...{ ...frame, width: 200 + Math.min(4, names.length) * 210, marginLeft: 70, marginTop: 40 },
    height: 110 + 230 * Math.ceil(names.length / 4),
    fx: { label: null, axis: null, padding: 0.08 },
    fy: { label: null, axis: null, padding: names.length > 4 ? 0.25 : 0 },
    x: {
      ...{ label: 'variance explained by position', labelAnchor: 'center', labelArrow: 'none' },
      ...{ domain: [-0.04, 1.04], ticks: [0, 0.5, 1] },
    },
    y: {
      ...{ label: 'correlation with |J|', labelAnchor: 'center', labelArrow: 'none' },
      ...{ domain: [low - 0.06, 1.06], grid: true, ticks: 5 },
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.dot(table, { ...facet(names), x: 'positional', y: 'agreement', r: 7, fill: encoderColour }),
      plot.text(table, {
        ...{ ...facet(names), x: 'positional', y: 'agreement', fontSize: 9, fill: 'white' },
        text: ({ layer }: HeadRow) => String(layer),
      }),
      plot.text(names, {
        fx: (_: string, k: number) => k % 4,
        fy: (_: string, k: number) => Math.floor(k / 4),
        ...{ frameAnchor: 'top', dy: -14, fontWeight: 600, text: String },
      }),
    ],
  };
}

/** Four panels to a row, one per encoder. */
function facet(names: readonly string[]) {
  const index = ({ model }: HeadRow) => names.indexOf(model);
  return { fx: (row: HeadRow) => index(row) % 4, fy: (row: HeadRow) => Math.floor(index(row) / 4) };
}
