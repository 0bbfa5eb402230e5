import type { Figure } from '@spinformer/experiments';
import {
  frame,
  type HeatmapPanel,
  heatmapPanels,
  heatmapTable,
  palette,
} from '@spinformer/experiments/figures';

/** Scores of every single substitution. */
export interface MutationPicture {
  /** [sites, states], log p(mutant) − log p(reference), nats. */
  readonly scores: Float64Array;
  /** One per state. */
  readonly letters: string;
  /** Numbers of the sites. */
  readonly siteNumbers: ArrayLike<number>;
  /** Letters of the reference, one per site. */
  readonly reference: string;
}

const CELL = 11;
const LEAST_WIDTH = 520;

/** Letters against sites, red what the model prefers to the reference, blue what it does not; the reference is empty. */
export function mutationMatrix({ scores, letters, siteNumbers, reference }: MutationPicture): Figure {
  const kept = [...letters]
    .map((letter, state) => ({ letter, state }))
    .filter(({ letter }) => !'-.'.includes(letter));
  const sites = siteNumbers.length;
  const values = kept.flatMap(({ letter, state }) =>
    Array.from({ length: sites }, (_, i) =>
      reference[i] === letter || '-.'.includes(reference[i])
        ? Number.NaN
        : scores[i * letters.length + state],
    ),
  );
  const name = (i: number) => `${reference[i]}${siteNumbers[i]}`;
  const panel: HeatmapPanel = {
    title: 'What every substitution does',
    values,
    rows: kept.length,
    columns: sites,
    rowNames: kept.map(({ letter }) => letter),
    columnNames: Array.from({ length: sites }, (_, i) =>
      !'-.'.includes(reference[i]) && siteNumbers[i] % 10 === 0 ? String(siteNumbers[i]) : '',
    ),
    rowLabel: 'put in',
    columnLabel: 'site',
  };
  const named = { ...panel, columnNames: Array.from({ length: sites }, (_, i) => name(i)) };
  return {
    id: 'matrix',
    title: 'What every single substitution does',
    caption:
      'log p(mutant) − log p(reference), nats: blue is worse than the reference, red better; empty is the reference itself.',
    table: heatmapTable([named]),
    options: (plot) =>
      heatmapPanels(plot, [panel], {
        scale: 'diverging',
        legend: 'log-odds (nats)',
        width: Math.max(LEAST_WIDTH, CELL * sites + 150),
      }),
  };
}

/** A mutant with what was predicted and measured. */
export interface ScannedMutant {
  readonly mutant: string;
  readonly score: number;
  readonly measured: number;
}

/** Predicted against measured, one point a mutant. */
export function scanScatter(mutants: readonly ScannedMutant[], column: string, spearman: number): Figure {
  const known = mutants.filter(({ score, measured }) => !Number.isNaN(score) && !Number.isNaN(measured));
  return {
    id: 'scan',
    title: 'Predicted and measured effects',
    caption: `One point for each mutant; rank correlation (Spearman) ${spearman.toFixed(3)}.`,
    table: known.map((row) => ({ ...row })),
    options: (plot) => ({
      ...frame,
      width: 560,
      height: 440,
      x: {
        label: 'predicted, log p(mutant) − log p(reference) (nats)',
        labelAnchor: 'center',
        labelArrow: 'none',
      },
      y: { label: `measured, ${column}`, labelAnchor: 'center', labelArrow: 'none', grid: true },
      marks: [
        plot.frame({ stroke: '#ccc' }),
        plot.dot(known, { x: 'score', y: 'measured', fill: palette.attention, fillOpacity: 0.45, r: 2.6 }),
      ],
    }),
  };
}
