import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { fullEncoders } from '../mapping-findings.ts';
import type { FactoredFit, MappingResult, TrainedModel } from '../mapping-result.ts';
import { encoderColour, FACTORED_COLOURS } from '../series-style.ts';

/** The table of the study as bars: what every architecture loses against the exact conditional entropy. */
export function architecturesFigure(result: MappingResult): Figure {
  const { factored, trainSamples, exactEntropy } = result;
  const layers = factored.filter(({ samples }) => samples === trainSamples);
  const models: readonly TrainedModel[] = [...layers, ...fullEncoders(result)];
  const table = models.map(({ name, parameters, test, excess }) => ({
    model: name,
    parameters,
    test,
    excess,
  }));
  return {
    id: 'architectures',
    title: 'What every architecture loses against the exact conditional entropy',
    caption:
      `Expected test loss minus the exact conditional entropy of ${exactEntropy.toFixed(4)} nats per masked site, ` +
      `after training on the same ${trainSamples} sequences; beside each bar its value and the number of parameters.`,
    table,
    options: (plot) => barOptions(plot, models),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function barOptions(plot: any, models: readonly TrainedModel[]) {
  const most = Math.max(...models.map(({ excess }) => excess));
  return {
    ...{ ...frame, width: 760, height: 80 + 30 * models.length, marginLeft: 140, marginRight: 170 },
    x: {
      ...{ label: 'excess test loss (nats per masked site)', labelAnchor: 'center', labelArrow: 'none' },
      ...{ grid: true, domain: [0, 1.02 * most] },
    },
    y: { label: null, domain: models.map(({ name }) => name) },
    marks: [
      plot.barX(models, { x: 'excess', y: 'name', fill: barColour, insetTop: 2, insetBottom: 2 }),
      plot.text(models, {
        ...{ x: 'excess', y: 'name', textAnchor: 'start', dx: 6 },
        text: ({ excess, parameters }: TrainedModel) =>
          `${shortExcess(excess)} · ${parameters.toLocaleString('en')} parameters`,
      }),
      plot.ruleX([0]),
    ],
  };
}

function barColour(model: TrainedModel): string {
  return model.kind === 'encoder' ? encoderColour(model) : FACTORED_COLOURS[(model as FactoredFit).colours];
}

function shortExcess(excess: number): string {
  return excess >= 0.01 ? excess.toFixed(3) : excess.toPrecision(2);
}
