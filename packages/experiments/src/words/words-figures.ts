import type { Figure } from '../experiment.ts';
import { frame } from '../shared/figures/frame.ts';
import { type HeatmapPanel, heatmapPanels, heatmapTable } from '../shared/figures/heatmap-panels.ts';
import { keyMarks } from '../shared/figures/key.ts';
import { palette } from '../shared/palette.ts';
import { LETTERS } from './word-counts.ts';
import type { WordsResult } from './words-result.ts';

/**
 * The figures of the study of letters in words.
 *
 * @param result what the run found
 * @returns entropies, attention map beside coupling map, the strongest pair of positions, the rank plot and the
 *   invented words
 */
export function wordsFigures(result: WordsResult): readonly Figure[] {
  return [entropyBars(result), maps(result), strongestPair(result), zipf(result), inventedWords(result)];
}

function entropyBars({ entropies, pairwiseFraction, length }: WordsResult): Figure {
  const table = [
    { model: 'letters independent', bits: entropies.independent, colour: palette.independent },
    { model: 'attention layer', bits: entropies.attention, colour: palette.attention },
    { model: 'pseudo-likelihood, pairs', bits: entropies.pseudolikelihood, colour: palette.pseudolikelihood },
    { model: 'maximum entropy, pairs', bits: entropies.maxEntropy, colour: palette.maxEntropy },
    { model: 'the words themselves', bits: entropies.data, colour: palette.data },
  ].flatMap(({ bits, ...rest }) => (bits === null ? [] : [{ ...rest, bits }]));
  return {
    id: 'entropies',
    title: `Pairs of letters explain ${percent(pairwiseFraction)} of the structure in ${length}-letter words`,
    caption:
      'Bits per word that a code based on each model needs; the last bar is the entropy of the words. The share of the ' +
      'distance from the first bar to the last that the maximum-entropy model of pairs covers is I₂/I_N.',
    table: table.map(({ model, bits }) => ({ model, bits })),
    options: (plot) => ({
      ...frame,
      width: 720,
      height: 60 + 46 * table.length,
      marginLeft: 170,
      marginRight: 60,
      x: {
        label: 'bits per word',
        labelAnchor: 'center',
        labelArrow: 'none',
        domain: [0, entropies.independent * 1.02],
        grid: true,
      },
      y: { label: null, domain: table.map(({ model }) => model), padding: 0.25 },
      marks: [
        plot.barX(table, { x: 'bits', y: 'model', fill: 'colour' }),
        plot.text(table, {
          x: 'bits',
          y: 'model',
          text: (row: { bits: number }) => row.bits.toFixed(2),
          dx: 5,
          textAnchor: 'start',
        }),
        plot.ruleX([0]),
      ],
    }),
  };
}

function maps({ length, attentionMap, couplingMap }: WordsResult): Figure {
  const panel = (title: string, values: Float64Array): HeatmapPanel => ({
    title,
    values: values.map((value, k) => (k % (length + 1) === 0 ? Number.NaN : value)),
    rows: length,
    columns: length,
    rowLabel: 'letter predicted',
    columnLabel: 'letter looked at',
  });
  const panels = [panel('Attention', attentionMap), panel('Pairwise couplings', couplingMap)];
  return {
    id: 'maps',
    title: 'Where each letter looks',
    caption:
      'Left: strength of what the attention layer takes from each position, the norm over letters of Σ_h A^h_ij V^h. ' +
      'Right: the same norm of the couplings inferred by pseudo-likelihood. Both in zero-sum gauge.',
    table: heatmapTable(panels),
    options: (plot) => heatmapPanels(plot, panels, { scale: 'sequential', legend: 'coupling norm (nats)' }),
  };
}

function strongestPair({ strongestPair: { first, second, couplings } }: WordsResult): Figure {
  const names = Array.from({ length: LETTERS }, (_, letter) => String.fromCharCode(97 + letter));
  const panel: HeatmapPanel = {
    title: `Letters ${first + 1} and ${second + 1}`,
    values: couplings,
    rows: LETTERS,
    columns: LETTERS,
    rowNames: names,
    columnNames: names,
    rowLabel: `letter ${first + 1}`,
    columnLabel: `letter ${second + 1}`,
  };
  return {
    id: 'strongest-pair',
    title: `The strongest pair of positions: ${first + 1} and ${second + 1}`,
    caption:
      'Couplings between the letters at the two positions that bind each other most (pseudo-likelihood, zero-sum ' +
      'gauge): red pairs attract, blue pairs avoid each other.',
    table: heatmapTable([panel]),
    options: (plot) =>
      heatmapPanels(plot, [panel], { scale: 'diverging', legend: 'coupling (nats)', width: 640 }),
  };
}

function zipf({ zipf: table }: WordsResult): Figure {
  const colours = { data: palette.data, 'pairwise model': palette.maxEntropy };
  return {
    id: 'zipf',
    title: 'Rank and probability',
    caption:
      'Words in order of their probability, in the data and in the pairwise maximum-entropy model, which spreads a ' +
      'part of its probability over strings that are no words.',
    table,
    options: (plot) => ({
      ...frame,
      width: 620,
      height: 420,
      marginLeft: 74,
      x: { type: 'log', label: 'rank', labelAnchor: 'center', labelArrow: 'none', tickFormat: 'd', ticks: 5 },
      y: {
        type: 'log',
        label: 'probability',
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        tickFormat: '.0e',
        ticks: 5,
      },
      color: { domain: Object.keys(colours), range: Object.values(colours) },
      marks: [
        plot.frame({ stroke: '#ccc' }),
        plot.line(table, { x: 'rank', y: 'probability', stroke: 'series', strokeWidth: 2 }),
        ...keyMarks(
          plot,
          Object.entries(colours).map(([label, colour]) => ({ label, colour })),
          'top-right',
        ),
      ],
    }),
  };
}

function inventedWords({ invented }: WordsResult): Figure {
  const table = invented.map(({ word, model }) => ({ word, probability: model }));
  return {
    id: 'invented-words',
    title: 'Words that the pairwise model invents',
    caption:
      'The most probable strings of the maximum-entropy model of letter pairs that do not occur in the text.',
    table,
    options: (plot) => ({
      ...frame,
      width: 560,
      height: 70 + 18 * table.length,
      marginLeft: 90,
      x: {
        label: 'probability in the model',
        labelAnchor: 'center',
        labelArrow: 'none',
        grid: true,
        tickFormat: '.2%',
      },
      y: { label: null, domain: table.map(({ word }) => word), padding: 0.2 },
      marks: [plot.barX(table, { x: 'probability', y: 'word', fill: palette.maxEntropy }), plot.ruleX([0])],
    }),
  };
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(0)} %`;
}
