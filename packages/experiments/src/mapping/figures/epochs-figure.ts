import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { edgeLabelMarks, spreadLabels } from '../../shared/figures/spread-labels.ts';
import { palette } from '../../shared/palette.ts';
import { fullEncoders } from '../mapping-findings.ts';
import type { MappingResult, TrainedByAdam } from '../mapping-result.ts';
import { encoderColour, encoderStroke } from '../series-style.ts';

/** One point of a training curve. */
interface Point {
  readonly [key: string]: number | string;
  readonly model: string;
  readonly epoch: number;
  readonly test: number;
}

/** Least distance of two labels at the right edge, as a share of the height. */
const LABEL_GAP = 0.038;

/** Test loss of every model while it is trained, with the exact conditional entropy. */
export function epochsFigure(result: MappingResult): Figure {
  const models = [result.factoredByAdam, ...fullEncoders(result)];
  const table = models.flatMap(pointsOf);
  return {
    id: 'loss-epochs',
    title: 'One factored layer reaches the exact conditional entropy; standard encoders stay above',
    caption:
      `Expected test loss while ${models.length} models are trained on the same ${result.trainSamples} sequences by ` +
      'the same method, one random site of each sequence masked at a time. The dashed line is the least loss that any ' +
      'model can have.',
    table,
    options: (plot) => lossOptions(plot, result, models, table),
  };
}

function pointsOf({ name, curve }: TrainedByAdam): Point[] {
  return Array.from({ length: curve.length / 2 }, (_, k) => ({
    model: name,
    epoch: curve[2 * k],
    test: curve[2 * k + 1],
  }));
}

function lossOptions(
  // biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
  plot: any,
  result: MappingResult,
  models: readonly TrainedByAdam[],
  table: readonly Point[],
) {
  const { exactEntropy, states } = result;
  const nothing = Math.log(states);
  const domain = [exactEntropy - 0.06 * (nothing - exactEntropy), 1.04 * nothing - 0.04 * exactEntropy];
  const last = Math.max(...table.map(({ epoch }) => epoch));
  const edge = { from: last, to: 1.035 * last };
  const label = (y: number, text: string, colour: string) => ({ y, text, colour });
  const labels = spreadLabels(
    [
      ...models.map((model) => label(model.test, model.name, colourOf(model))),
      label(exactEntropy, 'exact entropy', palette.truth),
      label(nothing, 'knowing nothing', palette.independent),
    ],
    LABEL_GAP * (domain[1] - domain[0]),
  );
  return {
    ...{ ...frame, width: 760, height: 520, marginRight: 130 },
    x: {
      label: 'passes over the training data',
      labelAnchor: 'center',
      labelArrow: 'none',
      domain: [0, edge.to],
    },
    y: {
      ...{ label: 'test loss (nats per masked site)', labelAnchor: 'center', labelArrow: 'none' },
      ...{ grid: true, domain, clamp: true },
    },
    marks: [
      plot.ruleY([exactEntropy], { x1: 0, x2: last, stroke: palette.truth, strokeDasharray: '6 4' }),
      plot.ruleY([nothing], { x1: 0, x2: last, stroke: palette.independent, strokeDasharray: '6 4' }),
      ...models.map((model) =>
        plot.line(pointsOf(model), {
          ...{ x: 'epoch', y: 'test', stroke: colourOf(model), strokeWidth: 2 },
          strokeDasharray: model.kind === 'encoder' ? encoderStroke(model) : 'none',
        }),
      ),
      ...edgeLabelMarks(plot, labels, edge),
    ],
  };
}

function colourOf(model: TrainedByAdam): string {
  return model.kind === 'factored' ? palette.attention : encoderColour(model);
}
