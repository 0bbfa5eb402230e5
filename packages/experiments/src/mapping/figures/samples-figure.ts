import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { edgeLabelMarks, spreadLabels } from '../../shared/figures/spread-labels.ts';
import { palette } from '../../shared/palette.ts';
import { factoredName } from '../fit-factored.ts';
import { COLOUR_KNOWLEDGE } from '../mapping-products.ts';
import type { MappingResult, TrainedModel } from '../mapping-result.ts';
import { encoderColour, encoderStroke, FACTORED_COLOURS } from '../series-style.ts';

/** Least ratio of the heights of two labels at the right edge. */
const LABEL_GAP = 1.35;

/** Excess test loss against the number of training sequences, with k/2P. */
export function samplesFigure(result: MappingResult): Figure {
  const { factored, encoders, parametersPerSite } = result;
  const table = [...factored, ...encoders].map(({ name, samples, excess }) => ({
    model: name,
    samples,
    excess,
  }));
  return {
    id: 'excess-samples',
    title: 'More data help the layer that has the right form',
    caption:
      'Expected test loss above the exact conditional entropy against the number of training sequences P. The lines are ' +
      `k/2P with the k free parameters of a conditional (${parametersPerSite.known} with U known, ` +
      `${parametersPerSite.learned.toFixed(1)} with U learned): nothing is fitted. A layer with wrong colours stops falling.`,
    table,
    options: (plot) => samplesOptions(plot, result),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function samplesOptions(plot: any, { factored, encoders, parametersPerSite }: MappingResult) {
  const sizes = factored.map(({ samples }) => samples);
  const ends = [Math.min(...sizes) / 1.4, Math.max(...sizes) * 1.4];
  const theory = (parameters: number) =>
    ends.map((samples) => ({ samples, excess: parameters / (2 * samples) }));
  const series = (models: readonly TrainedModel[], colour: string, stroke: string) => [
    plot.line(models, {
      x: 'samples',
      y: 'excess',
      stroke: colour,
      strokeDasharray: stroke,
      strokeWidth: 1.2,
    }),
    plot.dot(models, { x: 'samples', y: 'excess', fill: colour, r: 4.5 }),
  ];
  const names = [...new Set(encoders.map(({ name }) => name))];
  const labels = spreadLabels(
    names.map((text) => {
      const last = encoders.filter(({ name }) => name === text).at(-1)!;
      return { y: last.excess, text, colour: encoderColour(last) };
    }),
    LABEL_GAP,
    true,
  );
  const all = [...factored, ...encoders].map(({ excess }) => excess);
  const thin = { x: 'samples', y: 'excess', stroke: palette.theory, strokeWidth: 1.6 };
  return {
    ...{ ...frame, width: 760, height: 480, marginLeft: 74, marginRight: 110, marginTop: 46 },
    x: {
      ...{ type: 'log', label: 'training sequences P', labelAnchor: 'center', labelArrow: 'none' },
      ...{ domain: ends, ticks: 4, tickFormat: 'd' },
    },
    y: {
      ...{ type: 'log', label: 'excess test loss (nats per masked site)', labelAnchor: 'center' },
      ...{ labelArrow: 'none', ticks: 4, tickFormat: 'g', grid: true },
      domain: [Math.min(...all) / 1.5, 1.5 * Math.max(...all)],
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.line(theory(parametersPerSite.known), { ...thin, strokeDasharray: '6 4' }),
      plot.line(theory(parametersPerSite.learned), thin),
      ...COLOUR_KNOWLEDGE.flatMap((colours) =>
        series(
          factored.filter((fit) => fit.colours === colours),
          FACTORED_COLOURS[colours],
          'none',
        ),
      ),
      ...names.flatMap((name) => {
        const models = encoders.filter((fit) => fit.name === name);
        return series(models, encoderColour(models[0]), encoderStroke(models[0]));
      }),
      ...edgeLabelMarks(plot, labels, { from: Math.max(...sizes), to: ends[1] }),
      ...keyRow(plot, [
        ...COLOUR_KNOWLEDGE.map((colours) => ({
          label: factoredName(colours),
          colour: FACTORED_COLOURS[colours],
        })),
        { label: 'theory k/2P', colour: palette.theory },
      ]),
    ],
  };
}
