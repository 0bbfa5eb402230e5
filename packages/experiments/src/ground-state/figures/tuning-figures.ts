import type { Figure } from '../../experiment.ts';
import { frame } from '../../shared/figures/frame.ts';
import { keyRow } from '../../shared/figures/key.ts';
import { logAxis } from '../../shared/figures/log-axis.ts';
import { CURVE_COLUMNS } from '../../shared/magnets/optimize-phase.ts';
import { palette } from '../../shared/palette.ts';
import type { GroundStateResult } from '../ground-state-result.ts';

/** One point of an optimisation. */
interface TuningRow {
  readonly [key: string]: number | string;
  readonly j2: number;
  readonly how: string;
  readonly step: number;
  readonly relativeError: number;
}

const SCRATCH = 'from scratch';
const COLOURS: Readonly<Record<string, string>> = {
  'carried, head alone': palette.attention,
  'carried, all of it': palette.pseudolikelihood,
  [SCRATCH]: palette.independent,
};
const PARTS = { head: 'carried, head alone', all: 'carried, all of it' } as const;

/** Fine-tuning at other couplings beside training from scratch; nothing where no state was carried. */
export function tuningFigures(result: GroundStateResult): Figure[] {
  if (result.tuned.length === 0) return [];
  const { tuneFrom, tuneSteps } = result;
  const table = tuningRows(result);
  return [
    {
      id: 'fine-tuning',
      title: 'A state carried to another coupling',
      caption:
        `Relative error of the energy against steps at other couplings: the state of J2 = ${tuneFrom} goes on with its head alone or ` +
        `with all parameters for ${tuneSteps} steps, beside training from scratch.`,
      table,
      options: (plot) => tuningOptions(plot, table),
    },
  ];
}

function tuningRows({ points, tuned, tuneSteps }: GroundStateResult): TuningRow[] {
  return [...new Set(tuned.map(({ j2 }) => j2))].flatMap((j2) => {
    const { curve, exactEnergy } = points.find((point) => point.j2 === j2)!;
    const rows = (how: string, values: Float64Array): TuningRow[] =>
      Array.from({ length: values.length / CURVE_COLUMNS }, (_, k) => ({
        ...{ j2, how, step: values[CURVE_COLUMNS * k] },
        relativeError: (values[CURVE_COLUMNS * k + 1] - exactEnergy) / Math.abs(exactEnergy),
      })).filter(({ step, relativeError }) => step <= tuneSteps && relativeError > 0);
    return [
      ...rows(SCRATCH, curve),
      ...tuned.filter((state) => state.j2 === j2).flatMap((state) => rows(PARTS[state.part], state.curve)),
    ];
  });
}

// biome-ignore lint/suspicious/noExplicitAny: the Plot module is the shell's
function tuningOptions(plot: any, table: readonly TuningRow[]) {
  const couplings = [...new Set(table.map(({ j2 }) => j2))];
  return {
    ...{
      ...frame,
      width: 120 + 330 * Math.min(3, couplings.length),
      height: 400,
      marginLeft: 74,
      marginTop: 66,
    },
    fx: { label: null, axis: 'top', tickFormat: (j2: number) => `J2 = ${j2}`, domain: couplings },
    x: { label: 'step', labelAnchor: 'center', labelArrow: 'none', ticks: 5 },
    y: {
      ...{ label: 'relative error of the energy', labelAnchor: 'center', labelArrow: 'none' },
      ...logAxis(table.map(({ relativeError }) => relativeError)),
    },
    marks: [
      plot.frame({ stroke: '#ccc' }),
      plot.line(table, {
        ...{ x: 'step', y: 'relativeError', fx: 'j2', z: 'how', strokeWidth: 1.8 },
        stroke: ({ how }: TuningRow) => COLOURS[how],
      }),
      ...keyRow(
        plot,
        Object.entries(COLOURS).map(([label, colour]) => ({ label, colour })),
        1.4,
        { fx: () => couplings[0] },
      ),
    ],
  };
}
