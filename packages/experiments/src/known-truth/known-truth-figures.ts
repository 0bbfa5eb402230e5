import type { Figure } from '../experiment.ts';
import { frame } from '../shared/figures/frame.ts';
import { type HeatmapPanel, heatmapPanels, heatmapTable } from '../shared/figures/heatmap-panels.ts';
import { keyMarks } from '../shared/figures/key.ts';
import { scatterPlot } from '../shared/figures/scatter-plot.ts';
import { palette } from '../shared/palette.ts';
import type { KnownTruthResult } from './known-truth-result.ts';

/**
 * The figures of the study of a known truth.
 *
 * @param result what the run found
 * @returns couplings against the truth and against each other, loss curve, J beside A, U beside V and, where sizes
 *   were swept, the excess loss against the number of samples
 */
export function knownTruthFigures(result: KnownTruthResult): readonly Figure[] {
  const figures = [
    truthScatter(result),
    methodScatter(result),
    lossCurve(result),
    siteMaps(result),
    colourMaps(result),
  ];
  return result.sweep.length > 0 ? [...figures, excessCurve(result)] : figures;
}

const ATTENTION = { label: 'attention', colour: palette.attention };
const PSEUDOLIKELIHOOD = { label: 'pseudo-likelihood', colour: palette.pseudolikelihood };

function truthScatter({ couplingSample }: KnownTruthResult): Figure {
  const { truth, attention, pseudolikelihood } = couplingSample;
  const table = [...truth].flatMap((x, k) => [
    { series: PSEUDOLIKELIHOOD.label, x, y: pseudolikelihood[k] },
    { series: ATTENTION.label, x, y: attention[k] },
  ]);
  return {
    id: 'couplings-truth',
    title: 'Recovered couplings against the truth',
    caption:
      'Entries J_ij(a, b) in zero-sum gauge, as drawn and as recovered from samples alone. What scatter remains is ' +
      'that of a finite sample, and it is the same for both methods.',
    table,
    options: (plot) =>
      scatterPlot(plot, table, {
        x: 'true coupling (nats)',
        y: 'recovered coupling (nats)',
        series: [PSEUDOLIKELIHOOD, ATTENTION],
      }),
  };
}

function methodScatter({ couplingSample }: KnownTruthResult): Figure {
  const { attention, pseudolikelihood } = couplingSample;
  const table = [...pseudolikelihood].map((x, k) => ({ series: ATTENTION.label, x, y: attention[k] }));
  return {
    id: 'couplings-methods',
    title: 'Attention against pseudo-likelihood',
    caption:
      'The same entries as the attention layer and as the pseudo-likelihood method find them from the same samples: ' +
      'both minimise the same function, so the points lie on the diagonal.',
    table,
    options: (plot) =>
      scatterPlot(plot, table, {
        x: 'coupling by pseudo-likelihood (nats)',
        y: 'coupling read from attention (nats)',
        series: [ATTENTION],
      }),
  };
}

function lossCurve(result: KnownTruthResult): Figure {
  const { curve, losses } = result;
  const table = curve.map(({ solver, epoch, loss }) => ({ solver, epoch, loss }));
  const last = curve[curve.length - 1]?.epoch ?? 1;
  const colours = { Adam: palette.attention, 'L-BFGS': palette.highlight };
  const low = Math.min(losses.exactEntropy, ...table.map(({ loss }) => loss));
  const nothing = Math.log(result.states);
  const high = Math.max(nothing, ...table.map(({ loss }) => loss));
  const rule = (y: number, label: string, colour: string) => ({ y, label, colour });
  const rules = [
    rule(losses.exactEntropy, 'exact conditional entropy', palette.truth),
    rule(nothing, 'knowing nothing', palette.independent),
  ];
  return {
    id: 'loss-curve',
    title: 'Masked language modelling reaches the exact conditional entropy',
    caption:
      'Loss on the training data while one factored-attention layer is trained, first by Adam on randomly masked ' +
      'sites, then by L-BFGS on the same loss over all sites. It may end a little below the entropy: that much, about ' +
      'k/2P, it has learned by heart.',
    table,
    options: (plot) => ({
      ...frame,
      width: 760,
      height: 400,
      marginRight: 150,
      x: {
        label: 'passes over the training data',
        labelAnchor: 'center',
        labelArrow: 'none',
        domain: [0, last],
      },
      y: {
        label: 'loss (nats per masked site)',
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        domain: [low - 0.06 * (high - low), high + 0.03 * (high - low)],
      },
      color: { domain: Object.keys(colours), range: Object.values(colours) },
      marks: [
        plot.ruleY(rules, { y: 'y', stroke: 'colour', strokeDasharray: '6 4' }),
        plot.text(rules, {
          x: last,
          y: 'y',
          text: 'label',
          fill: 'colour',
          dx: 6,
          textAnchor: 'start',
          lineWidth: 11,
        }),
        plot.line(table, { x: 'epoch', y: 'loss', stroke: 'solver', strokeWidth: 2 }),
        ...keyMarks(
          plot,
          [
            { label: 'Adam, masked sites', colour: colours.Adam },
            { label: 'L-BFGS, all sites', colour: colours['L-BFGS'] },
          ],
          'top-right',
        ),
      ],
    }),
  };
}

function siteMaps({ siteCouplings, sites }: KnownTruthResult): Figure {
  const offDiagonal = (values: Float64Array) =>
    values.map((value, k) => (k % (sites + 1) === 0 ? Number.NaN : value));
  const panel = (title: string, values: Float64Array): HeatmapPanel => ({
    title,
    values: offDiagonal(values),
    rows: sites,
    columns: sites,
    rowLabel: 'site i',
    columnLabel: 'site j',
  });
  const panels = [
    panel('Site couplings J, drawn', siteCouplings.truth),
    panel('Attention A, learned', siteCouplings.attention),
  ];
  return {
    id: 'site-couplings',
    title: 'The attention map is the matrix of site couplings',
    caption:
      'J as drawn and A as learned. The free factor between A and V is fixed by giving V the norm and sign of U.',
    table: heatmapTable(panels),
    options: (plot) => heatmapPanels(plot, panels, { scale: 'diverging', legend: 'coupling' }),
  };
}

function colourMaps({ colourCouplings, states }: KnownTruthResult): Figure {
  const panel = (title: string, values: Float64Array): HeatmapPanel => ({
    title,
    values,
    rows: states,
    columns: states,
    rowLabel: 'colour a',
    columnLabel: 'colour b',
  });
  const panels = [
    panel('Colour couplings U, drawn', colourCouplings.truth),
    panel('Values V, learned', colourCouplings.attention),
  ];
  return {
    id: 'colour-couplings',
    title: 'The value matrix is the matrix of colour couplings',
    caption: 'U as drawn and V as learned, both in zero-sum gauge and at equal norm.',
    table: heatmapTable(panels),
    options: (plot) => heatmapPanels(plot, panels, { scale: 'diverging', legend: 'colour coupling (nats)' }),
  };
}

function excessCurve({ sweep, parametersPerSite }: KnownTruthResult): Figure {
  const table = sweep.map(({ samples, excess, theory }) => ({ samples, excess, theory }));
  const sizes = sweep.map(({ samples }) => samples);
  const ends = [Math.min(...sizes) / 1.6, Math.max(...sizes) * 1.6];
  const line = ends.map((samples) => ({ samples, excess: parametersPerSite / (2 * samples) }));
  return {
    id: 'excess-loss',
    title: 'What a finite sample costs',
    caption:
      `Expected test loss above the exact conditional entropy against the number of training samples P. The line is ` +
      `k/2P with the k = ${parametersPerSite.toFixed(1)} free parameters of a conditional: nothing is fitted.`,
    table,
    options: (plot) => ({
      ...frame,
      width: 620,
      height: 420,
      marginLeft: 74,
      x: {
        type: 'log',
        label: 'training samples P',
        labelAnchor: 'center',
        labelArrow: 'none',
        domain: ends,
        ticks: 4,
        tickFormat: 'd',
      },
      y: {
        type: 'log',
        label: 'excess loss (nats per masked site)',
        labelAnchor: 'center',
        labelArrow: 'none',
        ticks: 4,
        tickFormat: 'g',
        grid: true,
      },
      marks: [
        plot.frame({ stroke: '#ccc' }),
        plot.line(line, { x: 'samples', y: 'excess', stroke: palette.theory, strokeWidth: 2 }),
        plot.dot(table, { x: 'samples', y: 'excess', fill: palette.attention, r: 5 }),
        ...keyMarks(
          plot,
          [
            { label: 'measured', colour: palette.attention },
            { label: 'theory k/2P', colour: palette.theory },
          ],
          'top-right',
        ),
      ],
    }),
  };
}
