import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { logAxis } from '../../shared/figures/log-axis.ts';
import { attentionColour } from '../attention-style.ts';
import { withError } from '../attention-wavefunction-findings.ts';
import type { AttentionWavefunctionResult, ComparedWave } from '../attention-wavefunction-result.ts';
import { attentionName } from '../compared-wave.ts';

/** Final errors beside what every network costs. */
export function priceFigure({ waves, magnet, j2, steps }: AttentionWavefunctionResult): Figure {
  return {
    id: 'accuracy-price',
    title: 'What queries and keys cost, and what they bring',
    caption:
      `Relative error of the energy of the ${magnet} at J2 = ${j2} after ${steps} steps: every start a dot, their mean ` +
      'with its standard error as a bar; parameters, and operations of a step relative to the first network.',
    table: waves.map((wave) => ({
      ...{ attention: attentionName(wave.attention), relativeError: wave.relativeError },
      ...{ standardError: wave.relativeErrorError, parameters: wave.parameters },
      ...{ amplitudeOperations: wave.amplitudeOperations, stepOperations: wave.stepOperations },
    })),
    options: (plot) => priceOptions(plot, waves),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function priceOptions(plot: any, waves: readonly ComparedWave[]) {
  const name = ({ attention }: ComparedWave) => attentionName(attention);
  const fill = ({ attention }: ComparedWave) => attentionColour(attention);
  const shown = waves.filter(({ relativeError }) => relativeError > 0);
  const dots = waves.flatMap((wave) =>
    wave.runs
      .filter(({ relativeError }) => relativeError > 0)
      .map(({ relativeError }) => ({ wave, relativeError })),
  );
  const errors = dots.map(({ relativeError }) => relativeError);
  const lower = ({ relativeError, relativeErrorError }: ComparedWave) =>
    Math.max(relativeError - relativeErrorError, Math.min(...errors) / 2);
  return {
    ...{ ...frame, width: 820, height: 90 + 52 * waves.length, marginLeft: 190, marginRight: 250 },
    x: {
      ...{ label: 'relative error of the energy', labelAnchor: 'center', labelArrow: 'none' },
      ...logAxis(errors, 2),
    },
    y: { label: null, domain: waves.map(name) },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.ruleY(shown, {
        ...{ x1: lower, x2: (wave: ComparedWave) => wave.relativeError + wave.relativeErrorError },
        ...{ y: name, stroke: fill, strokeWidth: 5, strokeOpacity: 0.5 },
      }),
      plot.tickX(shown, { x: 'relativeError', y: name, stroke: fill, strokeWidth: 2.5, inset: 12 }),
      plot.dot(dots, {
        x: 'relativeError',
        y: ({ wave }: (typeof dots)[number]) => name(wave),
        fill: ({ wave }: (typeof dots)[number]) => fill(wave),
        r: 3.5,
      }),
      plot.text(waves, {
        ...{ y: name, frameAnchor: 'right', textAnchor: 'start', dx: 10, lineHeight: 1.3 },
        text: (wave: ComparedWave) =>
          `${withError(wave)}\n${wave.parameters.toLocaleString('en')} parameters, ` +
          `step ×${(wave.stepOperations / waves[0].stepOperations).toFixed(2)}`,
      }),
    ],
  };
}
