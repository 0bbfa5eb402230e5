import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { attentionColour } from '../attention-style.ts';
import type { ComparedAttention } from '../attention-wavefunction-config.ts';
import type { AttentionWavefunctionResult } from '../attention-wavefunction-result.ts';
import { attentionName } from '../compared-wave.ts';

/** One reading of attention. */
interface DependenceRow {
  readonly [key: string]: number | string;
  readonly attention: string;
  readonly kind: ComparedAttention;
  readonly start: number;
  readonly step: number;
  readonly inputDependence: number;
  readonly positional: number;
}

/** R and the share of positions against steps; nothing where no network has queries and keys. */
export function dependenceFigures({ waves }: AttentionWavefunctionResult): Figure[] {
  const table = waves.flatMap(({ attention, runs }) =>
    runs.flatMap(({ seed, looks }) =>
      looks.map((look) => ({ attention: attentionName(attention), kind: attention, start: seed, ...look })),
    ),
  );
  if (table.length === 0) return [];
  return [
    {
      id: 'input-dependence',
      title: 'How much attention depends on the configuration while the energy falls',
      caption:
        'R = Σ variance / Σ mean² of the attention weights over configurations drawn from |ψ|², mean of all heads, ' +
        'against steps; every start a line. It is 0 where only positions matter, as in factored attention.',
      table,
      options: (plot) => dependenceOptions(plot, table),
    },
  ];
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function dependenceOptions(plot: any, table: readonly DependenceRow[]) {
  const kinds = [...new Set(table.map(({ kind }) => kind))];
  const series = {
    ...{ x: 'step', y: 'inputDependence', z: ({ kind, start }: DependenceRow) => `${kind} ${start}` },
  };
  const colour = ({ kind }: DependenceRow) => attentionColour(kind);
  return {
    ...{ ...frame, width: 760, height: 400, marginLeft: 74, marginTop: 46 },
    x: { label: 'step', labelAnchor: 'center', labelArrow: 'none' },
    y: {
      ...{ label: 'input dependence R', labelAnchor: 'center', labelArrow: 'none', grid: true },
      domain: [0, 1.05 * Math.max(1e-6, ...table.map(({ inputDependence }) => inputDependence))],
    },
    marks: [
      plot.line(table, { ...series, stroke: colour, strokeWidth: 1.6 }),
      plot.dot(table, { ...series, fill: colour, r: 3 }),
      ...keyRow(
        plot,
        kinds.map((kind) => ({ label: attentionName(kind), colour: attentionColour(kind) })),
      ),
    ],
  };
}
